import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { LabelFigures, ModelFigures } from '../../shared/contracts/model/model-figures';
import type { ModelInfo } from '../../shared/contracts/tagger-api';
import { controlStyles } from '../kit/control-styles';
import '../kit/chart/earmark-chart';
import { reliabilityChart, reliabilityWords } from '../kit/chart/reliability-chart';
import { figure } from '../kit/format';
import { LocalizedElement } from '../kit/localized-element';
import '../kit/table/earmark-table';
import { type Cell, numberCell, type TableData } from '../kit/table/table-data';
import { labelName, t } from '../messages/messages';
import { modelsStyles } from './models-styles';

/** A model's measurements: how well its probabilities are calibrated, and how well it recognises each sound. */
@customElement('earmark-model-figures')
export class EarmarkModelFigures extends LocalizedElement {
  /** Must have figures. */
  @property({ attribute: false }) model!: ModelInfo;

  private row({ id, auc, aucLow, aucHigh, averagePrecision, positives }: LabelFigures): Cell[] {
    return [
      labelName(this.model.labels.find((label) => label.id === id) ?? { id, name: id }),
      numberCell(auc, figure),
      numberCell(aucLow, figure),
      numberCell(aucHigh, figure),
      numberCell(averagePrecision, figure),
      numberCell(positives, String),
    ];
  }

  private table({ labels }: ModelFigures): TableData {
    const { auc, intervalFrom, intervalTo, withSound } = t.proof;
    const weakestFirst = labels.toSorted((a, b) => (a.auc ?? 1) - (b.auc ?? 1));
    return {
      name: `${t.models.perLabel}: ${this.model.name}`,
      columns: [t.models.sound, auc, intervalFrom, intervalTo, t.models.averagePrecision, withSound],
      rows: weakestFirst.map((label) => this.row(label)),
    };
  }

  protected override render() {
    const figures = this.model.figures as ModelFigures;
    const { moments } = figures;
    const reliability = moments?.reliability ?? figures.reliability;
    const measuredOn = moments ? t.trust.scenes(moments.hours) : t.testSet(figures.measuredOn, figures.clips);
    return html`
      <section aria-labelledby="calibration">
        <h3 id="calibration">${t.models.calibration}</h3>
        <p class="hint">${t.models.calibrationWhat(measuredOn)}</p>
        <earmark-chart .data=${reliabilityChart(this.model.name, reliability)} label=${reliabilityWords(this.model.name, reliability)}></earmark-chart>
      </section>
      <section aria-labelledby="per-label">
        <h3 id="per-label">${t.models.perLabel}</h3>
        <p class="hint">${t.models.perLabelWhat}</p>
        <earmark-table .data=${this.table(figures)}></earmark-table>
      </section>
    `;
  }

  static override styles = [
    controlStyles,
    modelsStyles,
    css`
      :host {
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr));
        padding: 0;
      }

      earmark-table {
        --table-height: 24rem;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-model-figures': EarmarkModelFigures;
  }
}
