import { consume } from '@lit/context';
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { AppCommands } from '../../app/state';
import type { Draft, DraftDecision, TeachState } from '../../app/teach/teach-state';
import type { TaughtLabel } from '../../shared/contracts/clip';
import type { FeatureSpec } from '../../shared/contracts/model/feature-spec';
import { ColumnStrip } from '../kit/chart/column-strip';
import '../kit/chart/earmark-save-picture';
import { controlStyles } from '../kit/control-styles';
import './earmark-label-picker';
import '../kit/keep/earmark-last-labels';
import { formStyles } from '../kit/form-styles';
import { seconds } from '../kit/format';
import { playIcon, stopIcon } from '../kit/icons';
import type { TakeLabelsEvent } from '../kit/keep/earmark-last-labels';
import { LocalizedElement } from '../kit/localized-element';
import { placed } from '../kit/placed';
import { appContext } from '../kit/state/app-context';
import { labelName, t } from '../messages/messages';
import type { EarmarkLabelPicker, LabelsEvent } from './earmark-label-picker';
import { snippetStyles } from './snippet-styles';
import { snippetSvg } from './snippet-svg';
import { teachStyles } from './teach-styles';

/** A shorter part holds nothing to learn from. */
const SHORTEST_SECONDS = 0.1;
const STEP_SECONDS = 0.02;

