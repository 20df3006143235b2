import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What must stay clear of the notices reads it: the page's scroll padding, and other sticky bars. */
const HEIGHT_PROPERTY = '--notices-height';

/** Tells the page how high the notices are, and moves the page if they come to lie over what has the focus. */
export class NoticesHeight implements ReactiveController {
  readonly #notices: HTMLElement;
  readonly #observer = new ResizeObserver(() => this.#makeRoom());
  #height = 0;

  constructor(notices: HTMLElement & ReactiveControllerHost) {
    this.#notices = notices;
    notices.addController(this);
  }

  hostConnected(): void {
    this.#observer.observe(this.#notices);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    document.documentElement.style.removeProperty(HEIGHT_PROPERTY);
  }

  #makeRoom(): void {
    const before = this.#height;
    this.#height = this.#notices.getBoundingClientRect().height;
    document.documentElement.style.setProperty(HEIGHT_PROPERTY, `${this.#height}px`);
    if (this.#height > before && !this.#notices.matches(':focus-within'))
      focusedElement()?.scrollIntoView({ block: 'nearest' });
  }
}

/** What has the focus, also in shadow trees; undefined if that is the page as a whole. */
function focusedElement(): Element | undefined {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused && focused !== document.body ? focused : undefined;
}
