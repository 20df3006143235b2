import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { fileNameOf, saveFile } from '../../../app/files/save-file';
import type { Head } from '../../../shared/contracts/model/head';
import { controlStyles } from '../../kit/control-styles';
import { formStyles } from '../../kit/form-styles';
import { figure } from '../../kit/format';
import { LocalizedElement } from '../../kit/localized-element';
import { labelName, t } from '../../messages/messages';
import { columnStyles, teachStyles } from '../teach-styles';
import { proofCsv, proofRows } from './proof-table';

/** The proofs of two profiles side by side, with the difference for each label. */
@customElement('earmark-proof-comparison')
export class EarmarkProofComparison extends LocalizedElement {
  @property({ attribute: false }) head!: Head;
  @property({ attribute: false }) other!: Head;

  private nameOf(id: string): string {
    return labelName([...this.head.labels, ...this.other.labels].find((label) => label.id === id) ?? { id, name: id });
  }

  private save(): void {
    const { head, other } = this;
    const columns = [t.proof.label, head.name, other.name, t.proof.difference];
    const csv = proofCsv(proofRows(head, other), columns, (id) => this.nameOf(id));
    saveFile(new Blob([csv], { type: 'text/csv' }), fileNameOf(`${head.name} ${other.name}`, 'csv'));
  }

  protected override render() {
    const { head, other } = this;
    const signed = (value: number): string => `${value > 0 ? '+' : ''}${figure(value).replace('-', '−')}`;
    return html`
      <h3>${t.proof.comparison(head.name, other.name)}</h3>
      <p class="hint">${t.proof.comparisonMeaning}</p>
      <table class="numbers">
        <thead><tr><th scope="col">${t.proof.label}</th><th scope="col">${head.name}</th><th scope="col">${other.name}</th>
          <th scope="col">${t.proof.difference}</th></tr></thead>
        <tbody>${proofRows(head, other).map(
          ({ id, auc, other: against, difference }) => html`<tr>
            <th scope="row">${this.nameOf(id)}</th><td>${figure(auc)}</td><td>${figure(against)}</td>
            <td>${difference === null ? '–' : signed(difference)}</td>
          </tr>`,
        )}</tbody>
      </table>
      <div class="bar"><button type="button" @click=${this.save}>${t.proof.saveCsv}</button></div>
    `;
  }

  static override styles = [
    controlStyles,
    formStyles,
    teachStyles,
    columnStyles,
    css`
      table {
        inline-size: 100%;
        max-inline-size: 46rem;
        border-collapse: collapse;
      }

      th,
      td {
        padding: var(--space-1) var(--space-2);
        border-block-end: 1px solid var(--line);
        text-align: end;
        overflow-wrap: anywhere;
      }

      th:first-child {
        text-align: start;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-proof-comparison': EarmarkProofComparison;
  }
}
