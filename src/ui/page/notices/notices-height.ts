import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { CHANGED_ROWS_EVENT, type ChangedRowsEvent } from '../../kit/state/changed-rows';
import { hasFocus } from './has-focus';

/** What must stay clear of the notices reads it: the page's scroll padding, and other sticky bars. */
const HEIGHT_PROPERTY = '--notices-height';

/** Tells the page how high the notices are, and moves it if they come to lie over what has the focus or has changed. */
export class NoticesHeight implements ReactiveController {
  readonly #notices: HTMLElement;
  readonly #observer = new ResizeObserver(() => this.#makeRoom());
  #height = 0;
  /** Rows that the notices may speak of. */
  #changedRows: readonly Element[] = [];

  constructor(notices: HTMLElement & ReactiveControllerHost) {
    this.#notices = notices;
    notices.addController(this);
  }

  hostConnected(): void {
    this.#observer.observe(this.#notices);
    // Beside the notices, the page has the views.
    this.#notices.getRootNode().addEventListener(CHANGED_ROWS_EVENT, this.#takeRows);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    this.#notices.getRootNode().removeEventListener(CHANGED_ROWS_EVENT, this.#takeRows);
    document.documentElement.style.removeProperty(HEIGHT_PROPERTY);
  }

  readonly #takeRows = (event: Event): void => {
    this.#changedRows = (event as ChangedRowsEvent).rows;
    // The notice may be drawn after the rows.
    requestAnimationFrame(() => this.#uncoverRows());
  };

  #makeRoom(): void {
    const before = this.#height;
    this.#height = this.#notices.getBoundingClientRect().height;
    document.documentElement.style.setProperty(HEIGHT_PROPERTY, `${this.#height}px`);
    if (this.#height === 0) this.#changedRows = [];
    if (this.#height <= before) return;
    if (!hasFocus(this.#notices)) focusedElement()?.scrollIntoView({ block: 'nearest' });
    this.#uncoverRows();
  }

  #uncoverRows(): void {
    const [first, last] = [this.#changedRows.at(0), this.#changedRows.at(-1)];
    // More than the window shows: some lie below its edge in any case.
    if (!first || !last || last.getBoundingClientRect().top >= innerHeight) return;
    const notices = this.#notices.getBoundingClientRect();
    if (!this.#changedRows.some((row) => overlap(row.getBoundingClientRect(), notices))) return;
    last.scrollIntoView({ block: 'nearest' });
    first.scrollIntoView({ block: 'nearest' });
  }
}

function overlap(a: DOMRect, b: DOMRect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** What has the focus, also in shadow trees; undefined if that is the page as a whole. */
function focusedElement(): Element | undefined {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused && focused !== document.body ? focused : undefined;
}
