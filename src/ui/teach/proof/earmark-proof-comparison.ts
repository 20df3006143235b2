import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Head } from '../../../shared/contracts/model/head';
import { controlStyles } from '../../kit/control-styles';
import { LocalizedElement } from '../../kit/localized-element';
import '../../kit/table/earmark-table';
import { labelName, t } from '../../messages/messages';
import { columnStyles, teachStyles } from '../teach-styles';
import { comparisonTable } from './proof-table';

/** The proofs of two profiles side by side, with the difference for each label. */
@customElement('earmark-proof-comparison')
export class EarmarkProofComparison extends LocalizedElement {
  @property({ attribute: false }) head!: Head;
  @property({ attribute: false }) other!: Head;

  private nameOf(id: string): string {
    return labelName([...this.head.labels, ...this.other.labels].find((label) => label.id === id) ?? { id, name: id });
  }

  protected override render() {
    const { head, other } = this;
    return html`
      <h3>${t.proof.comparison(head.name, other.name)}</h3>
      <p class="hint">${t.proof.comparisonMeaning}</p>
      <earmark-table .data=${comparisonTable(head, other, (id) => this.nameOf(id))}></earmark-table>
    `;
  }

  static override styles = [controlStyles, teachStyles, columnStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-proof-comparison': EarmarkProofComparison;
  }
}
