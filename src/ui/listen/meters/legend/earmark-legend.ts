import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { controlStyles } from '../../../kit/control-styles';
import { LocalizedElement } from '../../../kit/localized-element';
import { t } from '../../../messages/messages';
import { markStyles } from './mark-styles';

/** What the marks on a meter mean, each beside a drawing of it. Only marks that some meter has are explained. */
@customElement('earmark-legend')
export class EarmarkLegend extends LocalizedElement {
  /** Whether any label has a threshold. */
  @property({ attribute: false }) thresholds = false;
  /** Whether any label has a threshold that is right in 95 % of cases. */
  @property({ attribute: false }) sureThresholds = false;
  /** Whether a second head's values are shown. */
  @property({ attribute: false }) comparing = false;

  private entry(drawing: unknown, words: string) {
    return html`<li><span class="drawing" aria-hidden="true">${drawing}</span>${words}</li>`;
  }

  private mark(name: string) {
    return html`<span class="track"><i class=${name}></i></span>`;
  }

  protected override render() {
    const course = html`<svg class="course" viewBox="0 0 28 12"><path d="M0 11C7 11 8 2 13 2S20 9 28 10" /></svg>`;
    return html`
      <h2 class="visually-hidden">${t.legend.title}</h2>
      <ul>
        ${this.entry(this.mark('bar'), t.legend.bar)} ${this.entry(this.mark('peak'), t.legend.peak)}
        ${this.thresholds ? this.entry(this.mark('threshold'), t.legend.threshold) : nothing}
        ${this.sureThresholds ? this.entry(this.mark('sure'), t.legend.sure) : nothing}
        ${this.comparing ? this.entry(this.mark('second-mark'), t.legend.compared) : nothing}
        ${this.entry(course, t.legend.course)}
      </ul>
    `;
  }

  static override styles = [
    controlStyles,
    markStyles,
    css`
      :host {
        display: block;
        margin-block: var(--space-2);
        color: var(--text-muted);
        font-size: var(--text-small);
      }

      ul {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-4);
        margin: 0;
        padding: 0;
        list-style: none;
      }

      li {
        display: flex;
        align-items: center;
        gap: var(--space-2);
      }

      .course {
        display: block;
        inline-size: 1.75rem;
        block-size: 0.75rem;
        stroke: var(--text-muted);
        stroke-width: 1.5px;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-legend': EarmarkLegend;
  }
}
