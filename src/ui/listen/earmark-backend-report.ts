import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { BackendReport, BackendTrial } from '../../shared/contracts/backend';
import { controlStyles } from '../kit/control-styles';
import { milliseconds } from '../kit/format';
import { LocalizedElement } from '../kit/localized-element';
import type { TableData } from '../kit/table/table-data';
import { loadAllTexts, t } from '../messages/messages';

/** “Why WASM?”: a button that shows how each backend did. */
@customElement('earmark-backend-report')
export class EarmarkBackendReport extends LocalizedElement {
  @property({ attribute: false }) report: BackendReport | undefined;

  /** Whether the texts of the details, and the code of the buttons below them, are there. */
  @state() private details: 'unopened' | 'ready' | 'failed' = 'unopened';

  private async bringDetails(): Promise<void> {
    if (this.details === 'ready') return;
    try {
      await Promise.all([loadAllTexts(), import('../kit/table/earmark-table-actions')]);
      this.details = 'ready';
    } catch (error) {
      console.warn('The report could not be loaded.', error);
      this.details = 'failed';
    }
  }

  private table(report: BackendReport): TableData {
    return {
      name: t.backends.caption,
      columns: [t.backends.backend, t.backends.result, `${t.backends.median} (ms)`],
      rows: report.trials.map((trial) => [
        t.backendNames[trial.backend],
        `${t.backends.outcomes[trial.outcome]}: ${t.backends.found(trial, report)}`,
        { value: 'medianMs' in trial ? trial.medianMs : null, shown: nothing },
      ]),
    };
  }

  private row(trial: BackendTrial, report: BackendReport) {
    const { backend, outcome } = trial;
    return html`
      <tr class=${outcome}>
        <th scope="row">${t.backendNames[backend]}</th>
        <td>
          <strong>${t.backends.outcomes[outcome]}</strong>
          <span>${t.backends.found(trial, report)}</span>
        </td>
        <td class="median">${'medianMs' in trial ? milliseconds(trial.medianMs) : '–'}</td>
      </tr>
    `;
  }

  private told(report: BackendReport) {
    return html`
      <p>${t.backends.reason(report)}</p>
      <table>
        <caption class="visually-hidden">
          ${t.backends.caption}
        </caption>
        <thead>
          <tr>
            <th scope="col">${t.backends.backend}</th>
            <th scope="col">${t.backends.result}</th>
            <th scope="col" class="median">${t.backends.median}</th>
          </tr>
        </thead>
        <tbody>
          ${report.trials.map((trial) => this.row(trial, report))}
        </tbody>
      </table>
      <earmark-table-actions .data=${this.table(report)}></earmark-table-actions>
    `;
  }

  protected override render() {
    const { report } = this;
    if (!report) return html``;
    const question = t.status.whyBackend(t.backendNames[report.taken]);
    return html`
      <button type="button" popovertarget="report">${question}</button>
      <div id="report" popover role="dialog" aria-label=${question} @toggle=${() => void this.bringDetails()}>
        ${this.details === 'ready' ? this.told(report) : html`<p>${this.details === 'failed' ? t.views.failed : t.views.loading}</p>`}
      </div>
    `;
  }

  static override styles = [
    controlStyles,
    css`
      :host {
        display: inline-block;
      }

      button {
        padding-inline: var(--space-2);
        border: none;
        border-radius: var(--radius-small);
        color: var(--accent);
        text-decoration: underline;
        text-decoration-thickness: 1px;
        text-underline-offset: 0.2em;
      }

      button:hover {
        color: var(--accent-strong);
        text-decoration-thickness: 2px;
      }

      [popover] {
        inline-size: min(36rem, calc(100vw - 2 * var(--gutter)));
        max-block-size: calc(100vh - 2 * var(--gutter));
        overflow: auto;
        padding: var(--space-5);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
        box-shadow: var(--shadow);
        color: var(--text);
        font-size: 0.9375rem;
        line-height: 1.45;
        text-wrap: pretty;
        white-space: normal;
      }

      /* Beside its button if there is room and the browser supports it, else in the middle. */
      @media (width >= 40rem) {
        [popover] {
          inset: auto;
          margin: var(--space-2) 0;
          position-area: block-end span-inline-end;
          position-try-fallbacks: block-end span-inline-start, block-start span-inline-end, block-start span-inline-start, block-end, block-start;
        }
      }

      table {
        inline-size: 100%;
        margin-block-start: var(--space-4);
        border-collapse: collapse;
        text-align: start;
      }

      th,
      td {
        padding: var(--space-2) var(--space-3) var(--space-2) 0;
        border-block-start: 1px solid var(--line);
        text-align: start;
        vertical-align: baseline;
      }

      thead th {
        border: none;
        color: var(--text-muted);
        font-size: var(--text-small);
        font-weight: 400;
      }

      td strong {
        display: block;
        font-weight: 600;
      }

      .taken th,
      .taken strong {
        color: var(--accent);
      }

      td span {
        display: block;
        color: var(--text-muted);
      }

      td span::first-letter {
        text-transform: uppercase;
      }

      .median {
        padding-inline-end: 0;
        text-align: end;
        white-space: nowrap;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-backend-report': EarmarkBackendReport;
  }
}
