import { consume } from '@lit/context';
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { QueuedRecording } from '../../app/recordings/recordings-state';
import type { AppCommands } from '../../app/state';
import { controlStyles } from '../kit/control-styles';
import { formStyles } from '../kit/form-styles';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import { addressOf } from '../kit/tabs';
import { t } from '../messages/messages';
import './earmark-choose-again';
import { activityWords, factsWords } from './recording-words';

/** The queue: how far each recording is, and what can be done with it. */
@customElement('earmark-recording-queue')
export class EarmarkRecordingQueue extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) recordings: readonly QueuedRecording[] = [];

  /** The recording that is about to be removed. */
  @state() private removing: string | undefined;

  private button(recording: QueuedRecording, action: string, press: () => void) {
    return html`<button type="button" aria-label=${t.recordings.named(action, recording.name)} @click=${press}>${action}</button>`;
  }

  private absent(recording: QueuedRecording) {
    const { recordings } = this.app;
    if (recording.place === 'handle') {
      return html`
        <p class="hint">${t.recordings.absentHandle}</p>
        ${this.button(recording, t.recordings.allow, () => void recordings.allow(recording.id))}
      `;
    }
    return html`
      <p class="hint">${t.recordings.absentFile}</p>
      <earmark-choose-again .recording=${recording}></earmark-choose-again>
    `;
  }

  private removal(recording: QueuedRecording) {
    const isRecorded = recording.id === recording.name;
    return html`
      <p class="hint" role="alert">${isRecorded ? t.recordings.removeRecorded : t.recordings.removeAsk}</p>
      <div class="bar">
        <button type="button" class="primary" @click=${() => void this.app.recordings.remove(recording.id)}>
          ${t.recordings.reallyRemove}
        </button>
        <button type="button" @click=${() => {
          this.removing = undefined;
        }}>${t.recordings.keepIt}</button>
      </div>
    `;
  }

  private actions(recording: QueuedRecording) {
    const { recordings } = this.app;
    const { id, activity } = recording;
    const pause = (isPaused: boolean) => () => void recordings.pause(id, isPaused);
    return html`
      ${activity === 'waiting' || activity === 'tagging' ? this.button(recording, t.recordings.pause, pause(true)) : nothing}
      ${activity === 'paused' ? this.button(recording, t.recordings.resume, pause(false)) : nothing}
      ${activity === 'failed' ? this.button(recording, t.recordings.retry, pause(false)) : nothing}
      ${this.button(recording, t.recordings.remove, () => {
        this.removing = id;
      })}
    `;
  }

  private row(recording: QueuedRecording) {
    const { id, name, folder, activity, doneSeconds, facts } = recording;
    const total = facts?.claimedSeconds;
    const isOpen = activity === 'tagging' || (activity === 'paused' && doneSeconds > 0);
    const share = total ? Math.min(1, doneSeconds / total) : undefined;
    return html`
      <li class=${activity}>
        <div class="what">
          <a href="${addressOf('recordings')}/${encodeURIComponent(id)}">${name}</a>
          ${folder === '' ? nothing : html`<p class="hint">${folder}</p>`}
          <p class="hint numbers">${factsWords(recording)}</p>
        </div>
        <div class="state">
          <p class="numbers">${activityWords(recording)}</p>
          ${
            isOpen
              ? html`<progress aria-label=${t.recordings.progress(name)} max="1" value=${share ?? nothing}></progress>`
              : nothing
          }
          ${activity === 'absent' ? this.absent(recording) : nothing}
          ${this.removing === id ? this.removal(recording) : nothing}
        </div>
        <div class="bar">${this.removing === id ? nothing : this.actions(recording)}</div>
      </li>
    `;
  }

  protected override render() {
    return html`<ul aria-label=${t.recordings.queue}>${this.recordings.map((recording) => this.row(recording))}</ul>`;
  }

  static override styles = [
    controlStyles,
    formStyles,
    css`
      :host {
        display: block;
      }

      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }

      li {
        display: grid;
        /* Buttons have the same room in every row, so that what stands before them is aligned. */
        grid-template-columns: minmax(0, 5fr) minmax(0, 4fr) minmax(13.5rem, auto);
        gap: var(--space-2) var(--space-4);
        align-items: center;
        padding-block: var(--space-3);
        border-block-start: 1px solid var(--line);
        content-visibility: auto;
        contain-intrinsic-block-size: auto 5rem;
      }

      .what a {
        display: inline-block;
        padding-block: var(--space-1);
        color: var(--text);
        font-weight: 600;
        overflow-wrap: anywhere;
      }

      .what a:hover {
        color: var(--accent);
      }

      .hint {
        color: var(--text-muted);
        font-size: 0.9375rem;
        overflow-wrap: anywhere;
      }

      .state {
        display: grid;
        gap: var(--space-2);
        justify-items: start;
        font-size: 0.9375rem;
        overflow-wrap: anywhere;
      }

      .failed .state > p {
        padding-inline-start: var(--space-2);
        border-inline-start: 3px solid var(--problem-line);
      }

      progress {
        inline-size: 100%;
        block-size: 0.5rem;
        accent-color: var(--bar-strong);
      }

      li > .bar {
        justify-content: end;
      }

      @media (width < 52rem) {
        li {
          grid-template-columns: minmax(0, 1fr);
        }

        li > .bar {
          justify-content: start;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-recording-queue': EarmarkRecordingQueue;
  }
}
