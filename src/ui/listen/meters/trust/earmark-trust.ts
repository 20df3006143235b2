import { css, html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { chartSvg } from '../../../kit/chart/chart-svg';
import { controlStyles } from '../../../kit/control-styles';
import '../../../kit/chart/earmark-chart';
import type { EarmarkSavePicture } from '../../../kit/chart/earmark-save-picture';
import '../../../kit/chart/earmark-save-picture';
import { reliabilityChart, reliabilityWords } from '../../../kit/chart/reliability-chart';
import { figure, percent } from '../../../kit/format';
import { LocalizedElement } from '../../../kit/localized-element';
import { t } from '../../../messages/messages';
import type { EarmarkMeter } from '../earmark-meter';
import { markStyles } from '../legend/mark-styles';
import type { MeterLabel } from '../meter-labels';
import { placeBeside } from './place-beside';
import { binOf, FEWEST_MOMENTS, inTen, type Trust } from './trust';

/** How far a meter can be trusted: what its number has meant in measurements, with a curve and figures. */
@customElement('earmark-trust')
export class EarmarkTrust extends LocalizedElement {
  @state() private label: MeterLabel | undefined;
  /** As the meter shows it: to hundredths, so that the words stay still while the number fluctuates. */
  @state() private shownProbability = 0;
  @query('.popover', true) private popoverElement!: HTMLElement;
  @query('earmark-save-picture') private saveButton!: EarmarkSavePicture | null;

  set probability(probability: number) {
    this.shownProbability = Math.round(100 * probability) / 100;
  }

  /** Opens beside a meter. */
  showFor(meter: EarmarkMeter, label: MeterLabel): void {
    this.label = label;
    this.probability = meter.shownLevel;
    const popover = this.popoverElement;
    if (!popover.matches(':popover-open')) popover.showPopover();
    void this.updateComplete.then(() => {
      const place = meter.getBoundingClientRect();
      const { width, height } = popover.getBoundingClientRect();
      const { left, top } = placeBeside(place, { width, height }, { width: innerWidth, height: innerHeight });
      Object.assign(popover.style, { left: `${left}px`, top: `${top}px` });
    });
  }

  /** The focus is in it. Chromium’s `:focus-within` does not see into the button’s own shadow tree. */
  get hasFocus(): boolean {
    return Boolean(this.shadowRoot?.activeElement);
  }

  /** Focuses its button. @returns false if it has none: nothing was measured. */
  enter(): boolean {
    this.saveButton?.focus();
    return this.saveButton !== null;
  }

  hide(): void {
    if (this.popoverElement.matches(':popover-open')) this.popoverElement.hidePopover();
  }

  /** What a probability has meant. */
  sentence(probability: number): string {
    const { trust } = this.label ?? {};
    if (!trust) return t.trust.unmeasured;
    const said = percent(probability);
    const where = whereMeasured(trust);
    const bin = binOf(probability, trust.reliability);
    const isOfMoments = 'sceneHours' in trust.measuredOn;
    if (!bin || bin.count < FEWEST_MOMENTS) {
      return (isOfMoments ? t.trust.tooFewMoments : t.trust.tooFew)(said, bin?.count ?? 0, where);
    }
    const { part, whole } = inTen(bin.share);
    if (isOfMoments) return t.trust.ofMoments(said, part, whole, where);
    return 'ownClips' in trust.measuredOn
      ? t.trust.ofOwn(said, part, whole, where)
      : t.trust.ofAll(said, part, whole, where);
  }

  private chart({ reliability }: Trust, name: string) {
    const points = reliability.filter(({ count }) => count >= FEWEST_MOMENTS);
    return { data: reliabilityChart(name, points), words: reliabilityWords(name, points) };
  }

  private figures(trust: Trust, name: string) {
    const { auc, averagePrecision, positives } = trust;
    const { data, words } = this.chart(trust, name);
    const { threshold, sureThreshold } = this.label ?? {};
    const drawing = (mark: string) => html`<span class="track" aria-hidden="true"><i class=${mark}></i></span> `;
    const item = (term: string, value: string, mark?: string) =>
      html`<div><dt>${mark === undefined ? nothing : drawing(mark)}${term}</dt><dd>${value}</dd></div>`;
    return html`
      <earmark-chart bare .data=${data} label=${words}></earmark-chart>
      <dl>
        ${item(t.proof.auc, auc ? `${figure(auc.value)} (${t.proof.range(figure(auc.low), figure(auc.high))})` : '–')}
        ${item(t.trust.averagePrecision, figure(averagePrecision))}
        ${item(t.proof.clips, String(positives))}
        ${threshold === undefined ? nothing : item(t.proof.threshold, percent(threshold), 'threshold')}
        ${sureThreshold === undefined ? nothing : item(t.trust.sureFrom, percent(sureThreshold), 'sure')}
      </dl>
    `;
  }

  private saveChart(trust: Trust, name: string) {
    const { data, words } = this.chart(trust, name);
    return html`<earmark-save-picture name=${data.title} .picture=${async () => chartSvg(data, words)}></earmark-save-picture>`;
  }

  protected override render() {
    const { label } = this;
    return html`
      <div class="popover" popover="manual">
        <div role="tooltip">
          ${
            label &&
            html`
              <h3>${label.name} <span class="live">${percent(this.shownProbability)}</span></h3>
              <p>${this.sentence(this.shownProbability)}</p>
              ${label.trust ? this.figures(label.trust, label.name) : nothing}
            `
          }
        </div>
        ${label?.trust ? this.saveChart(label.trust, label.name) : nothing}
      </div>
    `;
  }

  static override styles = [
    controlStyles,
    markStyles,
    css`
      .popover {
        position: fixed;
        inset: auto;
        inline-size: min(22rem, 96vw);
        max-block-size: 96vh;
        margin: 0;
        padding: var(--space-4);
        overflow: auto;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
        box-shadow: var(--shadow);
        color: var(--text);
      }

      h3 {
        margin: 0 0 var(--space-2);
        font-size: var(--text-large);
        line-height: 1.2;
      }

      .live {
        float: inline-end;
        margin-inline-start: var(--space-3);
        font-variant-numeric: tabular-nums;
      }

      p {
        font-size: 0.9375rem;
      }

      earmark-chart {
        block-size: 11rem;
        margin-block: var(--space-3);
      }

      dl {
        display: grid;
        gap: var(--space-1);
        font-size: var(--text-small);
        font-variant-numeric: tabular-nums;
      }

      dl div {
        display: flex;
        justify-content: space-between;
        gap: var(--space-3);
      }

      dt {
        color: var(--text-muted);
      }
    `,
  ];
}

function whereMeasured({ measuredOn }: Trust): string {
  if ('ownClips' in measuredOn) return t.trust.ownClips(measuredOn.ownClips);
  if ('sceneHours' in measuredOn) return `${t.trust.scenes(measuredOn.sceneHours)}, ${measuredOn.date}`;
  return `${t.testSet(measuredOn.testSet, measuredOn.clips)}, ${measuredOn.date}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-trust': EarmarkTrust;
  }
}
