import { css, html, nothing, type TemplateResult } from 'lit';
import { t } from '../../messages/messages';
import './earmark-table-actions';
import type { TableData } from './table-data';

/** Number of names shown; the others are counted. */
const MOST_NAMES = 5;

/** A row that cannot be read. */
type DamagedRow = Parameters<typeof t.setAside.faultOf>[0] & {
  readonly name: string;
  /** Which kind of thing it is, where there are several. */
  readonly store?: keyof typeof t.setAside.kinds;
};

/** What a store holds that cannot be read, and what can be done about it. */
interface DamagedRows {
  readonly rows: readonly DamagedRow[];
  /** Another window holds the store, so nothing can be deleted here. */
  readonly elsewhere: boolean;
  readonly exportThem: () => unknown;
  readonly deleteThem: () => unknown;
}

/** Reports damaged entries, and offers to export or delete them. Nothing if there are none. */
export function damagedReport({
  rows,
  elsewhere,
  exportThem,
  deleteThem,
}: DamagedRows): TemplateResult | typeof nothing {
  if (rows.length === 0) return nothing;
  const others = rows.length - MOST_NAMES;
  return html`
    <section aria-label=${t.setAside.title}>
      <p>${t.setAside.found(rows.length)}</p>
      <ul>
        ${rows.slice(0, MOST_NAMES).map(item)}
        ${others > 0 ? html`<li>${t.setAside.more(others)}</li>` : nothing}
      </ul>
      <p>${t.setAside.advice}</p>
      <div class="buttons">
        <button type="button" @click=${exportThem}>${t.setAside.exportThem}</button>
        <button type="button" ?disabled=${elsewhere} @click=${deleteThem}>${t.setAside.deleteThem}</button>
      </div>
      <earmark-table-actions .data=${tableOf(rows)}></earmark-table-actions>
    </section>
  `;
}

function item(row: DamagedRow): TemplateResult {
  const kind = row.store ? html`${t.setAside.kinds[row.store]}: ` : nothing;
  return html`<li>${kind}<span class="name">${row.name}</span> <span class="fault">– ${t.setAside.faultOf(row)}</span></li>`;
}

/** All of them, with their faults. */
function tableOf(rows: readonly DamagedRow[]): TableData {
  const hasKinds = rows.some(({ store }) => store !== undefined);
  const columns = [t.setAside.name, t.setAside.fault];
  return {
    name: t.setAside.title,
    columns: hasKinds ? [t.setAside.kind, ...columns] : columns,
    rows: rows.map((row) => [...(row.store ? [t.setAside.kinds[row.store]] : []), row.name, t.setAside.faultOf(row)]),
  };
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

  ul {
    padding: 0;
    list-style: none;
  }

  li {
    overflow-wrap: anywhere;
  }

  .name {
    font-weight: 600;
  }

  .fault {
    color: var(--text-muted);
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-3);
  }
`;
