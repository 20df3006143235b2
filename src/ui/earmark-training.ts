import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AppCommands } from '../app/state';
import type { TeachState, Training } from '../app/teach-state';
import { counted } from '../app/teach-words';
import type { TaughtLabel } from '../shared/clip';
import type { TeachingProgress } from '../shared/head';
import { controlStyles } from './control-styles';
import type { ChartData } from './earmark-chart';
import './earmark-chart';
import { columnStyles, teachStyles } from './teach-styles';

/** From so many clips on a label's figures say something. */
const ENOUGH_CLIPS = 5;

/** What will be learnt, the button, and how far the training is. */
@customElement('earmark-training')
export class EarmarkTraining extends LitElement {
  @property({ attribute: false }) app!: AppCommands;
  @property({ attribute: false }) teach!: TeachState;
  @property({ attribute: false }) known: readonly TaughtLabel[] = [];
  @property({ attribute: false }) ready = false;

  @state() private name = '';

  private lesson(): { name: string; clips: number }[] {
    const names = new Map([...this.known, ...this.teach.labels].map(({ id, name }) => [id, name]));
    const counts = new Map<string, number>();
    for (const clip of this.teach.clips) {
      if (!clip.reviewed) continue;
      for (const label of clip.labels) counts.set(label, (counts.get(label) ?? 0) + 1);
    }
    return [...counts]
      .map(([id, clips]) => ({ name: names.get(id) ?? id, clips }))
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  private get suggestedName(): string {
    return `My sounds ${this.teach.heads.length + 1}`;
  }

  private lessonList(lesson: readonly { name: string; clips: number }[]) {
    const { clips } = this.teach;
    const none = clips.filter(({ reviewed, labels }) => reviewed && labels.length === 0).length;
    const open = clips.filter(({ reviewed }) => !reviewed).length;
    if (lesson.length === 0) {
      return html`<p class="hint">
        Nothing to learn yet: no clip has a label. Keep a sound at least ${ENOUGH_CLIPS} times and say what it is. Keep some
        other sounds as “None of these”, so that not everything counts.
      </p>`;
    }
    return html`
      <ul class="lesson">
        ${lesson.map(
          ({ name, clips: count }) => html`<li>
            <span class="label">${name}</span><span class="numbers">${counted(count, 'clip')}</span>
            ${count < ENOUGH_CLIPS ? html`<p class="warning">Too few to say how sure it will be: record ${ENOUGH_CLIPS - count} more.</p>` : nothing}
          </li>`,
        )}
        <li><span class="label muted">None of these</span><span class="numbers">${counted(none, 'clip')}</span></li>
      </ul>
      ${open > 0 ? html`<p class="hint">${counted(open, 'clip')} to be labelled: left out until you say what sounds in them.</p>` : nothing}
    `;
  }

  private progress(training: Training) {
    const { words, share } = progressOf(training);
    return html`
      <div class="field">
        <span class="numbers" role="status">${words}</span>
        <progress max="1" value=${share} aria-label="Training"></progress>
      </div>
    `;
  }

  protected override render() {
    const { training, losses } = this.teach;
    const lesson = this.lesson();
    const cannot = lesson.length === 0 || !this.ready;
    return html`
      <h2>Train</h2>
      ${this.lessonList(lesson)}
      <form
        class="bar"
        @submit=${(event: Event) => {
          event.preventDefault();
          if (!cannot && !training) void this.app.teach.train(this.name.trim() || this.suggestedName);
          this.name = '';
        }}
      >
        <label class="visually-hidden" for="name">Name of the head</label>
        <input id="name" type="text" maxlength="60" autocomplete="off" placeholder=${this.suggestedName} .value=${this.name}
          ?disabled=${training !== undefined}
          @input=${(event: Event) => {
            this.name = (event.target as HTMLInputElement).value;
          }} />
        ${
          training
            ? html`<button type="button" ?disabled=${training.stage === 'epochs' && training.stopping}
                @click=${() => void this.app.teach.stopTraining()}>Stop training</button>`
            : html`<button type="submit" class="primary" ?disabled=${cannot}>Train</button>`
        }
      </form>
      ${!this.ready && !training ? html`<p class="hint">The sound model is not loaded, and training needs it.</p>` : nothing}
      ${training ? this.progress(training) : nothing}
      ${losses.length > 1 ? html`<earmark-chart .data=${lossChart(losses)} label=${lossWords(losses)}></earmark-chart>` : nothing}
    `;
  }

  static override styles = [
    controlStyles,
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

/** How far a training is, in words that change seldom enough to be read out, and as a share. */
function progressOf(training: Training): { words: string; share: number } {
  if (training.stage === 'clips') {
    const { done, total } = training;
    // The clips are heard first: half of the bar, because they take about half of the time.
    return { words: 'Listening to the clips…', share: total === 0 ? 0 : (0.5 * done) / total };
  }
  const { part, parts, stage, epoch, epochs } = training.progress;
  const share = 0.5 + (0.5 * (part + epoch / epochs)) / parts;
  if (training.stopping) return { words: 'Stopping…', share };
  if (stage === 'head') return { words: 'Learning from all clips…', share };
  return { words: `Measuring: round ${part + 1} of ${parts - 1}…`, share };
}

function lossChart(losses: readonly TeachingProgress[]): ChartData {
  return {
    x: losses.map((_, i) => i + 1),
    lines: [
      { name: 'Training', values: losses.map(({ loss }) => loss), look: 'measured' },
      { name: 'Kept aside', values: losses.map(({ validationLoss }) => validationLoss), look: 'second' },
    ],
    xName: 'Epoch, all rounds after each other',
    yName: 'Loss',
    unit: false,
  };
}

function lossWords(losses: readonly TeachingProgress[]): string {
  const last = losses.at(-1);
  return `Loss after ${losses.length} epochs: ${last?.loss.toFixed(3)}; solid on the clips trained with, dashed on those kept aside`;
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-training': EarmarkTraining;
  }
}
