import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { LocalHour } from '../../../events/diary/local-hours';
import type { LabelCounts } from '../../../shared/contracts/diary/diary-query';
import { controlStyles } from '../../kit/control-styles';
import '../../kit/table/earmark-scroll';
import { formStyles } from '../../kit/form-styles';
import { decimal, plainNumber } from '../../kit/format';
import { LocalizedElement } from '../../kit/localized-element';
import { placed } from '../../kit/placed';
import { t } from '../../messages/messages';
import { diaryStyles } from '../diary-styles';
import { count, hourWords, type LabelNames, length, nameOf } from '../diary-words';
import { hoursStyles } from './hours-styles';

/** Fired when the events of a cell are wanted. */
export class SpanEvent extends Event {
  constructor(
    readonly label: string,
    readonly span: { readonly fromMs: number; readonly toMs: number },
  ) {
    super('showspan', { bubbles: true, composed: true });
  }
}

/** Shares of the accent in a cell's colour: of the least and of the most. Text stays readable on both. */
const LEAST_COLOUR = 8;
const MOST_COLOUR = 45;

/** Rows and columns that an arrow key goes. */
const steps: Readonly<Record<string, readonly [number, number] | undefined>> = {
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
};

const HOUR_MS = 3_600_000;

/** A table of a day: a row for each label, a cell for each hour on the clock. */
@customElement('earmark-diary-hours')
export class EarmarkDiaryHours extends LocalizedElement {
  @property({ attribute: false }) hours: readonly LocalHour[] = [];
  @property({ attribute: false }) counts: readonly LabelCounts[] = [];
  @property({ attribute: false }) names: LabelNames = new Map();
  @property({ attribute: false }) zone = 'UTC';

  @state() private unit: 'events' | 'minutes' = 'events';

  /** Moves to the nearest cell with events in a direction, so that the table is one tab stop. */
  private readonly onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    const from = event.target as HTMLElement;
    if (!step || !from.dataset.row) return;
    event.preventDefault();
    const place = ({ dataset }: HTMLElement) => [Number(dataset.row), Number(dataset.column)] as const;
    const [row, column] = place(from);
    const far = (cell: HTMLElement): number => {
      const [down, right] = [place(cell)[0] - row, place(cell)[1] - column];
      const ahead = down * step[0] + right * step[1];
      const aside = Math.abs(down * step[1]) + Math.abs(right * step[0]);
      // To the side only within the row; up and down to the nearest column.
      return ahead <= 0 || (step[1] !== 0 && aside > 0) ? Number.POSITIVE_INFINITY : 100 * ahead + aside;
    };
    const cells = [...this.renderRoot.querySelectorAll<HTMLElement>('td button')].filter((cell) => far(cell) < 1e9);
    const nearest = cells.sort((a, b) => far(a) - far(b))[0];
    if (!nearest) return;
    from.tabIndex = -1;
    nearest.tabIndex = 0;
    nearest.focus();
  };

  /** Events or minutes in each hour. */
  private valuesOf({ counts, seconds }: LabelCounts): number[] {
    return this.unit === 'events' ? [...counts] : Array.from(seconds, (sounded) => sounded / 60);
  }

  private shown(value: number): string {
    return this.unit === 'events' || value >= 9.95 ? count(Math.round(value)) : decimal(value, 1);
  }

  private cell(label: LabelCounts, column: number, row: number, most: number, isFirst: boolean) {
    const value = this.valuesOf(label)[column] ?? 0;
    if (value === 0) return html`<td></td>`;
    const hour = this.hours[column] as LocalHour;
    const name = nameOf(label.label, label.labelName, this.names);
    const words = this.unit === 'events' ? t.diary.eventCount(value) : length(60 * value);
    const colour = Math.round(LEAST_COLOUR + (MOST_COLOUR - LEAST_COLOUR) * (value / most));
    return html`
      <td ${placed({ backgroundColor: `color-mix(in srgb, var(--accent) ${colour}%, transparent)` })}>
        <button type="button" data-row=${row} data-column=${column} tabindex=${isFirst ? 0 : -1}
          aria-label=${t.diaryDay.cell(name, hourWords(hour, this.zone), words)}
          @click=${() => this.dispatchEvent(new SpanEvent(label.label, { fromMs: hour.startMs, toMs: hour.endMs }))}
        >${this.shown(value)}</button>
      </td>
    `;
  }

  private row(label: LabelCounts, row: number, most: number) {
    const values = this.valuesOf(label);
    const first = row === 0 ? values.findIndex((value) => value > 0) : -1;
    return html`<tr>
      <th scope="row">${nameOf(label.label, label.labelName, this.names)}</th>
      ${values.map((_, column) => this.cell(label, column, row, most, column === first))}
      <td class="total">${this.shown(values.reduce((sum, value) => sum + value, 0))}</td>
    </tr>`;
  }

  private table() {
    const rows = this.counts.filter((label) => this.valuesOf(label).some((value) => value > 0));
    const most = Math.max(...rows.flatMap((label) => this.valuesOf(label)));
    return html`
      <earmark-scroll label=${t.diaryDay.table}>
        <table @keydown=${this.onKeyDown}>
          <caption class="visually-hidden">${t.diaryDay.table}</caption>
          <thead>
            <tr>
              <th scope="col">${t.diaryFilter.label}</th>
              ${this.hours.map((hour) => html`<th scope="col" title=${hourWords(hour, this.zone)}>${hour.hour}</th>`)}
              <th scope="col">${t.diaryDay.total}</th>
            </tr>
          </thead>
          <tbody>${rows.map((label, row) => this.row(label, row, most))}</tbody>
        </table>
      </earmark-scroll>
    `;
  }

  private choice(unit: 'events' | 'minutes', words: string) {
    return html`<button type="button" aria-pressed=${this.unit === unit} @click=${() => {
      this.unit = unit;
    }}>${words}</button>`;
  }

  protected override render() {
    if (this.counts.length === 0) return html`<p class="hint">${t.diaryDay.nothing}</p>`;
    // Hours can be shorter than 60 minutes.
    const [startMs = 0, endMs = 0] = [this.hours[0]?.startMs, this.hours.at(-1)?.endMs];
    const hours = (endMs - startMs) / HOUR_MS;
    return html`
      <div class="bar" role="group" aria-label=${t.diaryDay.unit}>
        ${this.choice('events', t.diaryDay.inEvents)} ${this.choice('minutes', t.diaryDay.inMinutes)}
      </div>
      ${hours === 24 ? nothing : html`<p class="hint">${t.diaryDay.clockChanged(plainNumber(hours))}</p>`}
      ${this.table()}
    `;
  }

  static override styles = [controlStyles, formStyles, diaryStyles, hoursStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-diary-hours': EarmarkDiaryHours;
  }
}
