import { consume } from '@lit/context';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { AppCommands } from '../../app/state';
import type { BadRow } from '../../store/set-aside';
import { controlStyles } from '../kit/control-styles';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import '../kit/table/earmark-table-actions';
import type { TableData } from '../kit/table/table-data';
import { t } from '../messages/messages';

/** Number of names shown; the others are counted. */
const MOST_NAMES = 5;

/** Reports damaged clips, labels and heads, and offers to export or delete them. Empty if there are none. */
@customElement('earmark-set-aside')
export class EarmarkSetAside extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) rows: readonly BadRow[] = [];
  /** Another tab holds the store, so nothing can be deleted here. */
  @property({ type: Boolean }) elsewhere = false;

  private get table(): TableData {
    return {
      name: t.setAside.title,
      columns: [t.setAside.kind, t.setAside.name, t.setAside.fault],
      rows: this.rows.map((row) => [t.setAside.kinds[row.store], row.name, t.setAside.faultOf(row)]),
    };
  }

  protected override render() {
    const { rows } = this;
    if (rows.length === 0) return nothing;
    const names = rows.slice(0, MOST_NAMES).map(({ name }) => name);
    const { teach } = this.app;
    return html`
      <section aria-label=${t.setAside.title}>
        <p>${t.setAside.found(rows.length)}</p>
        <ul>
          ${names.map((name) => html`<li>${name}</li>`)}
          ${rows.length > names.length ? html`<li>${t.setAside.more(rows.length - names.length)}</li>` : nothing}
        </ul>
        <p>${t.setAside.advice}</p>
        <div class="buttons">
          <button type="button" @click=${() => void teach.clips.exportSetAside()}>${t.setAside.exportThem}</button>
          <button type="button" ?disabled=${this.elsewhere} @click=${() => void teach.clips.deleteSetAside()}>
            ${t.setAside.deleteThem}
          </button>
        </div>
        <earmark-table-actions .data=${this.table}></earmark-table-actions>
      </section>
    `;
  }

  static override styles = [
    controlStyles,
    css`
      section {
        display: grid;
        gap: var(--space-3);
        padding: var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
      }

      p,
      ul {
        margin: 0;
      }

      li {
        overflow-wrap: anywhere;
      }

      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-3);
      }
    `,
  ];
}
