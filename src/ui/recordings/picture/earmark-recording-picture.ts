import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { OpenedRecording } from '../../../app/recordings/recordings-state';
import type { RecordingEvent, RecordingStart, Sketch } from '../../../shared/contracts/recordings/recording';
import { controlStyles } from '../../kit/control-styles';
import { frequency } from '../../kit/format';
import { FrameLoop } from '../../kit/frame-loop';
import { LocalizedElement } from '../../kit/localized-element';
import { placed } from '../../kit/placed';
import { t } from '../../messages/messages';
import { followPointer } from './follow-pointer';
import { eventAt } from './lanes';
import { heightOf, hzAt } from './mel-scale';
import { fetchTiles, type Lane, paintLanes, paintSketch, paintSpectrogram, paintWave } from './paint';
import { percentage, type Selection, stretchIn, timeAxis } from './picture-marks';
import { pictureStyles } from './picture-styles';
import { TileCache } from './tile-cache';
import type { Range } from './view-range';

/** A person does something in the picture: chooses a stretch, an event, or another part to look at. */
export class PictureEvent extends Event {
  constructor(
    readonly change: {
      readonly selection?: Selection;
      readonly event?: RecordingEvent;
      readonly view?: Range;
      readonly zoom?: { readonly factor: number; readonly anchorSeconds: number };
    },
  ) {
    super('picture');
  }
}

/** A press that moves less than this chooses a place. */
const LEAST_DRAG_PIXELS = 4;
const FREQUENCY_MARKS_HZ = [200, 1000, 2000, 4000, 8000, 12_000];

/** The picture of a recording: levels, spectrogram, events, and the overview of the whole. */
@customElement('earmark-recording-picture')
export class EarmarkRecordingPicture extends LocalizedElement {
  @property({ attribute: false }) opened!: OpenedRecording;
  @property({ attribute: false }) lengthSeconds = 1;
  /** Grows while more is tagged. */
  @property({ attribute: false }) doneSeconds = 0;
  @property({ attribute: false }) start: RecordingStart | undefined;
  @property({ attribute: false }) view: Range = { fromSeconds: 0, toSeconds: 1 };
  @property({ attribute: false }) lanes: readonly Lane[] = [];
  @property({ attribute: false }) chosen: string | undefined;
  @property({ attribute: false }) selection: Selection = { fromSeconds: 0, toSeconds: 0 };
  /** Whether dragging in the spectrogram chooses frequencies as well. */
  @property({ attribute: false }) withFrequencies = false;
  /** Gives where it plays. */
  @property({ attribute: false }) position: () => number = () => 0;
  @property({ attribute: false }) isPlaying = false;

  @query('.spectrogram canvas') readonly spectrogram!: HTMLCanvasElement;
  @query('.wave canvas') private wave!: HTMLCanvasElement;
  @query('.lanes canvas') private laneCanvas!: HTMLCanvasElement | null;
  @query('.overview canvas') private overview!: HTMLCanvasElement;
  @query('.main > .playhead') private playhead!: HTMLElement;
  @query('.overview .playhead') private overviewHead!: HTMLElement;
  @query('.main') private main!: HTMLElement;

