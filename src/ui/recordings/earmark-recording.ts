import { consume } from '@lit/context';
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { QueuedRecording } from '../../app/recordings/recordings-state';
import type { AppCommands, AppState } from '../../app/state';
import type { TeachState } from '../../app/teach/teach-state';
import type { RecordingEvent } from '../../shared/contracts/recordings/recording';
import { controlStyles } from '../kit/control-styles';
import { formStyles } from '../kit/form-styles';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import { addressOf } from '../kit/tabs';
import type { KnownLabel } from '../kit/verdict/earmark-verdict';
import { labelName, t } from '../messages/messages';
import type { ChooseEvent } from './earmark-recording-events';
import './earmark-recording-events';
import './earmark-recording-export';
import './earmark-recording-viewer';
import { activityWords, factsWords, startWords } from './recording-words';
import { recordingsStyles } from './recordings-styles';

/** One recording: what is known of it, and what was found in it. */
@customElement('earmark-recording')
export class EarmarkRecording extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) recordingId = '';
  /** Undefined if it is not in the list. */
  @property({ attribute: false }) recording: QueuedRecording | undefined;
  /** Grows when events changed: they are read again. */
  @property({ attribute: false }) revision = 0;
  @property({ attribute: false }) appState!: AppState;
  @property({ attribute: false }) teach!: TeachState;

  @state() private events: readonly RecordingEvent[] = [];
  @state() private chosen: string | undefined;

  private names: ReadonlyMap<string, string> = new Map();
  private known: readonly KnownLabel[] = [];

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('recordingId') || changed.has('revision')) void this.read(this.recordingId);
    if (changed.has('appState') || changed.has('teach')) this.nameLabels();
  }

  /** Names of all labels that the model or the person knows. */
  private nameLabels(): void {
    const labels = [...(this.appState.model?.labels ?? []), ...this.teach.labels];
    this.names = new Map(labels.map(({ id, name }) => [id, name]));
    this.known = [...this.names].map(([id, name]) => ({ id, name: labelName({ id, name }) }));
  }

  private async read(id: string): Promise<void> {
    const events = await this.app.recordings.events(id).catch(() => []);
    if (id === this.recordingId) this.events = events;
  }

  /** Chooses an event, or none if it was chosen. */
  private choose({ id }: RecordingEvent): void {
    this.chosen = this.chosen === id ? undefined : id;
  }

  private facts(recording: QueuedRecording) {
    const { start, mix } = recording;
    return html`
      <p class="numbers">${factsWords(recording)}</p>
      ${start ? html`<p class="numbers hint">${startWords(start)}</p>` : nothing}
      ${mix?.channel ? html`<p class="hint">${t.recordings.oneChannel(mix.channel.number)}</p>` : nothing}
      ${mix?.beyondFullScale === undefined ? nothing : html`<p class="hint">${t.recordings.madeQuieter}</p>`}
      <p class="numbers" role="status">${activityWords(recording)}</p>
    `;
  }

  private again({ id, activity }: QueuedRecording) {
    if (activity !== 'done') return nothing;
    return html`
      <div class="bar">
        <button type="button" @click=${() => void this.app.recordings.again(id)}>${t.recording.again}</button>
        <p class="hint">${t.recording.againHint}</p>
      </div>
    `;
  }

  protected override render() {
    const { recording, events } = this;
    const back = html`<p><a href=${addressOf('recordings')}>${t.recording.back}</a></p>`;
    if (!recording) return html`${back}<p>${t.recording.gone}</p>`;
    return html`
      ${back}
      <h2>${recording.name}</h2>
      <div class="facts">${this.facts(recording)}</div>
      <earmark-recording-viewer .recording=${recording} .events=${events} .names=${this.names} .known=${this.known}
        .chosen=${this.chosen} @chooseevent=${({ event }: ChooseEvent) => {
          this.chosen = event.id;
        }}></earmark-recording-viewer>
      <h3 class="numbers">${t.recordings.found(events.length)}</h3>
      <earmark-recording-events .recording=${recording} .events=${events} .names=${this.names} .known=${this.known}
        .chosen=${this.chosen} @chooseevent=${({ event }: ChooseEvent) => this.choose(event)}></earmark-recording-events>
      ${
        events.length > 0
          ? html`<earmark-recording-export .recordings=${[recording.id]} .name=${recording.name}></earmark-recording-export>`
          : nothing
      }
      ${this.again(recording)}
    `;
  }

  static override styles = [
    controlStyles,
    formStyles,
    recordingsStyles,
    css`
      a {
        color: var(--accent);
      }

      .facts {
        display: grid;
        gap: var(--space-1);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-recording': EarmarkRecording;
  }
}
