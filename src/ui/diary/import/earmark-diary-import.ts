import { consume } from '@lit/context';
import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { VerdictChange, VerdictPreview } from '../../../app/diary/import-verdicts';
import type { AppCommands } from '../../../app/state';
import type { LabelIds } from '../../../events/verdicts/match-verdicts';
import type { NoTableReason } from '../../../events/verdicts/table-rows';
import type { VerdictTable } from '../../../events/verdicts/verdict-table';
import { controlStyles } from '../../kit/control-styles';
import { formStyles } from '../../kit/form-styles';
import { LocalizedElement } from '../../kit/localized-element';
import { appContext } from '../../kit/state/app-context';
import { t } from '../../messages/messages';
import { diaryStyles } from '../diary-styles';
import type { FilterLabel } from '../filter/view-filter';

/** Fetched when a table is chosen. */
const importCode = () => import('../../../app/diary/import-verdicts');
const labelCode = () => import('./label-ids');

type Outcome =
  | { readonly kind: 'reading' | 'writing' | 'undone' }
  | { readonly kind: 'no-table'; readonly reason: NoTableReason }
  | { readonly kind: 'no-columns'; readonly header: readonly string[] }
  | { readonly kind: 'failed' }
  | { readonly kind: 'shown'; readonly table: VerdictTable; readonly preview: VerdictPreview }
  /** `of`: how many were to be written. */
  | { readonly kind: 'written'; readonly back: ReadonlyMap<string, VerdictChange>; readonly of: number };

