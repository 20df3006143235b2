import { consume } from '@lit/context';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { AppCommands } from '../../../app/state';
import { type LocalDate, localDate } from '../../../events/diary/local-hours';
import { controlStyles } from '../../kit/control-styles';
import { LocalizedElement } from '../../kit/localized-element';
import { appContext } from '../../kit/state/app-context';
import { t } from '../../messages/messages';
import { diaryStyles } from '../diary-styles';
import { homeZone, type LabelNames, longDate } from '../diary-words';
import { LatestAnswer } from '../latest-answer';
import { type DayFigures, dayFigures } from './day-figures';
import './earmark-diary-hours';
import './earmark-diary-level';
import './earmark-diary-steps';
import { nightSentences, nightTitle } from './night-words';

/** A day: what was heard in each hour, how loud it was, and what the night before brought. */
@customElement('earmark-diary-day')
export class EarmarkDiaryDay extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  /** Undefined: today. */
  @property({ attribute: false }) date: LocalDate | undefined;
  @property({ attribute: false }) revision = 0;
  @property({ attribute: false }) names: LabelNames = new Map();
  /** What to add to a level for one in dB(A); null if that is unknown. */
  @property({ attribute: false }) calibrationDb: number | null = null;

  private readonly zone = homeZone();
  private readonly figures = new LatestAnswer<DayFigures>(this);

  private get shownDate(): LocalDate {
    return this.date ?? localDate(Date.now(), this.zone);
  }

  protected override willUpdate(): void {
    const date = this.shownDate;
    const about = [date.year, date.month, date.day, this.revision];
    this.figures.ask(about, () => dayFigures(this.app.diary, date, this.zone));
  }

  private night({ night }: DayFigures) {
    const sentences = nightSentences(night, this.zone, this.names);
    if (sentences.length === 0) return nothing;
    return html`
      <section aria-labelledby="night">
        <h3 id="night">${nightTitle(night)}</h3>
        <p class="night">${sentences.join(' ')}</p>
      </section>
    `;
  }

  private content(figures: DayFigures) {
    const { hours, counts, levels } = figures;
    return html`
      ${this.night(figures)}
      <section aria-labelledby="hours">
        <h3 id="hours">${t.diaryDay.hours}</h3>
        <earmark-diary-hours .hours=${hours} .counts=${counts} .names=${this.names} .zone=${this.zone}></earmark-diary-hours>
      </section>
      <section aria-labelledby="level">
        <h3 id="level">${t.diaryDay.level}</h3>
        <earmark-diary-level .levels=${levels} .dayStartMs=${hours[0]?.startMs ?? 0} .dayEndMs=${hours.at(-1)?.endMs ?? 0}
          .calibrationDb=${this.calibrationDb}></earmark-diary-level>
      </section>
    `;
  }

  protected override render() {
    const figures = this.figures.value;
    return html`
      <earmark-diary-steps page="day" .date=${this.shownDate} .words=${longDate(this.shownDate)}></earmark-diary-steps>
      ${figures ? this.content(figures) : html`<p class="hint" role="status">${t.diary.readLater}</p>`}
    `;
  }

  static override styles = [
    controlStyles,
    diaryStyles,
    css`
      section {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-3);
      }

      .night {
        max-inline-size: 46rem;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-diary-day': EarmarkDiaryDay;
  }
}
