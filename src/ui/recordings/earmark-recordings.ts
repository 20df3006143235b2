import { consume } from '@lit/context';
import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { filesOfDrop, filesOfInput, hasPickers, pickFiles, pickFolder } from '../../app/recordings/given-files';
import type { Recorder, RecordingsState } from '../../app/recordings/recordings-state';
import type { AppCommands, AppState } from '../../app/state';
import type { TeachState } from '../../app/teach/teach-state';
import { controlStyles } from '../kit/control-styles';
import { formStyles } from '../kit/form-styles';
import { decibels } from '../kit/format';
import { recordIcon, stopIcon } from '../kit/icons';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import { Subscription } from '../kit/state/subscription';
import { addressOf, idFrom } from '../kit/tabs';
import { t } from '../messages/messages';
import './earmark-recording';
import './earmark-recording-export';
import './earmark-recording-queue';
import './earmark-recordings-damaged';
import { offset } from './recording-words';
import { recordingsStyles } from './recordings-styles';

/** The Recordings view: files of any length, what was found in them, and recording for hours. */
@customElement('earmark-recordings')
export class EarmarkRecordings extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) appState!: AppState;
  @property({ attribute: false }) teach!: TeachState;

  /** A hidden view draws nothing. */
  @property({ type: Boolean }) override hidden = false;

  @state() private recordings: RecordingsState | undefined;
  /** Id of the recording that is looked at. */
  @state() private looked: string | undefined;
  @state() private isOver = false;
  @query('input[name="files"]') private filesInput!: HTMLInputElement;
  @query('input[name="folder"]') private folderInput!: HTMLInputElement;

  protected readonly subscription = new Subscription<RecordingsState>(
    this,
    () => this.app.recordings,
    (recordings) => {
      this.recordings = recordings;
    },
  );

  private readonly onHash = (): void => {
    const start = addressOf('recordings');
    if (!location.hash.startsWith(start)) return;
    const id = idFrom(location.hash.slice(start.length + 1));
    this.looked = id === '' ? undefined : id;
  };

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.onHash);
    this.onHash();
    void this.app.recordings.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.onHash);
  }

  protected override shouldUpdate(): boolean {
    return !this.hidden;
  }

  private readonly onDragOver = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.isOver = true;
  };

  /** Elsewhere on the page, dropped files go to Teach. */
  private readonly onDrop = (event: DragEvent): void => {
    this.isOver = false;
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.stopPropagation();
    void this.app.recordings.add(filesOfDrop(event.dataTransfer.items));
  };

  private chooseFiles(): void {
    if (hasPickers()) void this.app.recordings.add(pickFiles());
    else this.filesInput.click();
  }

  private chooseFolder(): void {
    if (hasPickers()) void this.app.recordings.add(pickFolder());
    else this.folderInput.click();
  }

  private readonly onInput = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    void this.app.recordings.add(Promise.resolve(filesOfInput(input.files ?? [])));
    input.value = '';
  };

  private recorder({ seconds, levelDb }: Recorder) {
    const { recordings } = this.app;
    return html`
      <button type="button" class="primary" @click=${() => void recordings.finishRecording()}>
        ${stopIcon}${t.recordings.stopRecording}
      </button>
      <p class="numbers" role="timer">${t.recordings.recordingNow(offset(seconds), seconds > 0 ? decibels(levelDb) : '–')}</p>
    `;
  }

  private add({ recorder }: RecordingsState) {
    return html`
      <div class="add">
        <p class="hint">${this.isOver ? t.recordings.dropNow : t.recordings.intro}</p>
        <div class="bar">
          <button type="button" class="primary" @click=${this.chooseFiles}>${t.recordings.chooseFiles}</button>
          <button type="button" @click=${this.chooseFolder}>${t.recordings.chooseFolder}</button>
          ${
            recorder
              ? this.recorder(recorder)
              : html`<button type="button" @click=${() => void this.app.recordings.startRecording()}>
                  ${recordIcon}${t.recordings.record}
                </button>`
          }
        </div>
        <input type="file" name="files" multiple hidden aria-label=${t.recordings.chooseFiles} @change=${this.onInput} />
        <input type="file" name="folder" webkitdirectory hidden aria-label=${t.recordings.chooseFolder} @change=${this.onInput} />
      </div>
    `;
  }

  private queue({ recordings }: RecordingsState) {
    if (recordings.length === 0) return nothing;
    const goesOn = recordings.some(({ activity }) => activity === 'waiting' || activity === 'tagging');
    const isPaused = recordings.some(({ activity }) => activity === 'paused');
    const withEvents = recordings.filter(({ events }) => events > 0).map(({ id }) => id);
    return html`
      <div class="bar">
        <h3 class="numbers">${t.recordings.count(recordings.length)}</h3>
        ${goesOn ? html`<button type="button" @click=${() => void this.app.recordings.pauseAll(true)}>${t.recordings.pauseAll}</button>` : nothing}
        ${isPaused && !goesOn ? html`<button type="button" @click=${() => void this.app.recordings.pauseAll(false)}>${t.recordings.resumeAll}</button>` : nothing}
      </div>
      <earmark-recording-queue .recordings=${recordings}></earmark-recording-queue>
      ${
        withEvents.length > 0
          ? html`<h3>${t.recordings.exportAll}</h3>
              <earmark-recording-export .recordings=${withEvents} name="earmark-recordings"></earmark-recording-export>`
          : nothing
      }
    `;
  }

  private problem({ problem, storage }: RecordingsState) {
    if (!problem && storage !== 'missing') return nothing;
    return html`
      <div class="problem" role="alert">
        <p>${storage === 'missing' ? t.recordings.missing : nothing} ${problem ? t.problemText(problem) : nothing}</p>
        ${
          storage === 'missing'
            ? html`<button type="button" @click=${() => void this.app.recordings.open()}>${t.recordings.tryAgain}</button>`
            : html`<button type="button" @click=${() => void this.app.recordings.dismissProblem()}>${t.recordings.dismiss}</button>`
        }
      </div>
    `;
  }

  protected override render() {
    const { recordings: state, looked } = this;
    if (!state) return nothing;
    if (state.storage === 'closed' || state.storage === 'opening') {
      return html`<h2>${t.recordings.title}</h2><p class="hint" role="status">${t.recordings.opening}</p>`;
    }
    if (looked !== undefined) {
      const recording = state.recordings.find(({ id }) => id === looked);
      return html`
        ${this.problem(state)}
        <earmark-recording .recordingId=${looked} .recording=${recording} .revision=${state.revision}
          .appState=${this.appState} .teach=${this.teach}></earmark-recording>
      `;
    }
    return html`
      <section class=${this.isOver ? 'over' : ''} @dragenter=${this.onDragOver} @dragover=${this.onDragOver}
        @drop=${this.onDrop} @dragleave=${() => {
          this.isOver = false;
        }}>
        <h2>${t.recordings.title}</h2>
        ${this.problem(state)}
        ${state.elsewhere ? html`<p class="hint">${t.recordings.elsewhere}</p>` : this.add(state)}
        <earmark-recordings-damaged .rows=${state.damaged} ?elsewhere=${state.elsewhere}></earmark-recordings-damaged>
        ${this.queue(state)}
      </section>
    `;
  }

  static override styles = [
    controlStyles,
    formStyles,
    recordingsStyles,
    css`
      :host {
        padding-block-start: var(--space-2);
      }

      section {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-4);
        align-content: start;
        min-block-size: 60vb;
      }

      .add {
        display: grid;
        gap: var(--space-4);
        padding: var(--space-5);
        border: 2px dashed var(--line);
        border-radius: var(--radius);
      }

      .over .add {
        border-color: var(--accent);
      }

      .bar h3 {
        margin-inline-end: var(--space-3);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-recordings': EarmarkRecordings;
  }
}
