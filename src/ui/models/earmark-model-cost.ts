import { consume } from '@lit/context';
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { MeasuredModel } from '../../app/listening/measure-model';
import type { AppCommands } from '../../app/state';
import { controlStyles } from '../kit/control-styles';
import { figure, milliseconds, percent } from '../kit/format';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import { t } from '../messages/messages';

/** What a model costs and can do: measured on this device when the button is pressed. */
@customElement('earmark-model-cost')
export class EarmarkModelCost extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property() name!: string;

  @state() private isMeasuring = false;
  @state() private measured: MeasuredModel | undefined;
  @state() private hasFailed = false;

  private async measure(): Promise<void> {
    this.isMeasuring = true;
    this.hasFailed = false;
    try {
      this.measured = await this.app.models.measure(this.name);
    } catch (error) {
      console.warn(`${this.name} could not be measured.`, error);
      this.hasFailed = true;
    } finally {
      this.isMeasuring = false;
    }
  }

  private result() {
    if (this.isMeasuring) return html`<p>${t.models.measuring}</p>`;
    if (this.hasFailed) return html`<p>${t.models.notMeasured}</p>`;
    if (!this.measured) return nothing;
    const { backend, tagMs, tagsPerSecond, model, meanAuc } = this.measured;
    const share = percent((tagMs * tagsPerSecond) / 1000);
    const count = model.labels.length;
    return html`
      <p>${t.models.cost(milliseconds(tagMs), t.backendNames[backend], share, tagsPerSecond)}</p>
      <p>${meanAuc === undefined ? t.models.skillUnknown(count) : t.models.skill(count, figure(meanAuc))}</p>
    `;
  }

  protected override render() {
    return html`
      <button
        type="button"
        aria-label=${t.heads.action(t.models.measure, this.name)}
        ?disabled=${this.isMeasuring}
        @click=${() => void this.measure()}
      >
        ${t.models.measure}
      </button>
      <div role="status">${this.result()}</div>
    `;
  }

  static override styles = [
    controlStyles,
    css`
      :host {
        display: grid;
        justify-items: start;
        gap: var(--space-2);
      }

      p {
        margin: 0;
        color: var(--text-muted);
        font-size: 0.9375rem;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-model-cost': EarmarkModelCost;
  }
}
