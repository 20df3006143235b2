import { consume } from '@lit/context';
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { QueuedRecording } from '../../app/recordings/recordings-state';
import type { AppCommands } from '../../app/state';
import type { RecordingEvent } from '../../shared/contracts/recordings/recording';
import { controlStyles } from '../kit/control-styles';
import { formStyles } from '../kit/form-styles';
import { percent } from '../kit/format';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import '../kit/table/earmark-table-actions';
import { numberCell, type TableData } from '../kit/table/table-data';
import '../kit/verdict/earmark-verdict';
import type { KnownLabel, VerdictEvent } from '../kit/verdict/earmark-verdict';
import { labelName, t } from '../messages/messages';
import { clock, eventName, offset } from './recording-words';

/** Rows that are drawn at once. */
const PAGE_ROWS = 100;

/** Fired when a person chooses an event. */
const CHOOSE_EVENT = 'chooseevent';

export class ChooseEvent extends Event {
  constructor(readonly event: RecordingEvent) {
    super(CHOOSE_EVENT);
  }
}

/** The events of a recording as a table, with what a person says about the chosen one. */
@customElement('earmark-recording-events')
export class EarmarkRecordingEvents extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) recording!: QueuedRecording;
  @property({ attribute: false }) events: readonly RecordingEvent[] = [];
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map();
  @property({ attribute: false }) known: readonly KnownLabel[] = [];
  /** Id of the chosen event. */
  @property({ attribute: false }) chosen: string | undefined;

  /** Id of the label that is shown; empty for all. */
  @state() private label = '';
  @state() private shownRows = PAGE_ROWS;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('chosen') || this.chosen === undefined) return;
    // An event that was chosen in the picture must be among the rows.
    const at = this.events.findIndex(({ id }) => id === this.chosen);
    if (at >= 0 && this.label !== '' && this.events[at]?.label !== this.label) this.label = '';
    if (at >= this.shownRows) this.shownRows = PAGE_ROWS * Math.ceil((at + 1) / PAGE_ROWS);
  }

  private choose(event: RecordingEvent): void {
    this.dispatchEvent(new ChooseEvent(event));
  }

  private labels(): readonly KnownLabel[] {
    const labels = new Map(
      this.events.map(({ label: id, labelName: name }) => [id, labelName({ id, name: this.names.get(id) ?? name })]),
    );
    return [...labels].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name));
  }

  private filter() {
    return html`
      <div class="bar">
        <label for="label">${t.recording.filter}</label>
        <select id="label" @change=${(event: Event) => {
          this.label = (event.target as HTMLSelectElement).value;
          this.shownRows = PAGE_ROWS;
        }}>
          <option value="">${t.recording.anySound}</option>
          ${this.labels().map(
            ({ id, name }) => html`<option value=${id} .selected=${id === this.label}>${name}</option>`,
          )}
        </select>
      </div>
    `;
  }

  private verdict(event: RecordingEvent) {
    const { id } = this.recording;
    return html`
      <tr class="detail"><td colspan="5">
        <div class="field">
          <span class="caption">${t.diaryEvent.isRight}</span>
          <earmark-verdict .verdict=${event.verdict} .known=${this.known}
            @verdict=${({ verdict }: VerdictEvent) => void this.app.recordings.judge(id, [event.id], verdict)}></earmark-verdict>
        </div>
        <button type="button" @click=${() => void this.app.recordings.removeEvents(id, [event.id])}>${t.diaryEvent.remove}</button>
      </td></tr>
    `;
  }

  private row(event: RecordingEvent) {
    const isChosen = event.id === this.chosen;
    const name = eventName(event, this.names);
    const at = offset(event.startSeconds, 1);
    const time = clock(this.recording.start, event.startSeconds);
    return html`
      <tr class=${isChosen ? 'chosen' : ''}>
        <th scope="row">
          <button type="button" class="plain" aria-expanded=${isChosen} aria-label=${t.recording.goTo(name, at)}
            @click=${() => this.choose(event)}>${name}</button>
        </th>
        <td class="number">${at}</td>
        <td class="number clock">${time ?? nothing}</td>
        <td class="number">${event.found ? percent(event.found.peakProbability) : t.recording.drawn}</td>
        <td>${event.verdict ? t.diary.verdicts[event.verdict.answer] : nothing}</td>
      </tr>
      ${isChosen ? this.verdict(event) : nothing}
    `;
  }

  /** All events that are chosen by the filter, also those below the last drawn row. */
  private table(events: readonly RecordingEvent[]): TableData {
    const { recording, names } = this;
    return {
      name: recording.name,
      columns: [t.recording.sound, t.recording.from, t.recording.time, t.recording.strength, t.recording.verdict],
      // There can be many: they are worded when they are asked for.
      get rows() {
        return events.map((event) => [
          eventName(event, names),
          numberCell(event.startSeconds, (at) => offset(at, 1)),
          clock(recording.start, event.startSeconds) ?? '',
          numberCell(event.found?.peakProbability ?? null, percent),
          event.verdict ? t.diary.verdicts[event.verdict.answer] : '',
        ]);
      },
    };
  }

  protected override render() {
    if (this.events.length === 0) {
      return html`<p class="hint">${this.recording.activity === 'done' ? t.recording.none : t.recording.noneYet}</p>`;
    }
    const shown = this.events.filter(({ label }) => this.label === '' || label === this.label);
    return html`
      ${this.filter()}
      <table>
        <thead><tr>
          <th scope="col">${t.recording.sound}</th>
          <th scope="col" class="number">${t.recording.from}</th>
          <th scope="col" class="number clock">${this.recording.start ? t.recording.time : nothing}</th>
          <th scope="col" class="number">${t.recording.strength}</th>
          <th scope="col">${t.recording.verdict}</th>
        </tr></thead>
        <tbody>${shown.slice(0, this.shownRows).map((event) => this.row(event))}</tbody>
      </table>
      ${
        shown.length > this.shownRows
          ? html`<button type="button" @click=${() => {
              this.shownRows += PAGE_ROWS;
            }}>${t.recording.more(shown.length - this.shownRows)}</button>`
          : nothing
      }
      <earmark-table-actions .data=${this.table(shown)}></earmark-table-actions>
    `;
  }

  static override styles = [
    controlStyles,
    formStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        justify-items: start;
        gap: var(--space-3);
      }

      .hint {
        color: var(--text-muted);
      }

      table {
        inline-size: min(100%, 52rem);
        border-collapse: collapse;
        font-size: 0.9375rem;
        font-variant-numeric: tabular-nums;
      }

      th,
      td {
        padding: 0 var(--space-4) 0 0;
        border-block-end: 1px solid var(--line);
        text-align: start;
        vertical-align: middle;
      }

      thead th {
        padding-block: var(--space-2);
        color: var(--text-muted);
        font-size: var(--text-small);
        font-weight: 600;
      }

      .number {
        text-align: end;
      }

      tbody th button {
        justify-content: start;
        inline-size: 100%;
        border-radius: var(--radius-small);
        font-weight: 400;
        text-align: start;
        overflow-wrap: anywhere;
      }

      .chosen th button {
        color: var(--accent);
        font-weight: 650;
      }

      .detail td {
        padding-block: var(--space-3);
      }

      .detail .field {
        margin-block-end: var(--space-3);
      }

      @media (width < 30rem) {
        .clock {
          display: none;
        }

        th,
        td {
          padding-inline-end: var(--space-2);
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-recording-events': EarmarkRecordingEvents;
  }
}
