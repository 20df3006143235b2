import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { BackendReport } from '../../shared/contracts/backend';
import { controlStyles } from '../kit/control-styles';
import { decimal, milliseconds } from '../kit/format';
import { LocalizedElement } from '../kit/localized-element';
import { t } from '../messages/messages';
import './earmark-backend-report';
import type { Reading } from './earmark-status';
import { readingStyles } from './reading-styles';

/** Figures of the engine, which only few people need: backend, tag rate and latencies. */
@customElement('earmark-engine')
export class EarmarkEngine extends LocalizedElement {
  @property({ attribute: false }) backend: BackendReport | undefined;
  @property({ attribute: false }) reading: Reading | undefined;

  private item(name: string, value: unknown) {
    return html`<div class="item"><dt>${name}</dt><dd>${value}</dd></div>`;
  }

  protected override render() {
    const { backend } = this;
    const { tags, latencyMs } = this.reading ?? {};
    return html`
      <dl>
        <div class="item">
          <dt class=${backend ? 'told' : ''}>${t.status.backend}</dt>
          <dd>
            ${backend ? t.backendNames[backend.taken] : '–'}
            <earmark-backend-report .report=${backend}></earmark-backend-report>
          </dd>
        </div>
        ${this.item(t.status.tags, tags?.tagsPerSecond ? t.status.perSecond(decimal(tags.tagsPerSecond, 1)) : '–')}
        ${this.item(t.status.model, tags ? (tags.isResting ? t.status.resting : milliseconds(tags.modelMs)) : '–')}
        ${this.item(t.status.latency, latencyMs === undefined ? '–' : `${Math.round(latencyMs)} ms`)}
      </dl>
    `;
  }

  static override styles = [
    controlStyles,
    readingStyles,
    css`
      :host {
        display: block;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-engine': EarmarkEngine;
  }
}
