import { html, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Frozen } from '../../../app/rewind/rewind';
import type { FeatureSpec } from '../../../shared/contracts/model/feature-spec';
import { ColumnStrip } from '../../kit/chart/column-strip';
import { bandHeight, tickFrequencies } from '../../kit/chart/frequency-axis';
import { controlStyles } from '../../kit/control-styles';
import { frequency, seconds } from '../../kit/format';
import { FrameLoop } from '../../kit/frame-loop';
import { OwnTurnElement } from '../../kit/own-turn-element';
import { t } from '../../messages/messages';
import { followStretch } from './follow-stretch';
import { pointAtMoments } from './moment-event';
import { LONGEST_LAG_SECONDS, Scrolling } from './scrolling';
import { spectrogramStyles } from './spectrogram-styles';

/** How much of the past is visible at once. */
export const SHOWN_SECONDS = 16;

/** The ticks that do not collide with the window's bracket. */
const TICK_SECONDS = [16, 12, 8, 4];

const STRETCH_EVENT = 'stretch';

/** The display's visible stretch ends this many seconds before the newest sound. */
export class StretchEvent extends Event {
  constructor(readonly endAgoSeconds: number) {
    super(STRETCH_EVENT);
  }
}

/**
 * The log-mel columns that the network gets, scrolling from right to left, with the network's window in brackets. When
 * frozen, it stands still and shows any stretch of the last minutes. Fires a {@link StretchEvent} when the stretch
 * changes, and a `MomentEvent` when a person points into it.
 */
@customElement('earmark-spectrogram')
export class EarmarkSpectrogram extends OwnTurnElement {
  /** Without one, the display is dark and has no axes. */
  @property({ attribute: false }) spec: FeatureSpec | undefined;

  @query('.display', true) private display!: HTMLElement;
  @query('canvas', true) private canvas!: HTMLCanvasElement;
  @query('.window', true) private windowMark!: HTMLElement;

  @query('.moment', true) private momentMark!: HTMLElement;

  /** Distance of the display's right edge from the newest sound. */
  @state() private endAgoSeconds = 0;

  private strip: ColumnStrip | undefined;
  private readonly scrolling = new Scrolling();
  /** Audio clock at the newest column while it scrolls. */
  private newestSeconds = 0;
  private frozen: Frozen | undefined;
  /** Audio clock at the right edge while it is frozen. */
  private endSeconds = 0;
  /** The last painted column at the right edge while it is frozen. */
  private paintedEnd: number | undefined;
  private readonly loop = new FrameLoop(this, () => this.drawFrame());

  /**
   * Takes the columns that arrived since the last call: normalised, [columns, melBands], oldest first.
   *
   * @param newestSeconds audio clock at their end.
   */
  showColumns(columns: Float32Array, newestSeconds: number): void {
    if (!this.strip) return;
    this.newestSeconds = newestSeconds;
    this.scrolling.push(columns);
    this.loop.start();
  }

  /** Stops at a moment of the past. */
  showMoment(frozen: Frozen): void {
    const { history, atSeconds } = frozen;
    const bounds = { oldest: history.oldestSeconds, newest: history.newestSeconds };
    if (!this.frozen) this.endSeconds = history.newestSeconds;
    this.endSeconds = followStretch(atSeconds, this.endSeconds, SHOWN_SECONDS, bounds);
    this.frozen = frozen;
    this.toggleAttribute('frozen', true);
    this.endAgoSeconds = history.newestSeconds - this.endSeconds;
    this.loop.start();
  }

  /** Scrolls again, starting with these columns, the newest available. */
  showLive(columns: Float32Array, newestSeconds: number): void {
    this.frozen = undefined;
    this.paintedEnd = undefined;
    this.toggleAttribute('frozen', false);
    this.endAgoSeconds = 0;
    this.scrolling.clear();
    this.newestSeconds = newestSeconds;
    if (!this.strip) return;
    this.mark(0, 0);
    this.strip.paint(columns);
    this.strip.showUpTo(this.strip.paintedColumns);
  }

  /** Empties the display for a new start. */
  clear(): void {
    this.scrolling.clear();
    this.strip?.clear();
  }

  private get columnsPerSecond(): number {
    return this.spec ? this.spec.sampleRateHz / this.spec.hopSamples : 0;
  }

  private get shownColumns(): number {
    return Math.round(SHOWN_SECONDS * this.columnsPerSecond);
  }

  /** Nothing moves between two drawings but by animation. */
  private drawFrame(): false {
    const { strip } = this;
    if (strip && this.frozen) this.drawFrozen(strip, this.frozen);
    else if (strip) this.scrolling.draw(strip, this.columnsPerSecond);
    return false;
  }