/** Reads verdicts from a table of another program: shows first what they would change, then writes them. */
@customElement('earmark-diary-import')
export class EarmarkDiaryImport extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  /** By name in the page's language. */
  @property({ attribute: false }) labels: readonly FilterLabel[] = [];

  @state() private outcome: Outcome | undefined;
  @query('input[type="file"]') private picker!: HTMLInputElement;

  private async labelIds(): Promise<LabelIds> {
    return (await labelCode()).labelIdsOf(this.labels, this.app.diary.state.labels);
  }

  private async pick(): Promise<void> {
    const file = this.picker.files?.[0];
    this.picker.value = '';
    if (!file) return;
    this.outcome = { kind: 'reading' };
    await this.attempt(async () => this.preview(await (await importCode()).readVerdicts(file)));
  }

  private async preview(table: VerdictTable, originMs?: number): Promise<Outcome> {
    const { previewVerdicts } = await importCode();
    const preview = await previewVerdicts(this.app.diary, table, await this.labelIds(), originMs);
    return { kind: 'shown', table, preview };
  }

  private async attempt(work: () => Promise<Outcome>): Promise<void> {
    try {
      this.outcome = await work();
    } catch (error) {
      this.outcome = failureOf(error);
    }
  }

  private async write(changes: ReadonlyMap<string, VerdictChange>): Promise<void> {
    const { judgeEach } = await importCode();
    this.outcome = { kind: 'writing' };
    this.outcome = { kind: 'written', back: await judgeEach(this.app.diary, changes), of: changes.size };
  }

  private async undo(changes: ReadonlyMap<string, VerdictChange>): Promise<void> {
    const { judgeEach } = await importCode();
    this.outcome = { kind: 'writing' };
    const undone = await judgeEach(this.app.diary, changes);
    const back = new Map([...changes].filter(([id]) => !undone.has(id)));
    this.outcome = back.size === 0 ? { kind: 'undone' } : { kind: 'written', back, of: changes.size };
  }

  private moveOrigin(event: Event, table: VerdictTable): void {
    // On the device's clock, as the field shows it.
    const originMs = new Date((event.target as HTMLInputElement).value).getTime();
    if (Number.isFinite(originMs)) void this.attempt(() => this.preview(table, originMs));
  }

  private origin(table: VerdictTable, { originMs }: VerdictPreview) {
    if (table.isDated) return nothing;
    if (originMs === undefined) {
      const labels = [...new Set(table.rows.map(({ label }) => label))];
      return html`<p>${t.diaryImport.neverHeard(labels)}</p>`;
    }
    return html`
      <div class="bar">
        <label for="origin">${t.diaryImport.origin}</label>
        <input id="origin" type="datetime-local" step="0.001" .value=${localIso(originMs)} aria-describedby="origin-why"
          @change=${(event: Event) => this.moveOrigin(event, table)} />
      </div>
      <p class="hint" id="origin-why">${t.diaryImport.originWhy}</p>
    `;
  }

  private notes({ kind, rows, faulty, unjudged, unknownColumns, hasCommas }: VerdictTable) {
    const sentences = [
      t.diaryImport.read(t.diaryImport.kinds[kind], rows.length),
      ...(unjudged > 0 ? [t.diaryImport.unjudged(unjudged)] : []),
      ...faulty.map(({ fault, count, lines }) => t.diaryImport.faulty[fault](count, lines)),
      ...(unknownColumns.length > 0 ? [t.diaryImport.unknownColumns(unknownColumns)] : []),
      ...(hasCommas ? [t.diaryImport.commas] : []),
    ];
    return html`<ul class="notes">${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`;
  }

  private shown(table: VerdictTable, preview: VerdictPreview) {
    const { matchedRows, unmatchedRows, changes, unchanged } = preview;
    const replaced = [...changes.values()].filter(({ before }) => before !== undefined).length;
    return html`
      ${this.notes(table)}
      ${table.rows.length === 0 ? nothing : html`<p role="status" class="numbers">${t.diaryImport.matches(matchedRows, unmatchedRows)}</p>`}
      ${unchanged > 0 ? html`<p class="hint">${t.diaryImport.unchanged(unchanged)}</p>` : nothing}
      ${replaced > 0 ? html`<p class="hint">${t.diaryImport.replaced(replaced)}</p>` : nothing}
      ${table.rows.length === 0 ? nothing : this.origin(table, preview)}
      <div class="bar">
        <button type="button" class="primary" ?disabled=${changes.size === 0} @click=${() => void this.write(changes)}>
          ${t.diaryImport.write(changes.size)}
        </button>
        <button type="button" @click=${() => {
          this.outcome = undefined;
        }}>${t.diaryImport.cancel}</button>
      </div>
    `;
  }

  private result(outcome: Outcome) {
    if (outcome.kind === 'shown') return this.shown(outcome.table, outcome.preview);
    if (outcome.kind === 'no-table') return html`<p role="alert">${t.diaryImport.noTable[outcome.reason]}</p>`;
    if (outcome.kind === 'no-columns') return html`<p role="alert">${t.diaryImport.noColumns(outcome.header)}</p>`;
    if (outcome.kind === 'failed') return html`<p role="alert">${t.diaryImport.failed}</p>`;
    if (outcome.kind !== 'written') return html`<p role="status">${t.diaryImport[outcome.kind]}</p>`;
    return html`
      <div class="bar">
        <p role="status">${t.diaryImport.written(outcome.back.size, outcome.of)}</p>
        ${
          outcome.back.size === 0
            ? nothing
            : html`<button type="button" @click=${() => void this.undo(outcome.back)}>${t.diaryImport.undo}</button>`
        }
      </div>
    `;
  }

  protected override render() {
    const { outcome } = this;
    const isBusy = outcome?.kind === 'reading' || outcome?.kind === 'writing';
    return html`
      <details>
        <summary>${t.diaryImport.title}</summary>
        <p class="hint">${t.diaryImport.what}</p>
        <div class="bar">
          <button type="button" ?disabled=${isBusy} @click=${() => this.picker.click()}>${t.diaryImport.choose}</button>
          <input type="file" hidden accept=".csv,.txt,.tsv,.jsonl" aria-label=${t.diaryImport.choose} @change=${() => void this.pick()} />
        </div>
        ${outcome ? this.result(outcome) : nothing}
      </details>
    `;
  }

  static override styles = [
    controlStyles,
    formStyles,
    diaryStyles,
    css`
      details > * + * {
        margin-block-start: var(--space-3);
      }

      [type='datetime-local'] {
        min-block-size: var(--target);
        padding-inline: var(--space-3);
        border: 1px solid var(--control-line);
        border-radius: var(--radius-small);
        background: var(--surface);
      }

      .notes {
        display: grid;
        gap: var(--space-1);
        color: var(--text-muted);
        overflow-wrap: anywhere;
      }
    `,
  ];
}

function failureOf(error: unknown): Outcome {
  const { reason, header } = error as { reason?: NoTableReason; header?: readonly string[] };
  if (reason) return { kind: 'no-table', reason };
  if (header) return { kind: 'no-columns', header };
  console.warn(error);
  return { kind: 'failed' };
}

/** As the field wants it, on the device's clock. */
function localIso(ms: number): string {
  return new Date(ms - 60_000 * new Date(ms).getTimezoneOffset()).toISOString().slice(0, -1);
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-diary-import': EarmarkDiaryImport;
  }
}
