import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import type { TeachState } from '../../../app/teach/teach-state';
import type { TaughtLabel } from '../../../shared/contracts/clip';
import type { Head, LabelProof } from '../../../shared/contracts/model/head';
import type { ChartData } from '../../kit/chart/chart-data';
import { controlStyles } from '../../kit/control-styles';
import '../../kit/chart/earmark-chart';
import { reliabilityChart, reliabilityWords } from '../../kit/chart/reliability-chart';
import { formStyles } from '../../kit/form-styles';
import { figure, percent } from '../../kit/format';
import { LocalizedElement } from '../../kit/localized-element';
import '../../kit/table/earmark-table-actions';
import { labelName, language, t } from '../../messages/messages';
import './earmark-proof-comparison';
import './earmark-wrong-clips';
import { columnStyles, teachStyles } from '../teach-styles';
import { figuresTable } from './proof-table';

/** The results of a head's cross-validation: figures, curves, advice, and the clips it got wrong. */
@customElement('earmark-proof')
export class EarmarkProof extends LocalizedElement {
  @property({ attribute: false }) teach!: TeachState;
  @property({ attribute: false }) head: Head | undefined;
  /** The labels that can be given. */
  @property({ attribute: false }) known: readonly TaughtLabel[] = [];

  /** Number of labels drawn so far. One is added per frame, because the charts of twenty would block the page. */
  @state() private labelsDrawn = 1;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('head') || changed.get('head')?.id === this.head?.id) return;
    this.labelsDrawn = 1;
  }

  protected override updated(): void {
    if (this.labelsDrawn >= (this.head?.proof.labels.length ?? 0)) return;
    const { head } = this;
    requestAnimationFrame(() => {
      if (this.head === head) this.labelsDrawn++;
    });
  }

  private nameOf(id: string): string {
    return labelName(this.head?.labels.find((label) => label.id === id) ?? { id, name: id });
  }

  private label(proof: LabelProof) {
    const name = this.nameOf(proof.id);
    const { auc, positives, precision, recall, threshold } = proof;
    const share = (value: number | null): string => (value === null ? '–' : percent(value));
    return html`
      <li class="label">
        <h3>${name}</h3>
        <dl class="numbers">
          <div><dt>${t.proof.auc}</dt><dd>${figure(auc?.value ?? null)}</dd></div>
          <div><dt>${t.proof.interval}</dt><dd>${auc ? t.proof.range(figure(auc.low), figure(auc.high)) : '–'}</dd></div>
          <div><dt>${t.proof.precision}</dt><dd>${share(precision)}</dd></div>
          <div><dt>${t.proof.recall}</dt><dd>${share(recall)}</dd></div>
          <div><dt>${t.proof.threshold}</dt><dd>${percent(threshold)}</dd></div>
          <div><dt>${t.proof.clips}</dt><dd>${t.proof.clipsOf(positives, positives + proof.negatives)}</dd></div>
        </dl>
        ${
          auc
            ? html`<p class="hint">${t.proof.aucMeaning(name, percent(auc.value), percent(auc.low), percent(auc.high), positives)}</p>
              <div class="charts">
                <earmark-chart .data=${rocChart(name, proof)} label=${t.proof.rocWords(name, figure(auc.value))}></earmark-chart>
                <earmark-chart .data=${reliabilityChart(name, proof.reliability)} label=${reliabilityWords(name, proof.reliability)}></earmark-chart>
              </div>`
            : html`<p class="hint">${t.proof.notMeasured}</p>`
        }
      </li>
    `;
  }

  protected override render() {
    const { head } = this;
    if (!head) {
      return html`<h2>${t.proof.title}</h2><p class="hint">${t.proof.none}</p>`;
    }
    const { proof } = head;
    const labels = proof.labels.slice(0, this.labelsDrawn);
    const { active, compared, heads } = this.teach;
    const other = heads.find(({ id }) => id !== head.id && (id === active || id === compared));
    const { before, after } = proof.shippedAuc;
    return html`
      <h2>${t.proof.of(head.name)}</h2>
      <p class="hint">
        ${proof.folds === 0 ? t.proof.tooFew(proof.clips) : t.proof.measured(proof.folds, proof.clips)}
        ${t.proof.shipped(figure(before), figure(after))}
      </p>
      ${
        proof.advice.length === 0
          ? nothing
          : html`<ul class="advice" aria-label=${t.proof.next}>${proof.advice.map((advice) => html`<li class="warning">${t.advice(advice, (id) => this.nameOf(id))}</li>`)}</ul>`
      }
      <ul class="labels">${labels.map((label) => guard([label, language], () => this.label(label)))}</ul>
      ${
        proof.labels.length === 0
          ? nothing
          : html`<earmark-table-actions .data=${figuresTable(head, (id) => this.nameOf(id))}></earmark-table-actions>`
      }
      ${other ? html`<earmark-proof-comparison .head=${head} .other=${other}></earmark-proof-comparison>` : nothing}
      <earmark-wrong-clips .teach=${this.teach} .head=${head} .known=${this.known}></earmark-wrong-clips>
    `;
  }

  static override styles = [
    controlStyles,
    formStyles,
    teachStyles,
    columnStyles,
    css`
      .advice li {
        padding-block: var(--space-1);
      }

      .labels {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr));
        gap: var(--space-5) var(--space-6);
      }

      .label {
        min-inline-size: 0;
        padding-block-start: var(--space-3);
        border-block-start: 1px solid var(--line);
      }

      dl {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr));
        gap: var(--space-2);
        margin-block: var(--space-2);
      }

      dt {
        color: var(--text-muted);
        font-size: var(--text-small);
      }

      .charts {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: var(--space-2);
      }

      earmark-chart {
        block-size: 13rem;
      }

      @media (width < 40rem) {
        .charts {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];
}

function rocChart(name: string, { auc, roc }: LabelProof): ChartData {
  const x = roc.map(({ falsePositiveRate }) => falsePositiveRate);
  return {
    title: t.proof.rocWords(name, figure(auc?.value ?? null)),
    x,
    lines: [
      { name: t.proof.roc, values: roc.map(({ truePositiveRate }) => truePositiveRate), look: 'measured' },
      { name: t.proof.guessing, values: x, look: 'reference' },
    ],
    xName: t.proof.falseAlarms,
    yName: t.proof.found,
    unit: true,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-proof': EarmarkProof;
  }
}