  private cache!: TileCache;
  /** Tiles of the whole: another part of the picture must not push them out. */
  private overviewCache!: TileCache;
  private sketch: Sketch | undefined;
  private isStale = true;
  private readonly resize = new ResizeObserver(() => this.requestUpdate());
  private readonly loop = new FrameLoop(this, () => this.draw());

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resize.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('opened')) {
      this.cache = new TileCache(this.opened, () => this.redraw());
      this.overviewCache = new TileCache(this.opened, () => this.redraw());
      this.sketch = undefined;
      void this.look();
    }
    if (changed.has('doneSeconds') && !changed.has('opened')) {
      this.cache.forgetIncomplete();
      this.overviewCache.forgetIncomplete();
    }
  }

  protected override firstUpdated(): void {
    this.resize.observe(this);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('view') && this.spectrogram.clientWidth > 0) fetchTiles(this.spectrogram, this.cache, this.view);
    this.redraw();
  }

  private async look(): Promise<void> {
    const { opened } = this;
    if (this.doneSeconds >= this.lengthSeconds) return;
    const sketch = await opened.sketch().catch(() => undefined);
    if (opened !== this.opened) return;
    this.sketch = sketch;
    this.redraw();
  }

  private redraw(): void {
    this.isStale = true;
    this.loop.start();
  }

  /** @returns whether something still moves. */
  private draw(): boolean {
    if (!this.hasUpdated || this.spectrogram.clientWidth === 0) return false;
    if (this.isStale) this.paint();
    const seconds = this.position();
    this.place(this.playhead, seconds, this.view, this.spectrogram.clientWidth);
    this.place(this.overviewHead, seconds, whole(this.lengthSeconds), this.overview.clientWidth);
    return this.isPlaying;
  }

  /** Whether all tiles of the view are there. */
  get isComplete(): boolean {
    return !this.isStale && this.cache.isComplete;
  }

  /** Whether the overview shows anything. */
  get hasOverview(): boolean {
    return this.sketch !== undefined || this.overviewCache.hasTiles;
  }

  private paint(): void {
    this.isStale = false;
    const style = getComputedStyle(this);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    paintSpectrogram(this.spectrogram, this.cache, this.view);
    paintWave(this.wave, this.cache, this.view, colour('--text-muted'));
    const colours = { bar: colour('--bar'), chosen: colour('--bar-strong') };
    if (this.laneCanvas) paintLanes(this.laneCanvas, this.lanes, this.view, colours, this.chosen);
    this.paintOverview(colour('--text-muted'));
  }

  private paintOverview(colour: string): void {
    if (this.sketch && this.doneSeconds < this.lengthSeconds) paintSketch(this.overview, this.sketch.bytes, colour);
    else paintWave(this.overview, this.overviewCache, whole(this.lengthSeconds), colour);
  }

  private place(head: HTMLElement, seconds: number, view: Range, width: number): void {
    const x = ((seconds - view.fromSeconds) / (view.toSeconds - view.fromSeconds)) * width;
    head.style.transform = `translateX(${x.toFixed(2)}px)`;
    head.style.visibility = x < 0 || x > width ? 'hidden' : 'visible';
  }

  private secondsAt(x: number, canvas: HTMLElement, view: Range): number {
    const { left, width } = canvas.getBoundingClientRect();
    const share = Math.max(0, Math.min(1, (x - left) / width));
    return view.fromSeconds + share * (view.toSeconds - view.fromSeconds);
  }

  private hzAt(y: number): number {
    const { top, height } = this.spectrogram.getBoundingClientRect();
    return hzAt(1 - (y - top) / height, this.opened.spec);
  }

  private tell(change: PictureEvent['change']): void {
    this.dispatchEvent(new PictureEvent(change));
  }

  /** A press chooses a place; a drag chooses a stretch. */
  private readonly press = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const canvas = event.currentTarget as HTMLElement;
    const anchor = this.secondsAt(event.clientX, canvas, this.view);
    const hasHz = this.withFrequencies && canvas.classList.contains('spectrogram');
    const anchorHz = this.hzAt(event.clientY);
    const move = (moved: PointerEvent): void => {
      const isDrag = Math.abs(moved.clientX - event.clientX) >= LEAST_DRAG_PIXELS;
      const at = isDrag ? this.secondsAt(moved.clientX, canvas, this.view) : anchor;
      const hz = this.hzAt(moved.clientY);
      this.tell({
        selection: {
          fromSeconds: Math.min(anchor, at),
          toSeconds: Math.max(anchor, at),
          ...(hasHz && isDrag && { lowHz: Math.min(anchorHz, hz), highHz: Math.max(anchorHz, hz) }),
        },
      });
    };
    followPointer(canvas, event, move);
  };

  private readonly pressLanes = (event: PointerEvent): void => {
    const canvas = event.currentTarget as HTMLElement;
    const { top, height } = canvas.getBoundingClientRect();
    const lane = this.lanes[Math.floor(((event.clientY - top) / height) * this.lanes.length)];
    const seconds = this.secondsAt(event.clientX, canvas, this.view);
    const tolerance = (8 * (this.view.toSeconds - this.view.fromSeconds)) / canvas.clientWidth;
    const found = lane && eventAt(lane, seconds, tolerance);
    if (found) this.tell({ event: found });
    else this.press(event);
  };

  /** The pressed place of the whole is shown in the middle. */
  private readonly pressOverview = (event: PointerEvent): void => {
    const canvas = event.currentTarget as HTMLElement;
    const show = ({ clientX }: PointerEvent): void => {
      const span = this.view.toSeconds - this.view.fromSeconds;
      const fromSeconds = this.secondsAt(clientX, canvas, whole(this.lengthSeconds)) - span / 2;
      this.tell({ view: { fromSeconds, toSeconds: fromSeconds + span } });
    };
    followPointer(canvas, event, show);
  };

  private readonly wheel = (event: WheelEvent): void => {
    const span = this.view.toSeconds - this.view.fromSeconds;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const anchorSeconds = this.secondsAt(event.clientX, this.spectrogram, this.view);
      this.tell({ zoom: { factor: Math.exp(event.deltaY / 200), anchorSeconds } });
      return;
    }
    const across = event.shiftKey ? event.deltaY : event.deltaX;
    // The page itself scrolls up and down.
    if (Math.abs(across) < Math.abs(event.shiftKey ? 0 : event.deltaY)) return;
    if (across === 0) return;
    event.preventDefault();
    const fromSeconds = this.view.fromSeconds + (across / this.spectrogram.clientWidth) * span;
    this.tell({ view: { fromSeconds, toSeconds: fromSeconds + span } });
  };

  private boxes() {
    const drawn = this.lanes.flatMap(({ events }) => events).filter(({ lowHz }) => lowHz !== undefined);
    return drawn.map(({ startSeconds, endSeconds, lowHz = 0, highHz = 0 }) => {
      const box = { fromSeconds: startSeconds, toSeconds: endSeconds, lowHz, highHz };
      if (endSeconds < this.view.fromSeconds || startSeconds > this.view.toSeconds) return nothing;
      return html`<div class="box">${stretchIn(box, this.view, this.opened.spec)}</div>`;
    });
  }

  protected override render() {
    const { view, selection, lanes } = this;
    const { fromSeconds, toSeconds } = selection;
    const width = this.hasUpdated ? this.main.clientWidth : 800;
    const { spec } = this.opened;
    const isStretch = toSeconds > fromSeconds;
    const wholeStretch = { fromSeconds, toSeconds };
    return html`
      <div class="overview" role="img" aria-label=${t.recordingPicture.overview} @pointerdown=${this.pressOverview}>
        <canvas></canvas>
        <i class="window" ${placed({
          insetInlineStart: percentage(view.fromSeconds / this.lengthSeconds),
          inlineSize: percentage((view.toSeconds - view.fromSeconds) / this.lengthSeconds),
        })}></i>
        <i class="playhead"></i>
      </div>
      <div class="axis" aria-hidden="true">${timeAxis(whole(this.lengthSeconds), width, this.start)}</div>
      <div class="main" @wheel=${this.wheel}>
        <div class="wave" role="img" aria-label=${t.recordingPicture.levels} @pointerdown=${this.press}>
          <canvas></canvas>${isStretch ? stretchIn(wholeStretch, view, spec) : nothing}
        </div>
        <div class="spectrogram" role="img" aria-label=${t.recordingPicture.spectrogram} @pointerdown=${this.press}>
          <canvas></canvas>
          ${FREQUENCY_MARKS_HZ.filter((hz) => hz < spec.maxHz).map(
            (hz) =>
              html`<span class="hz" aria-hidden="true" ${placed({ insetBlockEnd: percentage(heightOf(hz, spec)) })}>${frequency(hz)}</span>`,
          )}
          ${this.boxes()} ${isStretch ? stretchIn(selection, view, spec) : nothing}
        </div>
        ${
          lanes.length === 0
            ? nothing
            : html`<div class="lanes" role="img" aria-label=${t.recordingPicture.lanes} ${placed({ blockSize: `${1.5 * lanes.length}rem` })} @pointerdown=${this.pressLanes}>
                <canvas></canvas>
                ${lanes.map(({ name }, row) => html`<span aria-hidden="true" ${placed({ insetBlockStart: `${1.5 * row}rem` })}>${name}</span>`)}
                ${isStretch ? stretchIn(wholeStretch, view, spec) : nothing}
              </div>`
        }
        <i class="playhead"></i>
      </div>
      <div class="axis" aria-hidden="true">${timeAxis(view, width, this.start)}</div>
    `;
  }

  static override styles = [controlStyles, pictureStyles];
}

function whole(lengthSeconds: number): Range {
  return { fromSeconds: 0, toSeconds: lengthSeconds };
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-recording-picture': EarmarkRecordingPicture;
  }
}
