import { consume } from '@lit/context';
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { AppCommands } from '../../../app/state';
import { dayStartMs, daysLater, type LocalDate, localDate, weekday } from '../../../events/diary/local-hours';
import type { LabelCounts } from '../../../shared/contracts/diary/diary-query';
import { controlStyles } from '../../kit/control-styles';
import { LocalizedElement } from '../../kit/localized-element';
import { placed } from '../../kit/placed';
import { appContext } from '../../kit/state/app-context';
import { t } from '../../messages/messages';
import { addressIn } from '../diary-place';
import { diaryStyles } from '../diary-styles';
import { count, homeZone, type LabelNames, monthName, nameOf, shortDate, weekdayName } from '../diary-words';
import { LatestAnswer } from '../latest-answer';
import { mostFrequentFirst, totalOf } from './day-figures';
import './earmark-diary-steps';

/** The days of a week or month, and what was heard on them. */
interface SpanFigures {
  readonly days: readonly LocalDate[];
  /** The most frequent label first. */
  readonly counts: readonly LabelCounts[];
}

/** A week begins with it. */
const A_MONDAY: LocalDate = { year: 2024, month: 1, day: 1 };

/** A week or a month: a small chart for each label, with a bar for each day, all on one scale. */
@customElement('earmark-diary-span')
export class EarmarkDiarySpan extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property() page: 'week' | 'month' = 'week';
  /** Any day of it. Undefined: today. */
  @property({ attribute: false }) date: LocalDate | undefined;
  @property({ attribute: false }) revision = 0;
  @property({ attribute: false }) names: LabelNames = new Map();

  private readonly zone = homeZone();
  private readonly figures = new LatestAnswer<SpanFigures>(this);

  private get first(): LocalDate {
    const date = this.date ?? localDate(Date.now(), this.zone);
    return this.page === 'week' ? daysLater(date, -weekday(date)) : { ...date, day: 1 };
  }

  protected override willUpdate(): void {
    const { first, page } = this;
    const about = [page, first.year, first.month, first.day, this.revision];
    this.figures.ask(about, () => this.read(first, page));
  }

  private async read(first: LocalDate, page: 'week' | 'month'): Promise<SpanFigures> {
    const days = Array.from({ length: page === 'week' ? 7 : 31 }, (_, index) => daysLater(first, index)).filter(
      (date) => page === 'week' || date.month === first.month,
    );
    const edges = [...days, daysLater(days.at(-1) as LocalDate, 1)].map((date) => dayStartMs(date, this.zone));
    const counts = await this.app.diary.counts({}, edges);
    return { days, counts: mostFrequentFirst(counts).filter((label) => totalOf(label) > 0) };
  }

  private get words(): string {
    const { first } = this;
    if (this.page === 'month') return monthName(first);
    return t.diaryDay.weekOf(shortDate(first), shortDate(daysLater(first, 6)));
  }

  /** A calendar: links to the days, with the number of their events. */
  private dayLinks({ days, counts }: SpanFigures) {
    const link = (date: LocalDate, index: number) => {
      const events = counts.reduce((sum, label) => sum + (label.counts[index] as number), 0);
      // The others follow the first.
      const column = index === 0 ? { gridColumnStart: `${weekday(date) + 1}` } : {};
      return html`<a href=${addressIn({ page: 'day', date })} ${placed(column)}>
        <span>${date.day}</span>
        <small class="numbers" aria-hidden="true">${events === 0 ? '–' : count(events)}</small>
        <span class="visually-hidden">${weekdayName(date, 'long')}, ${t.diary.eventCount(events)}</span>
      </a>`;
    };
    const weekdays = Array.from({ length: 7 }, (_, day) => weekdayName(daysLater(A_MONDAY, day), 'short'));
    return html`
      <nav class="days" aria-label=${t.diaryDay.days}>
        ${weekdays.map((name) => html`<small aria-hidden="true">${name}</small>`)} ${days.map(link)}
      </nav>
    `;
  }

  private panel(label: LabelCounts, days: readonly LocalDate[], most: number) {
    const name = nameOf(label.label, label.labelName, this.names);
    const busiest = label.counts.indexOf(Math.max(...label.counts));
    const busiestDay = shortDate(days[busiest] as LocalDate);
    const words = t.diaryDay.panel(name, totalOf(label), busiestDay, label.counts[busiest] as number);
    return html`
      <li>
        <h4>${name} <small class="numbers">${count(totalOf(label))}</small></h4>
        <div class="bars" role="img" aria-label=${words}>
          ${Array.from(label.counts, (events) => html`<i ${placed({ blockSize: `${(100 * events) / most}%` })}></i>`)}
        </div>
      </li>
    `;
  }

  private charts({ counts, days }: SpanFigures) {
    if (counts.length === 0) return html`<p class="hint">${t.diaryDay.nothingIn[this.page]}</p>`;
    const most = Math.max(...counts.flatMap((label) => [...label.counts]));
    return html`
      <p class="hint">${t.diaryDay.multiples(most)}</p>
      <ul class="panels">${counts.map((label) => this.panel(label, days, most))}</ul>
    `;
  }

  protected override render() {
    const figures = this.figures.value;
    return html`
      <earmark-diary-steps page=${this.page} .date=${this.first} .words=${this.words}></earmark-diary-steps>
      ${
        figures
          ? html`${this.dayLinks(figures)} ${this.charts(figures)}`
          : html`<p class="hint" role="status">${t.diary.readLater}</p>`
      }
    `;
  }

  static override styles = [
    controlStyles,
    diaryStyles,
    css`
      .days {
        display: grid;
        grid-template-columns: repeat(7, minmax(0, 1fr));
        gap: var(--space-1);
        max-inline-size: 46rem;
        text-align: center;
      }

      .days a {
        display: grid;
        justify-items: center;
        align-content: center;
        min-block-size: var(--target);
        padding-block: var(--space-1);
        border: 1px solid var(--line);
        border-radius: var(--radius-small);
        background: var(--surface);
        color: inherit;
        font-size: 0.875rem;
        line-height: 1.3;
        text-decoration: none;
      }

      .days a:hover {
        border-color: var(--text);
      }

      small {
        color: var(--text-muted);
        font-weight: 400;
      }

      .panels {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 13rem), 1fr));
        gap: var(--space-4);
      }

      .panels li {
        display: grid;
        gap: var(--space-1);
      }

      h4 {
        margin: 0;
        font-size: 0.9375rem;
        font-weight: 600;
        overflow-wrap: anywhere;
      }

      .bars {
        display: flex;
        align-items: end;
        gap: 1px;
        block-size: 4rem;
        border-block-end: 1px solid var(--control-line);
      }

      .bars i {
        flex: 1;
        background: var(--bar-strong);
        forced-color-adjust: none;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-diary-span': EarmarkDiarySpan;
  }
}
