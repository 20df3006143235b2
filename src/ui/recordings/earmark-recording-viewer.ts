import { consume } from '@lit/context';
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { OpenedRecording, PlayerState, QueuedRecording } from '../../app/recordings/recordings-state';
import type { AppCommands } from '../../app/state';
import type { RecordingEvent } from '../../shared/contracts/recordings/recording';
import { controlStyles } from '../kit/control-styles';
import { formStyles } from '../kit/form-styles';
import '../kit/chart/earmark-save-picture';
import { playIcon, stopIcon } from '../kit/icons';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import { Subscription } from '../kit/state/subscription';
import type { KnownLabel } from '../kit/verdict/earmark-verdict';
import { t } from '../messages/messages';
import './earmark-choose-again';
import { ChooseEvent } from './earmark-recording-events';
import './earmark-recording-selection';
import type { EarmarkRecordingSelection } from './earmark-recording-selection';
import './picture/earmark-recording-picture';
import type { EarmarkRecordingPicture, PictureEvent } from './picture/earmark-recording-picture';
import { lanesOf } from './picture/lanes';
import type { Selection } from './picture/picture-marks';
import { recordingSvg } from './picture/recording-svg';
import { around, moved, type Range, showing, zoomed } from './picture/view-range';
import { type RecordingKey, recordingKeyOf } from './recording-keys';
import { lengthOf } from './recording-words';
import { viewerStyles } from './viewer-styles';

const ZOOM_FACTOR = 2;
/** Steps of the cursor: a share of what is shown, and seconds as in Audacity. */
const STEP_SHARE = 0.02;
const FAR_SECONDS = 1;

