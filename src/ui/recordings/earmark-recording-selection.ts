import { consume } from '@lit/context';
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { QueuedRecording } from '../../app/recordings/recordings-state';
import type { AppCommands } from '../../app/state';
import { LONGEST_FILE_SECONDS, labelId } from '../../shared/contracts/clip';
import type { NamedClip } from '../../shared/contracts/messages/notice';
import type { RecordingEvent } from '../../shared/contracts/recordings/recording';
import { controlStyles } from '../kit/control-styles';
import { formStyles } from '../kit/form-styles';
import { frequency } from '../kit/format';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import { addressOf } from '../kit/tabs';
import type { KnownLabel } from '../kit/verdict/earmark-verdict';
import { t } from '../messages/messages';
import type { Selection } from './picture/picture-marks';
import { clock, offset, roughTime } from './recording-words';
import { viewerStyles } from './viewer-styles';

/** What is selected, and what can be made of it: an event, or a clip for Teach. */
@customElement('earmark-recording-selection')
export class EarmarkRecordingSelection extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) recording!: QueuedRecording;
  @property({ attribute: false }) selection: Selection = { fromSeconds: 0, toSeconds: 0 };
  /** Where the cursor is. */
  @property({ attribute: false }) at = 0;
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map();
  @property({ attribute: false }) known: readonly KnownLabel[] = [];

  @state() private isBadName = false;
  @state() private isSending = false;
  /** The clip that was made of what is selected. */
  @state() private sent: NamedClip | undefined;
  @query('input') private nameInput!: HTMLInputElement | null;

  /** Lets a person name a new event, if something is selected. */
  focusName(): void {
    this.nameInput?.focus();
  }

  private add(event: Event): void {
    event.preventDefault();
    const name = this.nameInput?.value.trim() ?? '';
    const known = this.known.find((label) => label.name.toLowerCase() === name.toLowerCase());
    try {
      const label = known?.id ?? labelId(name);
      const { fromSeconds: startSeconds, toSeconds: endSeconds, lowHz, highHz } = this.selection;
      const drawn: RecordingEvent = {
        id: `${startSeconds.toFixed(3)} ${label} ${crypto.randomUUID().slice(0, 8)}`,
        label,
        labelName: this.names.get(label) ?? name,
        startSeconds,
        endSeconds,
        ...(lowHz !== undefined && highHz !== undefined && { lowHz: Math.round(lowHz), highHz: Math.round(highHz) }),
      };
      void this.app.recordings.putEvent(this.recording.id, drawn);
      this.isBadName = false;
      if (this.nameInput) this.nameInput.value = '';
    } catch {
      this.isBadName = true;
    }
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('selection')) this.sent = undefined;
  }

  /** Of a failure the page tells. */
  private async send(): Promise<void> {
    const { recording, selection } = this;
    const kept = (): NamedClip | undefined => this.app.teach.state.justKept;
    const before = kept();
    this.isSending = true;
    await this.app.recordings.teach(recording.id, selection.fromSeconds, selection.toSeconds);
    this.isSending = false;
    if (kept() !== before && selection === this.selection) this.sent = kept();
  }

  private where(seconds: number): string {
    const time = clock(this.recording.start, seconds, 1);
    return time === undefined ? offset(seconds, 1) : `${offset(seconds, 1)} (${time})`;
  }

  protected override render() {
    const { fromSeconds, toSeconds, lowHz, highHz } = this.selection;
    if (toSeconds <= fromSeconds) {
      return html`<p class="numbers hint">${t.recordingPicture.at(this.where(this.at))}</p>`;
    }
    const isLong = toSeconds - fromSeconds > LONGEST_FILE_SECONDS;
    const hz = lowHz !== undefined && highHz !== undefined;
    return html`
      <p class="numbers">${t.recordingPicture.selected(this.where(fromSeconds), this.where(toSeconds))}${
        hz ? t.recordingPicture.selectedHz(roughly(lowHz), roughly(highHz)) : nothing
      }</p>
      <form class="bar" @submit=${this.add}>
        <label for="name">${t.recordingPicture.drawName}</label>
        <input id="name" type="text" list="known" autocomplete="off" placeholder=${t.recordingPicture.drawHint}
          aria-invalid=${this.isBadName} aria-describedby=${this.isBadName ? 'bad' : nothing} />
        <datalist id="known">${this.known.map(({ name }) => html`<option value=${name}></option>`)}</datalist>
        <button type="submit">${t.recordingPicture.add}</button>
        <button type="button" ?disabled=${isLong || this.isSending} @click=${this.send}>${t.recordingPicture.teach}</button>
        <p role="status">${
          this.sent
            ? html`${t.keep.kept(t.clipName(this.sent))} <a href=${addressOf('teach')}>${t.keep.label}</a>`
            : nothing
        }</p>
      </form>
      ${this.isBadName ? html`<p id="bad" role="alert">${t.diaryEvent.badName}</p>` : nothing}
      ${isLong ? html`<p class="hint">${t.recordingPicture.tooLong(roughTime(LONGEST_FILE_SECONDS))}</p>` : nothing}
    `;
  }

  static override styles = [controlStyles, formStyles, viewerStyles];
}

/** No pointer draws more exactly. */
function roughly(hz: number): string {
  return frequency(Number(hz.toPrecision(3)));
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-recording-selection': EarmarkRecordingSelection;
  }
}
