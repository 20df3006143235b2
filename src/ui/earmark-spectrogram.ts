import { css, html, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { FeatureSpec } from '../shared/feature-spec';
import { ColumnStrip } from './column-strip';
import { controlStyles } from './control-styles';
import { frequency, seconds } from './format';
import { FrameLoop } from './frame-loop';
import { bandHeight, tickFrequencies } from './frequency-axis';
import { LocalizedElement } from './localized-element';
import { t } from './messages/messages';

/** How much of the past is shown. */
const HISTORY_SECONDS = 8;

/** Drawing may lag this far behind, so that columns that come in chunks still move evenly. */
const LONGEST_LAG_SECONDS = 0.5;

/** Those that the window's bracket leaves room for. */
const TICK_SECONDS = [8, 6, 4];

/** The log-mel columns that the network gets, scrolling from right to left; the network's window is bracketed. */
@customElement('earmark-spectrogram')
export class EarmarkSpectrogram extends LocalizedElement {
  /** Without one, the display is dark and has no axes. */
  @property({ attribute: false }) spec: FeatureSpec | undefined;

  @query('canvas', true) private canvas!: HTMLCanvasElement;
  @query('.window', true) private windowMark!: HTMLElement;

  private strip: ColumnStrip | undefined;
  private pending: Float32Array[] = [];
  private lagColumns = 0;
  private readonly loop = new FrameLoop(this, (elapsedMs) => this.drawFrame(elapsedMs));

  /** Takes the columns that came since the last call: normalised, [columns, melBands], oldest first. */
  showColumns(columns: Float32Array): void {
    if (!this.strip) return;
    this.pending.push(columns);
    // A hidden page draws nothing; what is out of sight by the time it is looked at again is not worth keeping.
    if (this.pending.length > HISTORY_SECONDS * 20) this.pending.shift();
    this.loop.start();
  }

  /** Empties the display, for a new start. */
  clear(): void {
    this.pending = [];
    this.lagColumns = 0;
    this.strip?.clear();
  }

  private get columnsPerSecond(): number {
    return this.spec ? this.spec.sampleRateHz / this.spec.hopSamples : 0;
  }

  private drawFrame(elapsedMs: number): boolean {
    const { strip } = this;
    if (!strip) return false;
    const painted = strip.paintedColumns;
    for (const columns of this.pending) strip.paint(columns);
    this.pending = [];
    const longest = LONGEST_LAG_SECONDS * this.columnsPerSecond;
    const lag = Math.min(this.lagColumns + strip.paintedColumns - painted, longest);
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.lagColumns = still ? 0 : Math.max(0, lag - (this.columnsPerSecond * elapsedMs) / 1000);
    strip.showUpTo(strip.paintedColumns - this.lagColumns);
    return this.lagColumns > 0;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { spec } = this;
    if (!changed.has('spec')) return;
    this.pending = [];
    this.lagColumns = 0;
    this.strip = undefined;
    if (!spec) return;
    const columns = Math.round(HISTORY_SECONDS * this.columnsPerSecond);
    const spare = Math.ceil(LONGEST_LAG_SECONDS * this.columnsPerSecond) + 1;
    this.strip = new ColumnStrip(this.canvas, spec, columns, spare);
    this.windowMark.style.inlineSize = `${(100 * spec.frames) / columns}%`;
    for (const tick of this.renderRoot.querySelectorAll<HTMLElement>('[data-hz]')) {
      tick.style.insetBlockEnd = `${100 * bandHeight(Number(tick.dataset.hz), spec)}%`;
    }
    for (const tick of this.renderRoot.querySelectorAll<HTMLElement>('.time [data-seconds]')) {
      tick.style.insetInlineStart = `${100 * (1 - Number(tick.dataset.seconds) / HISTORY_SECONDS)}%`;
    }
  }

  private axes(spec: FeatureSpec) {
    const ticks = tickFrequencies(spec);
    return {
      hz: ticks.map((hz) => html`<span data-hz=${hz}>${frequency(hz)}</span>`),
      lines: ticks.map((hz) => html`<i data-hz=${hz}></i>`),
      time: TICK_SECONDS.map((ago) => html`<span data-seconds=${ago}>−${seconds(ago)}</span>`),
      window: seconds(spec.frames / this.columnsPerSecond),
      name: t.spectrogram.name(seconds(HISTORY_SECONDS), frequency(spec.minHz), frequency(spec.maxHz)),
    };
  }

  protected override render() {
    const axes = this.spec && this.axes(this.spec);
    return html`
      <div class="hz" aria-hidden="true">${axes?.hz}</div>
      <div class="display">
        <canvas role="img" aria-label=${axes?.name ?? t.spectrogram.empty}></canvas>
        <div class="graticule" aria-hidden="true">${axes?.lines}</div>
        <slot></slot>
      </div>
      <div class="time" aria-hidden="true">
        ${axes?.time}
        <div class="window" ?hidden=${!axes}>
          <span class="long">${t.spectrogram.window} ${axes?.window}</span><span class="short">${axes?.window}</span>
        </div>
      </div>
    `;
  }

  static override styles = [
    controlStyles,
    css`
      :host {
        display: grid;
        grid-template: 'hz display' minmax(clamp(9.5rem, 30vh, 26rem), auto) '. time' auto / 3.25rem 1fr;
        container-type: inline-size;
        direction: ltr;
        color: var(--text-muted);
        font-size: var(--text-small);
        font-variant-numeric: tabular-nums;
      }

      .display {
        grid-area: display;
        position: relative;
        display: grid;
        place-items: center;
        overflow: hidden;
        border-radius: var(--radius);
        background: var(--display);
        contain: content;
        color: var(--display-text);
      }

      canvas {
        position: absolute;
        inset-block: 0;
        inset-inline-start: 0;
        block-size: 100%;
        will-change: transform;
      }

      ::slotted(*) {
        position: relative;
      }

      .graticule {
        position: absolute;
        inset: 0;
      }

      .graticule i {
        position: absolute;
        inset-inline: 0;
        border-block-start: 1px solid var(--display-text);
        opacity: 0.1;
      }

      .hz,
      .time {
        position: relative;
        line-height: 1;
      }

      .hz {
        grid-area: hz;
      }

      .hz span {
        position: absolute;
        inset-inline-end: var(--space-3);
        white-space: nowrap;
        transform: translateY(50%);
      }

      .hz span::after {
        content: '';
        position: absolute;
        inset-block-start: 50%;
        inset-inline-end: calc(-1 * var(--space-2));
        inline-size: 0.25rem;
        border-block-start: 1px solid var(--control-line);
      }

      .time {
        grid-area: time;
        block-size: 1.75rem;
      }

      .time > span {
        position: absolute;
        inset-block-start: 0.625rem;
      }

      .window {
        position: absolute;
        inset-block-start: 0.25rem;
        inset-inline-end: 0;
        padding-block-start: 0.375rem;
        text-align: center;
        white-space: nowrap;
      }

      .window::before {
        content: '';
        position: absolute;
        inset-block: 0 auto;
        inset-inline: 0;
        block-size: 0.25rem;
        border: 1px solid var(--text-muted);
        border-block-start: none;
      }

      .window[hidden],
      .long {
        display: none;
      }

      @container (width >= 48rem) {
        .long {
          display: inline;
        }

        .short {
          display: none;
        }
      }

      /* On a telephone the meters need the height more. */
      @media (width < 40rem) {
        :host {
          grid-template-rows: minmax(clamp(9.5rem, 24vh, 14rem), auto) auto;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-spectrogram': EarmarkSpectrogram;
  }
}