/** Looks at a recording and plays it: the picture with its cursor, selection and keys. */
@customElement('earmark-recording-viewer')
export class EarmarkRecordingViewer extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) recording!: QueuedRecording;
  @property({ attribute: false }) events: readonly RecordingEvent[] = [];
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map();
  @property({ attribute: false }) known: readonly KnownLabel[] = [];
  /** Id of the chosen event. */
  @property({ attribute: false }) chosen: string | undefined;

  @state() private opened: OpenedRecording | undefined;
  @state() private player: PlayerState = { isPlaying: false, isLooping: false };
  @state() private view: Range = { fromSeconds: 0, toSeconds: 0 };
  @state() private selection: Selection = { fromSeconds: 0, toSeconds: 0 };
  @state() private withFrequencies = false;
  @query('earmark-recording-selection') private selected!: EarmarkRecordingSelection | null;
  @query('earmark-recording-picture') private picture!: EarmarkRecordingPicture | null;

  private timer: ReturnType<typeof setInterval> | undefined;

  protected readonly subscription = new Subscription<PlayerState>(
    this,
    () => this.opened?.player,
    (player) => {
      // Where it stopped, the cursor stays, and so does a chosen stretch: it can be labelled now.
      if (this.player.isPlaying && !player.isPlaying && !this.isStretch) this.put(this.position());
      this.player = player;
      clearInterval(this.timer);
      if (player.isPlaying) this.timer = setInterval(() => this.follow(), 200);
    },
  );

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    const isInside = event.composedPath().includes(this);
    if (!isInside && !this.app.state.settings.shortcuts) return;
    if (!this.checkVisibility()) return;
    const key = recordingKeyOf(event);
    if (key === undefined) return;
    event.preventDefault();
    this.take(key);
  };

  private readonly position = (): number =>
    this.player.isPlaying ? (this.opened?.player.positionSeconds ?? 0) : this.selection.fromSeconds;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.onKeyDown);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.onKeyDown);
    clearInterval(this.timer);
    this.opened?.close();
    this.opened = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('recording') as QueuedRecording | undefined;
    if (changed.has('recording') && before?.id !== this.recording.id) void this.look(this.recording.id);
    if (changed.has('recording')) this.grow();
    if (!changed.has('chosen') || this.chosen === undefined) return;
    const event = this.events.find(({ id }) => id === this.chosen);
    if (event) this.showEvent(event);
  }

  private get length(): number {
    return Math.max(1, lengthOf(this.recording));
  }

  private async look(id: string): Promise<void> {
    this.opened?.close();
    this.opened = undefined;
    this.view = { fromSeconds: 0, toSeconds: 0 };
    this.selection = { fromSeconds: 0, toSeconds: 0 };
    const opened = await this.app.recordings.look(id).catch(() => undefined);
    if (id !== this.recording.id || !this.isConnected) return opened?.close();
    this.opened = opened;
  }

  /** The length becomes known while a recording is read. Who sees all of it goes on to. */
  private grow(): void {
    const { length } = this;
    if (this.view.toSeconds === 0 || this.view.toSeconds > length || this.view.fromSeconds === 0) {
      const wasWhole = this.view.toSeconds === 0 || this.view.toSeconds > 0.99 * this.wholeSeconds;
      if (wasWhole) this.view = { fromSeconds: 0, toSeconds: length };
    }
    this.wholeSeconds = length;
  }

  private wholeSeconds = 0;

  private showEvent({ startSeconds, endSeconds, lowHz, highHz }: RecordingEvent): void {
    const stretch = { fromSeconds: startSeconds, toSeconds: endSeconds };
    this.selection = { ...stretch, ...(lowHz !== undefined && highHz !== undefined && { lowHz, highHz }) };
    const span = this.view.toSeconds - this.view.fromSeconds;
    const isSeen = startSeconds >= this.view.fromSeconds && endSeconds <= this.view.toSeconds && span < 300;
    if (!isSeen) this.view = around(stretch, this.length);
  }

  /** Puts the cursor somewhere, and shows it. */
  private put(seconds: number): void {
    const at = Math.max(0, Math.min(this.length, seconds));
    this.selection = { fromSeconds: at, toSeconds: at };
    this.view = showing(this.view, at, this.length);
  }

  private follow(): void {
    this.view = showing(this.view, this.position(), this.length);
    this.requestUpdate();
  }

  private get isStretch(): boolean {
    return this.selection.toSeconds > this.selection.fromSeconds;
  }

  private play(isLooping: boolean): void {
    const player = this.opened?.player;
    const isSame = this.player.isPlaying && this.player.isLooping === isLooping;
    if (isSame) player?.stop();
    if (isSame || !player) return;
    const { fromSeconds, toSeconds } = this.selection;
    const from = fromSeconds >= this.length ? 0 : fromSeconds;
    player.play(from, this.isStretch ? toSeconds : this.length, isLooping);
  }

  private zoom(factor: number, anchorSeconds = this.position()): void {
    const { fromSeconds, toSeconds } = this.view;
    const isSeen = anchorSeconds >= fromSeconds && anchorSeconds <= toSeconds;
    this.view = zoomed(this.view, factor, isSeen ? anchorSeconds : (fromSeconds + toSeconds) / 2, this.length);
  }

  private step(bySeconds: number): void {
    const at = this.player.isPlaying
      ? this.position()
      : bySeconds > 0
        ? this.selection.toSeconds
        : this.selection.fromSeconds;
    const wasPlaying = this.player.isPlaying;
    if (wasPlaying) this.opened?.player.stop();
    this.put(at + bySeconds);
    if (wasPlaying) this.play(false);
  }

  private select(fromSeconds: number, toSeconds: number): void {
    const [from, to] = [Math.max(0, fromSeconds), Math.min(this.length, toSeconds)];
    this.selection = { fromSeconds: Math.min(from, to), toSeconds: Math.max(from, to) };
  }

  /** Chooses the event before or behind the cursor. */
  private jump(direction: 1 | -1): void {
    const at = this.selection.fromSeconds;
    const [next] =
      direction > 0
        ? this.events.filter(({ startSeconds }) => startSeconds > at + 0.001)
        : this.events.filter(({ startSeconds }) => startSeconds < at - 0.001).reverse();
    if (next) this.dispatchEvent(new ChooseEvent(next));
  }

  private take(key: RecordingKey): void {
    const { fromSeconds, toSeconds } = this.selection;
    const step = STEP_SHARE * (this.view.toSeconds - this.view.fromSeconds);
    const actions: Readonly<Record<RecordingKey, () => void>> = {
      play: () => this.play(false),
      loop: () => this.play(true),
      'zoom-in': () => this.zoom(1 / ZOOM_FACTOR),
      'zoom-out': () => this.zoom(ZOOM_FACTOR),
      'zoom-all': () => {
        this.view = { fromSeconds: 0, toSeconds: this.length };
      },
      'zoom-selection': () => {
        if (this.isStretch) this.view = around(this.selection, this.length);
      },
      back: () => this.step(-step),
      forth: () => this.step(step),
      'back-far': () => this.step(-FAR_SECONDS),
      'forth-far': () => this.step(FAR_SECONDS),
      'select-back': () => this.select(fromSeconds - step, toSeconds),
      'select-forth': () => this.select(fromSeconds, toSeconds + step),
      start: () => this.put(0),
      end: () => this.put(this.length),
      'select-start': () => this.select(0, toSeconds),
      'select-end': () => this.select(fromSeconds, this.length),
      'select-from': () => this.select(this.position(), Math.max(toSeconds, this.position())),
      'select-to': () => this.select(Math.min(fromSeconds, this.position()), this.position()),
      'previous-event': () => this.jump(-1),
      'next-event': () => this.jump(1),
      label: () => this.selected?.focusName(),
      none: () => this.put(fromSeconds),
    };
    actions[key]();
  }

  private readonly onPicture = ({ change }: PictureEvent): void => {
    const { selection, event, view, zoom } = change;
    if (selection) this.selection = selection;
    if (event) this.dispatchEvent(new ChooseEvent(event));
    if (view) this.view = moved(view, 0, this.length);
    if (zoom) this.zoom(zoom.factor, zoom.anchorSeconds);
    if (selection) this.picture?.focus({ preventScroll: true });
  };

  private noFile() {
    const { recording } = this;
    return html`
      <p class="hint">${t.recordingPicture.noFile}</p>
      <earmark-choose-again .recording=${recording} @given=${() => void this.look(recording.id)}></earmark-choose-again>
    `;
  }

  /** The spectrogram as it is shown. */
  private async svg(): Promise<string> {
    const columns = this.picture?.spectrogram.toDataURL() ?? '';
    return recordingSvg(this.recording.name, (this.opened as OpenedRecording).spec, columns, this.view);
  }

  private transport() {
    const { isPlaying, isLooping } = this.player;
    const button = (name: string, press: () => void, isDisabled = false) =>
      html`<button type="button" ?disabled=${isDisabled} @click=${press}>${name}</button>`;
    return html`
      <div class="bar">
        <button type="button" class="primary" @click=${() => (isPlaying ? this.opened?.player.stop() : this.play(false))}>
          ${isPlaying ? stopIcon : playIcon}${isPlaying ? t.recordingPicture.stop : t.recordingPicture.play}
        </button>
        <button type="button" aria-pressed=${isPlaying && isLooping} ?disabled=${!this.isStretch}
          @click=${() => this.play(true)}>${t.recordingPicture.loop}</button>
        ${button(t.recordingPicture.zoomIn, () => this.take('zoom-in'))}
        ${button(t.recordingPicture.zoomOut, () => this.take('zoom-out'))}
        ${button(t.recordingPicture.zoomAll, () => this.take('zoom-all'))}
        ${button(t.recordingPicture.zoomSelection, () => this.take('zoom-selection'), !this.isStretch)}
        <label class="check"><input type="checkbox" .checked=${this.withFrequencies} @change=${(event: Event) => {
          this.withFrequencies = (event.target as HTMLInputElement).checked;
        }} />${t.recordingPicture.withFrequencies}</label>
        <earmark-save-picture name=${this.recording.name} .picture=${() => this.svg()}></earmark-save-picture>
      </div>
    `;
  }

  protected override render() {
    const { opened, recording } = this;
    if (!opened) return html`<p class="hint" role="status">${t.recordingPicture.opening}</p>`;
    const lanes = lanesOf(this.events, this.names);
    return html`
      ${opened.hasFile ? nothing : this.noFile()}
      <earmark-recording-picture tabindex="0" role="group" aria-label=${t.recordingPicture.name}
        .opened=${opened} .lengthSeconds=${this.length} .doneSeconds=${recording.doneSeconds} .start=${recording.start}
        .view=${this.view} .lanes=${lanes} .chosen=${this.chosen} .selection=${this.selection}
        .withFrequencies=${this.withFrequencies} .position=${this.position} .isPlaying=${this.player.isPlaying}
        @picture=${this.onPicture}></earmark-recording-picture>
      ${this.transport()}
      <earmark-recording-selection .recording=${recording} .selection=${this.selection} .at=${this.position()}
        .names=${this.names} .known=${this.known}></earmark-recording-selection>
    `;
  }

  static override styles = [controlStyles, formStyles, viewerStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-recording-viewer': EarmarkRecordingViewer;
  }
}
