import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { controlStyles } from '../control-styles';
import './earmark-scroll';
import { LocalizedElement } from '../localized-element';
import './earmark-table-actions';
import { type Cell, isNumeric, type TableData } from './table-data';

/** A table that scrolls where it has no room, can be copied into a spreadsheet, and downloaded as CSV. */
@customElement('earmark-table')
export class EarmarkTable extends LocalizedElement {
  @property({ attribute: false }) data!: TableData;
  /** Number of rows drawn at most. All are handed out. */
  @property({ attribute: false }) most = Number.POSITIVE_INFINITY;

  private heading(column: string, isNumber: boolean) {
    // A table of facts, without a name for its first column, has an empty cell there, which is no header.
    if (column === '') return html`<td></td>`;
    return html`<th scope="col" class=${isNumber ? 'number' : nothing}>${column}</th>`;
  }

  private row(cells: readonly Cell[], numeric: readonly boolean[]) {
    return html`<tr>${cells.map((cell, column) => {
      const { value, shown } = typeof cell === 'string' ? { value: cell, shown: cell } : cell;
      // Rows that go on with the one above have an empty first cell, which is no header.
      if (column === 0 && value !== '') return html`<th scope="row">${shown}</th>`;
      return html`<td class=${numeric[column] ? 'number' : nothing}>${shown}</td>`;
    })}</tr>`;
  }

  protected override render() {
    const { name, columns, rows } = this.data;
    const numeric = columns.map((_, column) => isNumeric(this.data, column));
    return html`
      <earmark-scroll label=${name}>
        <table>
          <thead>
            <tr>${columns.map((column, at) => this.heading(column, numeric[at] ?? false))}</tr>
          </thead>
          <tbody>${rows.slice(0, this.most).map((cells) => this.row(cells, numeric))}</tbody>
        </table>
      </earmark-scroll>
      <earmark-table-actions .data=${this.data}></earmark-table-actions>
    `;
  }

  static override styles = [
    controlStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        justify-items: start;
        min-inline-size: 0;
      }

      earmark-scroll {
        max-block-size: var(--table-height, none);
      }

      table {
        border-collapse: collapse;
        font-size: 0.875rem;
        font-variant-numeric: tabular-nums;
      }

      th,
      td {
        padding: var(--space-2) var(--space-4) var(--space-2) 0;
        border-block-end: 1px solid var(--line);
        text-align: start;
        vertical-align: baseline;
      }

      :is(th, td):last-child {
        padding-inline-end: var(--space-1);
      }

      .number {
        text-align: end;
      }

      td.number {
        white-space: nowrap;
      }

      thead th {
        color: var(--text-muted);
        font-size: var(--text-small);
        font-weight: 600;
      }

      tbody th {
        min-inline-size: 6.5rem;
        font-weight: 400;
        overflow-wrap: break-word;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-table': EarmarkTable;
  }
}
