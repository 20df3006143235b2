import { consume } from '@lit/context';
import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { AppCommands } from '../../../app/state';
import type { TeachState } from '../../../app/teach/teach-state';
import { t } from '../../messages/messages';
import { controlStyles, visuallyHidden } from '../control-styles';
import { formStyles } from '../form-styles';
import { keepIcon, recordIcon, stopIcon } from '../icons';
import { LocalizedElement } from '../localized-element';
import { appContext } from '../state/app-context';
import { addressOf } from '../tabs';
import type { TakeLabelsEvent } from './earmark-last-labels';

/** Choices of how far back to keep, in seconds. */
const choices = [2, 3, 4, 5, 6, 8, 10];

/** Keeps what was just heard, or records what comes next. */
@customElement('earmark-keep')
export class EarmarkKeep extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) teach!: TeachState;
  @property({ attribute: false }) keepSeconds = 5;
  @property({ attribute: false }) listening = false;
  /** Says by name that a snippet was kept, where the snippet itself is not visible. */
  @property({ attribute: false }) tells = false;

  @state() private recordedSeconds = 0;
  @query('button') private keepButton!: HTMLButtonElement;
  private timer: ReturnType<typeof setInterval> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
    this.timer = undefined;
  }

  protected override willUpdate(): void {
    const since = this.teach.recordingSinceMs;
    if (since === undefined) {
      clearInterval(this.timer);
      this.timer = undefined;
      this.recordedSeconds = 0;
    } else if (this.timer === undefined) {
      this.timer = setInterval(() => {
        this.recordedSeconds = Math.floor((performance.now() - since) / 1000);
      }, 250);
    }
  }

  private keep(): void {
    if (this.listening) void this.app.teach.snippets.keepRecent(this.keepSeconds);
  }

  /** The chips go with the question, so the focus moves to the button that keeps the next sound. */
  private label(labels: TakeLabelsEvent['labels']): void {
    this.keepButton.focus({ preventScroll: true });
    void this.app.teach.drafts.label(labels);
  }

  private record(): void {
    const { teach } = this.app;
    if (this.teach.recordingSinceMs !== undefined) void teach.snippets.finishRecording();
    else if (this.listening) void teach.snippets.startRecording();
  }

  protected override render() {
    const { listening, keepSeconds, teach } = this;
    const recording = teach.recordingSinceMs !== undefined;
    return html`
      <div class="bar ${this.tells ? 'beside-meters' : ''}" role="group" aria-label=${t.keep.group}>
        <button type="button" aria-keyshortcuts="R" aria-disabled=${!listening} @click=${this.keep}>
          ${keepIcon}<span>${t.keep.last(keepSeconds)}</span><kbd aria-hidden="true">R</kbd>
        </button>
        <label class="visually-hidden" for="seconds">${t.keep.seconds}</label>
        <select
          id="seconds"
          @change=${(event: Event) =>
            void this.app.changeSettings({ keepSeconds: Number((event.target as HTMLSelectElement).value) })}
        >
          ${choices.map((value) => html`<option value=${value} .selected=${value === keepSeconds}>${value} s</option>`)}
        </select>
        <button type="button" class="record" aria-disabled=${!listening && !recording} @click=${this.record}>
          ${recording ? stopIcon : recordIcon}
          <span>${recording ? html`${t.keep.stop} <span class="numbers">${this.recordedSeconds} s</span>` : t.keep.record}</span>
        </button>
        ${
          teach.justKept === undefined || !this.tells
            ? nothing
            : html`<p class="kept" role="status">${t.keep.kept(t.clipName(teach.justKept))} <a href=${addressOf('teach')}>${t.keep.label}</a></p>
                <earmark-last-labels .teach=${teach} @takelabels=${({ labels }: TakeLabelsEvent) => this.label(labels)}></earmark-last-labels>`
        }
      </div>
    `;
  }

  static override styles = [
    controlStyles,
    formStyles,
    css`
      :host {
        display: block;
        min-inline-size: 0;
      }

      .record svg {
        color: var(--problem-line);
      }

      /* One line on phones. The seconds are chosen in the Teach view, which has room for it. */
      @media (width < 40rem) {
        .beside-meters :is(select, kbd) {
          display: none;
        }

        .beside-meters button {
          padding-inline: var(--space-3);
        }

        .beside-meters .record {
          padding: 0;
        }

        .beside-meters .record span {
          ${visuallyHidden}
        }
      }

      .kept {
        font-size: 0.9375rem;
      }

      earmark-last-labels {
        flex-basis: 100%;
      }

      a {
        display: inline-flex;
        align-items: center;
        min-block-size: var(--target);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-keep': EarmarkKeep;
  }
}
