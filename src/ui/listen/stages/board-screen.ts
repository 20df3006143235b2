import { percent } from '../../kit/format';
import { t } from '../../messages/messages';
import type { Deafness } from './deafness';
import type { BoardRow } from './heard-board';

/** A name of more letters is written smaller: it would not fit beside its number. */
const LONGEST_LARGE_NAME = 12;

interface Row {
  readonly row: HTMLElement;
  readonly name: HTMLElement;
  readonly note: HTMLElement;
  readonly bar: HTMLElement;
}

/**
 * Large words with bars, in any document, including a separate window, which inherits no styles from the page. It shows
 * what is heard, or in equally large letters that nothing can be heard.
 */
export class BoardScreen {
  readonly #list: HTMLElement;
  readonly #deaf: HTMLElement;
  readonly #deafTitle: HTMLElement;
  readonly #deafReason: HTMLElement;
  readonly #deafHint: HTMLElement;
  readonly #rows: readonly Row[];

  /**
   * @param root filled with `count` rows; style sheets are created in the document's own window, because they belong to
   * it.
   * @param hint how to get to the buttons that a reason speaks of; empty if they are in sight.
   */
  constructor(root: ShadowRoot, window: Window & typeof globalThis, count: number, styles: string, hint: string) {
    const sheet = new window.CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
    const make = (tag: string): HTMLElement => root.ownerDocument.createElement(tag);
    this.#list = make('ol');
    this.#rows = Array.from({ length: count }, () => {
      const made = { row: make('li'), name: make('span'), note: make('b'), bar: make('i') };
      made.row.append(made.name, made.note, made.bar);
      return made;
    });
    this.#list.append(...this.#rows.map(({ row }) => row));
    [this.#deaf, this.#deafTitle, this.#deafReason] = [make('div'), make('strong'), make('p')];
    this.#deafHint = make('small');
    this.#deafHint.textContent = hint;
    this.#deaf.append(this.#deafTitle, this.#deafReason, this.#deafHint);
    root.append(this.#list, this.#deaf);
  }

  /** The number of rows. */
  get count(): number {
    return this.#rows.length;
  }

  show(rows: readonly BoardRow[], deafness: Deafness | undefined): void {
    this.#deaf.hidden = deafness === undefined;
    this.#list.hidden = deafness !== undefined;
    if (deafness) {
      write(this.#deafTitle, t.stages.notListening);
      const { code } = deafness;
      write(this.#deafReason, code === 'problem' ? t.problemText(deafness.problem) : t.stages.deaf[code]);
      return;
    }
    const isQuiet = rows.every(({ probability }) => probability === undefined);
    const shown: BoardRow[] = isQuiet ? [{ name: t.stages.quiet }, ...rows] : [...rows];
    for (const [place, { row, name, note, bar }] of this.#rows.entries()) {
      const { name: text = '', probability, agoMs } = shown[place] ?? {};
      row.classList.toggle('past', probability === undefined);
      row.classList.toggle('long', text.length > LONGEST_LARGE_NAME);
      write(name, text);
      write(note, probability === undefined ? ago(agoMs) : percent(probability));
      bar.style.transform = `scaleX(${(probability ?? 0).toFixed(3)})`;
    }
  }
}

function ago(agoMs: number | undefined): string {
  return agoMs === undefined ? '' : t.stages.minutesAgo(Math.floor(agoMs / 60_000));
}

function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
