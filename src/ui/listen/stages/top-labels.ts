import { percent } from '../../kit/format';
import { reorder } from '../meters/meter-order';

/** A label with what is said of it. */
export interface TopLabel {
  readonly name: string;
  readonly probability: number;
}

/** Order that changes more often cannot be read. */
const REORDER_INTERVAL_MS = 500;

/**
 * The strongest labels as large words with bars, in any document: also in a window of its own, which takes no styles
 * from the page.
 */
export class TopLabels {
  readonly #rows: { readonly name: HTMLElement; readonly percent: HTMLElement; readonly bar: HTMLElement }[] = [];
  #order: readonly number[] = [];
  #orderedMs = Number.NEGATIVE_INFINITY;

  /** @param root filled with `count` rows; sheets are made in the document's own window, since they belong to it. */
  constructor(root: ShadowRoot, window: Window & typeof globalThis, count: number, styles: string) {
    const sheet = new window.CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
    const document = root.ownerDocument;
    const list = document.createElement('ol');
    for (let i = 0; i < count; i++) {
      const [row, name, value, bar] = ['li', 'span', 'b', 'i'].map((tag) => document.createElement(tag)) as [
        HTMLElement,
        HTMLElement,
        HTMLElement,
        HTMLElement,
      ];
      row.append(name, value, bar);
      list.append(row);
      this.#rows.push({ name, percent: value, bar });
    }
    root.append(list);
  }

  /** Shows the strongest of these, which are always the same labels in the same order. */
  show(labels: readonly TopLabel[], nowMs = performance.now()): void {
    const strengths = labels.map(({ probability }) => probability);
    if (this.#order.length !== labels.length) this.#order = labels.map((_, index) => index);
    if (nowMs - this.#orderedMs >= REORDER_INTERVAL_MS) {
      this.#order = reorder(this.#order, strengths);
      this.#orderedMs = nowMs;
    }
    for (const [place, row] of this.#rows.entries()) {
      const { name = '', probability = 0 } = labels[this.#order[place] ?? -1] ?? {};
      write(row.name, name);
      write(row.percent, name === '' ? '' : percent(probability));
      row.bar.style.transform = `scaleX(${probability.toFixed(3)})`;
    }
  }
}

function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