  private drawFrozen(strip: ColumnStrip, { history, atSeconds }: Frozen): void {
    const end = Math.round(history.columnsAt(this.endSeconds));
    if (end !== this.paintedEnd) {
      strip.paint(history.columns(end - this.shownColumns, end));
      strip.showUpTo(strip.paintedColumns);
      this.paintedEnd = end;
    }
    this.mark((this.endSeconds - atSeconds) / SHOWN_SECONDS, 1);
  }

  /** Places the moment, and the network's window that ends there, at this share of the width from the right edge. */
  private mark(share: number, opacity: number): void {
    const place = `${(100 * share).toFixed(3)}%`;
    this.momentMark.style.insetInlineEnd = place;
    this.momentMark.style.opacity = String(opacity);
    this.windowMark.style.insetInlineEnd = place;
  }

  private momentAt(share: number): number | undefined {
    if (!this.strip) return undefined;
    const end = this.frozen ? this.endSeconds : this.newestSeconds - this.scrolling.lagSeconds;
    return end - (1 - share) * SHOWN_SECONDS;
  }

  protected override firstUpdated(): void {
    pointAtMoments(this, this.display, (share) => this.momentAt(share));
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('endAgoSeconds')) this.dispatchEvent(new StretchEvent(this.endAgoSeconds));
    if (changed.has('spec')) this.begin(this.spec);
  }

  /** Lays out the display for a spec, and empties it. */
  private begin(spec: FeatureSpec | undefined): void {
    this.scrolling.clear();
    this.strip = undefined;
    if (!spec) return;
    const columns = this.shownColumns;
    const spare = Math.ceil(LONGEST_LAG_SECONDS * this.columnsPerSecond) + 1;
    this.strip = new ColumnStrip(this.canvas, spec, columns, spare);
    this.windowMark.style.inlineSize = `${(100 * spec.frames) / columns}%`;
    for (const tick of this.renderRoot.querySelectorAll<HTMLElement>('[data-hz]')) {
      tick.style.insetBlockEnd = `${100 * bandHeight(Number(tick.dataset.hz), spec)}%`;
    }
    for (const tick of this.renderRoot.querySelectorAll<HTMLElement>('.time [data-seconds]')) {
      tick.style.insetInlineStart = `${100 * (1 - Number(tick.dataset.seconds) / SHOWN_SECONDS)}%`;
    }
  }

  private async picture(): Promise<string | undefined> {
    const { spec, strip, endAgoSeconds } = this;
    if (!spec || !strip) return undefined;
    const { soundSvg } = await import('../../kit/chart/sound-svg');
    return soundSvg({
      title: t.spectrogram.empty,
      words: this.axes(spec).name,
      columns: strip.toAddress(),
      times: [...TICK_SECONDS, 0].map((ago) => ({ at: 1 - ago / SHOWN_SECONDS, name: agoWords(ago + endAgoSeconds) })),
      frequencies: tickFrequencies(spec).map((hz) => ({ at: bandHeight(hz, spec), name: frequency(hz) })),
    });
  }

  private axes(spec: FeatureSpec) {
    const ticks = tickFrequencies(spec);
    return {
      hz: ticks.map((hz) => html`<span data-hz=${hz}>${frequency(hz)}</span>`),
      lines: ticks.map((hz) => html`<i data-hz=${hz}></i>`),
      time: TICK_SECONDS.map((ago) => html`<span data-seconds=${ago}>${agoWords(ago + this.endAgoSeconds)}</span>`),
      window: seconds(spec.frames / this.columnsPerSecond),
      name: t.spectrogram.name(seconds(SHOWN_SECONDS), frequency(spec.minHz), frequency(spec.maxHz)),
    };
  }

  protected override render() {
    const axes = this.spec && this.axes(this.spec);
    return html`
      <div class="hz" aria-hidden="true">${axes?.hz}</div>
      <div class="display">
        <canvas role="img" aria-label=${axes?.name ?? t.spectrogram.empty}></canvas>
        <div class="graticule" aria-hidden="true">${axes?.lines}</div>
        <i class="moment" aria-hidden="true"></i>
        <slot></slot>
      </div>
      <div class="time" aria-hidden="true">
        ${axes?.time}
        <div class="window" ?hidden=${!axes}>
          <span class="long">${t.spectrogram.window} ${axes?.window}</span><span class="short">${axes?.window}</span>
        </div>
      </div>
      <earmark-save-picture name=${t.spectrogram.empty} .picture=${() => this.picture()} ?hidden=${!axes}></earmark-save-picture>
    `;
  }

  static override styles = [controlStyles, spectrogramStyles];
}

/** To tenths: fast-changing digits are unreadable. */
function agoWords(ago: number): string {
  return `${ago === 0 ? '' : '−'}${seconds(Math.round(10 * ago) / 10)}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-spectrogram': EarmarkSpectrogram;
  }
}
