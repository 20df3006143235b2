import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { LabelFigures, ModelFigures } from '../../shared/contracts/model/model-figures';
import type { ModelInfo } from '../../shared/contracts/tagger-api';
import { controlStyles } from '../kit/control-styles';
import '../kit/chart/earmark-chart';
import '../kit/earmark-scroll';
import { reliabilityChart, reliabilityWords } from '../kit/chart/reliability-chart';
import { figure } from '../kit/format';
import { LocalizedElement } from '../kit/localized-element';
import { labelName, t } from '../messages/messages';
import { modelsStyles } from './models-styles';

/** A model's measurements: how well its probabilities are calibrated, and how well it recognises each sound. */
@customElement('earmark-model-figures')
export class EarmarkModelFigures extends LocalizedElement {
  /** Must have figures. */
  @property({ attribute: false }) model!: ModelInfo;

  private row({ id, auc, aucLow, aucHigh, averagePrecision, positives }: LabelFigures) {
    const name = labelName(this.model.labels.find((label) => label.id === id) ?? { id, name: id });
    const interval = aucLow === null || aucHigh === null ? '–' : t.proof.range(figure(aucLow), figure(aucHigh));
    return html`
      <tr>
        <th scope="row">${name}</th>
        <td>${figure(auc)}</td>
        <td>${interval}</td>
        <td>${figure(averagePrecision)}</td>
        <td>${positives}</td>
      </tr>
    `;
  }

  protected override render() {
    const figures = this.model.figures as ModelFigures;
    const weakestFirst = figures.labels.toSorted((a, b) => (a.auc ?? 1) - (b.auc ?? 1));
    return html`
      <section aria-labelledby="calibration">
        <h3 id="calibration">${t.models.calibration}</h3>
        <p class="hint">${t.models.calibrationWhat(t.testSet(figures.measuredOn, figures.clips))}</p>
        <earmark-chart .data=${reliabilityChart(figures.reliability)} label=${reliabilityWords(this.model.name, figures.reliability)}></earmark-chart>
      </section>
      <section aria-labelledby="per-label">
        <h3 id="per-label">${t.models.perLabel}</h3>
        <p class="hint">${t.models.perLabelWhat}</p>
        <earmark-scroll class="table" label=${t.models.perLabel}>
          <table class="figures">
            <thead>
              <tr>
                <th scope="col">${t.models.sound}</th>
                <th scope="col">${t.proof.auc}</th>
                <th scope="col">${t.proof.interval}</th>
                <th scope="col">${t.models.averagePrecision}</th>
                <th scope="col">${t.proof.clips}</th>
              </tr>
            </thead>
            <tbody>
              ${weakestFirst.map((label) => this.row(label))}
            </tbody>
          </table>
        </earmark-scroll>
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
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-model-figures': EarmarkModelFigures;
  }
}
