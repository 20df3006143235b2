import {
  defaultRangeExtractor,
  observeWindowOffset,
  observeWindowRect,
  type VirtualItem,
  Virtualizer,
  type VirtualizerOptions,
  windowScroll,
} from '@tanstack/virtual-core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Rows above and below the screen that are drawn as well, so that fast scrolling shows few gaps. */
const OVERSCAN_ROWS = 8;

/** What a list of rows is made of. */
export interface RowLayout {
  readonly count: number;
  readonly heightPx: (row: number) => number;
  /** From the top of the page to the first row. */
  readonly topPx: number;
  /** A row that stays drawn wherever the page is scrolled, because it may have the focus. */
  readonly anchor: number | undefined;
}

const noRows: RowLayout = { count: 0, heightPx: () => 0, topPx: 0, anchor: undefined };

/**
 * Which rows of a long list the window shows.
 *
 * By `@tanstack/virtual-core`: `@lit-labs/virtualizer` is a kilobyte smaller, but removes the focused row once it leaves
 * the screen, and with it the place of people who use a keyboard or a screen reader.
 */
export class WindowRows implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #virtualizer: Virtualizer<Window, HTMLElement>;
  #layout = noRows;
  #unmount: (() => void) | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    this.#virtualizer = new Virtualizer(this.#options());
    host.addController(this);
  }

  hostConnected(): void {
    this.#unmount = this.#virtualizer._didMount();
    this.#virtualizer._willUpdate();
  }

  hostDisconnected(): void {
    this.#unmount?.();
  }

  /** Takes another list, or another place of it. */
  lay(layout: RowLayout): void {
    const { count, topPx } = this.#layout;
    const isSame = layout.count === count && layout.topPx === topPx && layout.heightPx === this.#layout.heightPx;
    this.#layout = layout;
    this.#virtualizer.setOptions(this.#options());
    if (!isSame) this.#virtualizer.measure();
    this.#virtualizer._willUpdate();
  }

  get totalPx(): number {
    return this.#virtualizer.getTotalSize();
  }

  /** The rows to draw. `start` counts from the top of the page. */
  get shown(): readonly VirtualItem[] {
    return this.#virtualizer.getVirtualItems();
  }

  /** Whether the top of the list is on the screen. */
  get isAtTop(): boolean {
    return scrollY <= this.#layout.topPx;
  }

  /** Scrolls as little as is needed to show a row. */
  reveal(row: number): void {
    this.#virtualizer.scrollToIndex(row, { align: 'auto' });
  }

  #options(): VirtualizerOptions<Window, HTMLElement> {
    const { count, heightPx, topPx } = this.#layout;
    // Where the page's header and button lie over its content.
    const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(document.documentElement);
    return {
      count,
      estimateSize: heightPx,
      scrollMargin: topPx,
      scrollPaddingStart: Number.parseFloat(scrollPaddingTop) || 0,
      scrollPaddingEnd: Number.parseFloat(scrollPaddingBottom) || 0,
      overscan: OVERSCAN_ROWS,
      getScrollElement: () => window,
      observeElementRect: observeWindowRect,
      observeElementOffset: observeWindowOffset,
      scrollToFn: windowScroll,
      initialOffset: () => scrollY,
      onChange: () => this.#host.requestUpdate(),
      rangeExtractor: (range) => {
        const rows = defaultRangeExtractor(range);
        const { anchor } = this.#layout;
        return anchor === undefined || rows.includes(anchor) || anchor >= range.count
          ? rows
          : [anchor, ...rows].sort((a, b) => a - b);
      },
    };
  }
}
