import { css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { fileNameOf, saveFile } from '../../../app/files/save-file';
import { language, t } from '../../messages/messages';
import { controlStyles } from '../control-styles';
import { LocalizedElement } from '../localized-element';
import { type TableData, tableCsv, tableForSpreadsheet } from './table-data';

/** How long the button says that it has copied. */
const SAID_MS = 3000;

/** Copies a table for a spreadsheet, and downloads it as CSV. */
@customElement('earmark-table-actions')
export class EarmarkTableActions extends LocalizedElement {
  @property({ attribute: false }) data!: TableData;

  @state() private copied: 'no' | 'yes' | 'refused' = 'no';
  private saidTimer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.saidTimer);
    this.copied = 'no';
  }

  protected override willUpdate(): void {
    // It also stands in texts of other languages: a model card is in English.
    this.lang = language;
  }

  private async copy(): Promise<void> {
    const text = tableForSpreadsheet(this.data, t.decimalMark);
    clearTimeout(this.saidTimer);
    try {
      await navigator.clipboard.writeText(text);
      this.copied = 'yes';
      this.saidTimer = setTimeout(() => {
        this.copied = 'no';
      }, SAID_MS);
    } catch {
      // The browser's reason is in its own words; the other button is the way that remains.
      this.copied = 'refused';
    }
  }

  private save(): void {
    saveFile(new Blob([tableCsv(this.data)], { type: 'text/csv' }), fileNameOf(this.data.name, 'csv'));
  }

  protected override render() {
    const { name } = this.data;
    const said = { no: '', yes: t.table.copied, refused: t.table.refused }[this.copied];
    return html`
      <button type="button" @click=${() => void this.copy()}>${t.table.copy}<span class="visually-hidden"> ${name}</span></button>
      <button type="button" @click=${this.save}>${t.table.saveCsv}<span class="visually-hidden"> ${name}</span></button>
      <span role="status">${said}</span>
    `;
  }

  static override styles = [
    controlStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--space-4);
        color: var(--text-muted);
        font-size: 0.875rem;
      }

      button {
        padding-inline: 0;
        border-color: transparent;
        border-radius: var(--radius-small);
        color: var(--accent);
        text-decoration: underline;
        text-decoration-thickness: 1px;
        text-underline-offset: 0.2em;
      }

      button:hover {
        border-color: transparent;
        color: var(--accent-strong);
        text-decoration-thickness: 2px;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-table-actions': EarmarkTableActions;
  }
}