/** The snippet in the editor: its picture, its trim, its labels. */
@customElement('earmark-snippet')
export class EarmarkSnippet extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) draft!: Draft;
  @property({ attribute: false }) teach!: TeachState;
  @property({ attribute: false }) spec: FeatureSpec | undefined;
  /** Labels for completion. */
  @property({ attribute: false }) known: readonly TaughtLabel[] = [];
  @property({ attribute: false }) playing = false;

  @state() private name = '';
  @state() private labels: readonly TaughtLabel[] = [];
  /** Whether the field holds a label that was not confirmed with Enter. */
  @state() private typing = false;
  @state() private none = false;
  @state() private start = 0;
  @state() private end = 0;
  @query('.spectrogram') private spectrogram!: HTMLCanvasElement;
  @query('.wave') private wave!: HTMLCanvasElement;
  @query('earmark-label-picker') private picker!: EarmarkLabelPicker;

  private strip: ColumnStrip | undefined;

  private get pictureName(): string {
    return t.clipName({ name: this.name, keptAtMs: this.draft.keptAtMs });
  }

  private get duration(): number {
    return this.draft.samples.length / this.draft.sampleRateHz;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('draft');
    // The picture arrives later, and must not undo what was typed meanwhile.
    if (!changed.has('draft') || before?.samples === this.draft.samples) return;
    const { name, labels, clip, unsaved } = this.draft;
    const shown = unsaved ?? {
      name,
      labels,
      reviewed: clip?.reviewed === true,
      startSeconds: 0,
      endSeconds: this.duration,
    };
    this.name = shown.name;
    this.labels = shown.labels.map((label) => ({ id: label.id, name: labelName(label) }));
    this.none = shown.reviewed && shown.labels.length === 0;
    this.start = shown.startSeconds;
    this.end = shown.endSeconds;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { picture } = this.draft;
    if (!(changed.has('draft') || changed.has('spec')) || !picture || !this.spec) return;
    const count = Math.floor(picture.columns.length / this.spec.melBands);
    this.strip = new ColumnStrip(this.spectrogram, this.spec, count, 0);
    this.strip.paint(picture.columns);
    this.strip.showUpTo(count);
    drawWave(this.wave, picture.peaks);
  }

  private async picture(): Promise<string | undefined> {
    const { pictureName: name, duration: durationSeconds, start: startSeconds, end: endSeconds, spec, strip } = this;
    const peaks = this.draft.picture?.peaks;
    if (!spec || !strip || !peaks) return undefined;
    return snippetSvg({ name, spec, columns: strip.toAddress(), peaks, durationSeconds, startSeconds, endSeconds });
  }

  private slide(which: 'start' | 'end', event: Event): void {
    const input = event.target as HTMLInputElement;
    const value = Number(input.value);
    if (which === 'start') this.start = Math.max(0, Math.min(value, this.end - SHORTEST_SECONDS));
    // The slider moves in steps, and the sound may end between them.
    else
      this.end = Math.max(this.start + SHORTEST_SECONDS, value > this.duration - STEP_SECONDS ? this.duration : value);
    input.value = String(this[which]);
    this.edited();
  }

  /** What Save would save now. */
  private get decision(): DraftDecision {
    const { typed } = this.picker;
    const isNew = typed && !this.labels.some(({ id }) => id === typed.id);
    const labels = isNew ? [...this.labels, typed] : this.labels;
    return {
      name: this.name.trim() || this.draft.name,
      labels,
      reviewed: labels.length > 0 || this.none,
      startSeconds: this.start,
      endSeconds: this.end,
    };
  }

  private edited(): void {
    this.app.teach.drafts.edit(this.decision);
  }

  private take(labels: readonly TaughtLabel[]): void {
    const has = new Set(this.labels.map(({ id }) => id));
    const named = labels.map(({ id, name }) => ({ id, name: labelName({ id, name }) }));
    this.labels = [...this.labels, ...named.filter(({ id }) => !has.has(id))];
    this.none = false;
    this.edited();
  }

  private toggleNone(): void {
    this.none = !this.none;
    this.labels = [];
    this.typing = false;
    this.picker.clear();
    this.edited();
  }

  private save(): void {
    if (!this.picker.takeTyped()) {
      this.picker.focus();
      return;
    }
    void this.app.teach.drafts.save(this.decision);
  }

  private handle(which: 'start' | 'end', name: string) {
    return html`
      <input
        class=${which}
        type="range"
        min="0"
        max=${this.duration}
        step=${STEP_SECONDS}
        aria-label=${name}
        aria-valuetext=${seconds(this[which])}
        .value=${String(this[which])}
        @input=${(event: Event) => this.slide(which, event)}
      />
    `;
  }

  private saveWords(): string {
    if (this.labels.length > 0 || this.typing || this.none) return t.snippet.save;
    return t.snippet.saveForLater;
  }

  protected override render() {
    const { duration, start, end } = this;
    return html`
      <h2>${this.draft.clip?.reviewed ? t.snippet.clip : t.snippet.snippet}</h2>
      ${this.display()}
      <div class="bar">
        <button type="button" @click=${() => void this.app.teach.playback.draft(start, end)}>
          ${this.playing ? stopIcon : playIcon}<span>${this.playing ? t.snippet.stop : t.snippet.play}</span>
        </button>
        <p class="times numbers" role="status">
          ${t.snippet.part(seconds(start), seconds(end), seconds(end - start), seconds(duration))}
        </p>
        ${
          this.draft.picture && this.spec
            ? html`<earmark-save-picture name=${this.pictureName} .picture=${() => this.picture()}></earmark-save-picture>`
            : nothing
        }
      </div>
      ${this.fields()}
      <div class="ends">
        <div class="bar decide">
          <button type="button" class="none" aria-pressed=${this.none} @click=${this.toggleNone}>
            ${t.teach.noneOfThese}
          </button>
          <button type="button" class="primary" @click=${this.save}>${this.saveWords()}</button>
        </div>
        <div class="bar">
          <button type="button" @click=${() => this.app.teach.drafts.close()}>${t.snippet.close}</button>
          <button type="button" @click=${() => void this.app.teach.clips.discardDraft()}>
            ${this.draft.clip ? t.snippet.deleteClip : t.snippet.discard}
          </button>
        </div>
      </div>
    `;
  }

  /** Waveform and columns, with the parts cut off, and a handle at each end. */
  private display() {
    const { duration, start, end } = this;
    const cut = (share: number): string => `${(100 * share).toFixed(3)}%`;
    return html`
      <div class="display" aria-busy=${!this.draft.picture}>
        <div class="pictures">
          <canvas class="wave" role="img" aria-label=${t.snippet.waveform(seconds(duration))}></canvas>
          <div class="columns"><canvas class="spectrogram" role="img" aria-label=${t.snippet.spectrogram}></canvas></div>
          ${this.draft.picture ? nothing : html`<p class="waiting">${t.snippet.drawing}</p>`}
          <i class="cut" ${placed({ inlineSize: cut(start / duration) })}></i>
          <i class="cut right" ${placed({ inlineSize: cut(1 - end / duration) })}></i>
        </div>
        ${this.handle('start', t.snippet.start)} ${this.handle('end', t.snippet.end)}
      </div>
    `;
  }

  /** The labels and the name, which few people change. */
  private fields() {
    const fileName = this.draft.clip?.fileName;
    return html`
      <div class="fields">
        <earmark-label-picker
          caption=${t.snippet.whatSounds}
          .labels=${this.labels}
          .known=${this.known}
          @input=${() => {
            this.typing = this.decision.labels.length > this.labels.length;
            this.edited();
          }}
          @labelschange=${(event: LabelsEvent) => {
            this.labels = event.labels;
            this.typing = false;
            this.none = false;
            this.edited();
          }}
        ></earmark-label-picker>
        <earmark-last-labels
          .teach=${this.teach}
          .chosen=${this.labels}
          @takelabels=${({ labels }: TakeLabelsEvent) => this.take(labels)}
        ></earmark-last-labels>
        <div class="field">
          <label for="name">${t.snippet.name}</label>
          <input
            id="name"
            type="text"
            maxlength="200"
            placeholder=${t.clipName({ name: '', keptAtMs: this.draft.keptAtMs })}
            autocomplete="off"
            .value=${this.name}
            @input=${(event: Event) => {
              this.name = (event.target as HTMLInputElement).value;
              this.edited();
            }}
          />
          ${fileName ? html`<p class="file-name">${t.snippet.fileName(fileName)}</p>` : nothing}
        </div>
      </div>
    `;
  }

  static override styles = [controlStyles, formStyles, teachStyles, snippetStyles];
}

/** The waveform, one pixel per part. */
function drawWave(canvas: HTMLCanvasElement, peaks: Float32Array): void {
  canvas.width = peaks.length / 2;
  canvas.height = 128;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('the browser offers no 2D canvas');
  const middle = canvas.height / 2;
  context.fillStyle = getComputedStyle(canvas).color;
  for (let part = 0; part < canvas.width; part++) {
    const top = middle - (peaks[2 * part + 1] as number) * middle;
    const bottom = middle - (peaks[2 * part] as number) * middle;
    // Silence is a line too.
    context.fillRect(part, Math.min(top, middle - 0.5), 1, Math.max(1, bottom - top));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-snippet': EarmarkSnippet;
  }
}
