import { consume } from '@lit/context';
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AppCommands } from '../../app/state';
import type { TeachState, Training } from '../../app/teach/teach-state';
import type { TaughtLabel } from '../../shared/contracts/clip';
import { controlStyles } from '../kit/control-styles';
import '../kit/chart/earmark-chart';
import { formStyles } from '../kit/form-styles';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import { labelName, language, t } from '../messages/messages';
import { isToBeChecked } from './library-filter';
import { lossChart, lossWords } from './loss-chart';
import { columnStyles, teachStyles } from './teach-styles';

/** From this many clips, a label's figures mean something. */
const ENOUGH_CLIPS = 5;

/** What will be learnt, the button, and the progress of a training. */
@customElement('earmark-training')
export class EarmarkTraining extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) teach!: TeachState;
  @property({ attribute: false }) known: readonly TaughtLabel[] = [];
  @property({ attribute: false }) ready = false;

  @state() private name = '';

  private lesson(): { name: string; clips: number }[] {
    const names = new Map([...this.known, ...this.teach.labels].map((label) => [label.id, labelName(label)]));
    const counts = new Map<string, number>();
    for (const clip of this.teach.clips) {
      if (!clip.reviewed) continue;
      for (const label of clip.labels) counts.set(label, (counts.get(label) ?? 0) + 1);
    }
    return [...counts]
      .map(([id, clips]) => ({ name: names.get(id) ?? id, clips }))
      .sort((a, b) => a.name.localeCompare(b.name, language));
  }

  private get suggestedName(): string {
    return t.training.suggestedName(this.teach.heads.length + 1);
  }

  private lessonList(lesson: readonly { name: string; clips: number }[]) {
    const { clips } = this.teach;
    const none = clips.filter(({ reviewed, labels }) => reviewed && labels.length === 0).length;
    const unchecked = clips.filter(isToBeChecked).length;
    const open = clips.filter(({ reviewed }) => !reviewed).length - unchecked;
    const toBeChecked = unchecked > 0 ? html`<p class="hint">${t.training.toBeChecked(unchecked)}</p>` : nothing;
    if (lesson.length === 0) {
      return unchecked > 0 ? toBeChecked : html`<p class="hint">${t.training.nothing(ENOUGH_CLIPS)}</p>`;
    }
    return html`
      <ul class="lesson">
        ${lesson.map(
          ({ name, clips: count }) => html`<li>
            <span class="label">${name}</span><span class="numbers">${t.clips(count)}</span>
            ${count < ENOUGH_CLIPS ? html`<p class="warning">${t.training.tooFew(ENOUGH_CLIPS - count)}</p>` : nothing}
          </li>`,
        )}
        <li><span class="label muted">${t.teach.noneOfThese}</span><span class="numbers">${t.clips(none)}</span></li>
      </ul>
      ${toBeChecked}
      ${open > 0 ? html`<p class="hint">${t.training.open(open)}</p>` : nothing}
    `;
  }

  private progress(training: Training) {
    const { words, share } = progressOf(training);
    return html`
      <div class="field">
        <span class="numbers" role="status">${words}</span>
        <progress max="1" value=${share} aria-label=${t.training.progress}></progress>
      </div>
    `;
  }

  protected override render() {
    const { training, losses } = this.teach;
    const lesson = this.lesson();
    const cannot = lesson.length === 0 || !this.ready;
    return html`
      <h2>${t.training.title}</h2>
      ${this.lessonList(lesson)}
      <form
        class="bar"
        @submit=${(event: Event) => {
          event.preventDefault();
          if (!cannot && !training) void this.app.teach.training.start(this.name.trim() || this.suggestedName);
          this.name = '';
        }}
      >
        <label class="visually-hidden" for="name">${t.training.headName}</label>
        <input id="name" type="text" maxlength="60" autocomplete="off" placeholder=${this.suggestedName} .value=${this.name}
          ?disabled=${training !== undefined}
          @input=${(event: Event) => {
            this.name = (event.target as HTMLInputElement).value;
          }} />
        ${
          training
            ? html`<button type="button" ?disabled=${training.stage === 'epochs' && training.stopping}
                @click=${() => void this.app.teach.training.stop()}>${t.training.stop}</button>`
            : html`<button type="submit" class="primary" ?disabled=${cannot}>${t.training.train}</button>`
        }
      </form>
      ${!this.ready && !training ? html`<p class="hint">${t.training.needsModel}</p>` : nothing}
      ${training ? this.progress(training) : nothing}
      ${
        losses.length > 1
          ? html`<earmark-chart .data=${lossChart(losses)} label=${lossWords(losses)}></earmark-chart>
              <p class="hint">${t.training.lossMeaning}</p>`
          : nothing
      }
    `;
  }

  static override styles = [
    controlStyles,
    formStyles,
    teachStyles,
    columnStyles,
    css`
      :host {
        align-content: start;
      }
      .lesson li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0 var(--space-3);
        padding-block: var(--space-2);
        border-block-start: 1px solid var(--line);
      }

      .lesson .label {
        overflow-wrap: anywhere;
        font-weight: 600;
      }

      .lesson .muted {
        color: var(--text-muted);
        font-weight: 400;
      }

      .lesson .warning {
        grid-column: 1 / -1;
        font-size: 0.875rem;
      }

      form input {
        flex: 1 1 10rem;
        max-inline-size: 22rem;
      }

      earmark-chart {
        block-size: 13rem;
      }
    `,
  ];
}

/** Progress of a training: in words that change rarely enough to be read out, and as a share. */
function progressOf(training: Training): { words: string; share: number } {
  if (training.stage === 'clips') {
    const { done, total } = training;
    // The clips are embedded first: half of the bar, because it takes about half of the time.
    return { words: t.training.listening, share: total === 0 ? 0 : (0.5 * done) / total };
  }
  const { part, parts, stage, epoch, epochs } = training.progress;
  const share = 0.5 + (0.5 * (part + epoch / epochs)) / parts;
  if (training.stopping) return { words: t.training.stopping, share };
  if (stage === 'head') return { words: t.training.learning, share };
  return { words: t.training.measuring(part + 1, parts - 1), share };
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-training': EarmarkTraining;
  }
}
