import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { daysLater, type LocalDate } from '../../../events/diary/local-hours';
import { buttonOutline, controlStyles } from '../../kit/control-styles';
import { formStyles } from '../../kit/form-styles';
import { LocalizedElement } from '../../kit/localized-element';
import { t } from '../../messages/messages';
import { addressIn, dateOf, isoDate } from '../diary-place';

/** Steps from one day, week or month to the next, or to any date. */
@customElement('earmark-diary-steps')
export class EarmarkDiarySteps extends LocalizedElement {
  @property() page: 'day' | 'week' | 'month' = 'day';
  /** The day, or the first one of the week or month. */
  @property({ attribute: false }) date!: LocalDate;
  /** What is shown, in words. */
  @property({ attribute: false }) words = '';

  private step(direction: 1 | -1): LocalDate {
    if (this.page === 'day') return daysLater(this.date, direction);
    if (this.page === 'week') return daysLater(this.date, 7 * direction);
    return daysLater({ ...this.date, day: 1 }, direction === 1 ? 31 : -1);
  }

  private link(direction: 1 | -1, words: string) {
    return html`<a href=${addressIn({ page: this.page, date: this.step(direction) })}>${words}</a>`;
  }

  protected override render() {
    return html`
      <h3>${this.words}</h3>
      <div class="bar">
        ${this.link(-1, t.diaryDay.before[this.page])} ${this.link(1, t.diaryDay.after[this.page])}
        <label class="visually-hidden" for="date">${t.diaryDay.date}</label>
        <input id="date" type="date" .value=${isoDate(this.date)} @change=${(event: Event) => {
          const date = dateOf((event.target as HTMLInputElement).value);
          if (date) location.hash = addressIn({ page: this.page, date });
        }} />
      </div>
    `;
  }

  static override styles = [
    controlStyles,
    formStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-2) var(--space-4);
      }

      h3 {
        margin: 0;
        font-size: 1.125rem;
        font-weight: 650;
      }

      a,
      input {
        ${buttonOutline}
        padding-inline: var(--space-3);
        color: inherit;
        text-decoration: none;
      }

      input {
        border-radius: var(--radius-small);
        background: var(--surface);
      }

      a:hover {
        border-color: var(--text);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-diary-steps': EarmarkDiarySteps;
  }
}
