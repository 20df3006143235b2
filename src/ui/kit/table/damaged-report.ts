import { css, html, nothing, type TemplateResult } from 'lit';
import { t } from '../../messages/messages';
import './earmark-table-actions';
import type { TableData } from './table-data';

/** Number of names shown; the others are counted. */
const MOST_NAMES = 5;

/** What a store holds that cannot be read, and what can be done about it. */
interface DamagedRows {
  readonly names: readonly string[];
  /** All of them, with their faults. */
  readonly table: TableData;
  /** Another window holds the store, so nothing can be deleted here. */
  readonly elsewhere: boolean;
  readonly exportThem: () => unknown;
  readonly deleteThem: () => unknown;
}

/** Reports damaged entries, and offers to export or delete them. Nothing if there are none. */
export function damagedReport({
  names,
  table,
  elsewhere,
  exportThem,
  deleteThem,
}: DamagedRows): TemplateResult | typeof nothing {
  if (names.length === 0) return nothing;
  const others = names.length - MOST_NAMES;
  return html`
    <section aria-label=${t.setAside.title}>
      <p>${t.setAside.found(names.length)}</p>
      <ul>
        ${names.slice(0, MOST_NAMES).map((name) => html`<li>${name}</li>`)}
        ${others > 0 ? html`<li>${t.setAside.more(others)}</li>` : nothing}
      </ul>
      <p>${t.setAside.advice}</p>
      <div class="buttons">
        <button type="button" @click=${exportThem}>${t.setAside.exportThem}</button>
        <button type="button" ?disabled=${elsewhere} @click=${deleteThem}>${t.setAside.deleteThem}</button>
      </div>
      <earmark-table-actions .data=${table}></earmark-table-actions>
    </section>
  `;
}

export const damagedReportStyles = css`
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
`;
