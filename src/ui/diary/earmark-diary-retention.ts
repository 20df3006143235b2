import { consume } from '@lit/context';
import { css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AppCommands } from '../../app/state';
import type { DiarySettings } from '../../shared/contracts/diary/diary-settings';
import { controlStyles } from '../kit/control-styles';
import { formStyles } from '../kit/form-styles';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import { t } from '../messages/messages';
import { diaryStyles } from './diary-styles';
import { LatestAnswer } from './latest-answer';

const DAY_MS = 86_400_000;

/** Choices; null: for ever. */
const keptDays: readonly (number | null)[] = [null, 7, 30, 90, 365, 1825];
const mostEvents: readonly number[] = [10_000, 100_000, 1_000_000, 2_000_000];

type Retention = Pick<DiarySettings, 'keepDays' | 'mostEvents'>;

/** How long events are kept, and how many. Nothing is deleted before a person has seen how much that is. */
@customElement('earmark-diary-retention')
export class EarmarkDiaryRetention extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) settings!: DiarySettings;
  @property({ attribute: false }) eventCount = 0;
  @property({ attribute: false }) revision = 0;

  /** What was chosen and not applied yet. */
  @state() private chosen: Partial<Retention> = {};
  private readonly surplus = new LatestAnswer<number>(this);

  private get wanted(): Retention {
    const { keepDays, mostEvents: most } = { ...this.settings, ...this.chosen };
    return { keepDays, mostEvents: most };
  }

  private get isChanged(): boolean {
    const { keepDays, mostEvents: most } = this.wanted;
    return keepDays !== this.settings.keepDays || most !== this.settings.mostEvents;
  }

  protected override willUpdate(): void {
    const { keepDays, mostEvents: most } = this.wanted;
    this.surplus.ask([keepDays, most, this.revision], async () => {
      const toMs = Date.now() - (keepDays ?? Number.POSITIVE_INFINITY) * DAY_MS;
      const old = keepDays === null ? 0 : (await this.app.diary.find({ toMs })).count;
      return Math.max(old, this.eventCount - most);
    });
  }

  private async apply(event: Event): Promise<void> {
    event.preventDefault();
    await this.app.changeSettings({ diary: { ...this.settings, ...this.wanted } });
    this.chosen = {};
    await this.app.diary.prune();
  }

  private select(id: string, name: string, options: readonly string[], chosen: number, choose: (at: number) => void) {
    return html`
      <div class="field">
        <label for=${id}>${name}</label>
        <select id=${id} @change=${(event: Event) => choose((event.target as HTMLSelectElement).selectedIndex)}>
          ${options.map((option, i) => html`<option .selected=${i === chosen}>${option}</option>`)}
        </select>
      </div>
    `;
  }

  protected override render() {
    const { keepDays, mostEvents: most } = this.wanted;
    // A value of a settings file is a choice as well.
    const days = keptDays.includes(keepDays) ? keptDays : [...keptDays, keepDays];
    const counts = mostEvents.includes(most) ? mostEvents : [...mostEvents, most];
    const { value: surplus = 0 } = this.surplus;
    return html`
      <details>
        <summary>${t.diaryRetention.title}</summary>
        <form class="bar" @submit=${this.apply}>
          ${this.select(
            'days',
            t.diaryRetention.days,
            days.map(t.diaryRetention.daysOf),
            days.indexOf(keepDays),
            (at) => {
              this.chosen = { ...this.chosen, keepDays: days[at] ?? null };
            },
          )}
          ${this.select('most', t.diaryRetention.most, counts.map(t.diary.eventCount), counts.indexOf(most), (at) => {
            this.chosen = { ...this.chosen, mostEvents: counts[at] as number };
          })}
          <button type="submit" ?disabled=${!this.isChanged}>
            ${surplus > 0 && this.isChanged ? t.diaryRetention.applyAndDelete(surplus) : t.diaryRetention.apply}
          </button>
        </form>
        <p class="hint">${t.diaryRetention.how}</p>
      </details>
    `;
  }

  static override styles = [
    controlStyles,
    formStyles,
    diaryStyles,
    css`
      .bar {
        align-items: end;
        margin-block-end: var(--space-2);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-diary-retention': EarmarkDiaryRetention;
  }
}
