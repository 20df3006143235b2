import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { BackendReport } from '../../shared/contracts/backend';
import type { Tags } from '../../shared/contracts/tagger-api';
import { controlStyles, visuallyHidden } from '../kit/control-styles';
import { decibels, decimal, milliseconds } from '../kit/format';
import { LocalizedElement } from '../kit/localized-element';
import { t } from '../messages/messages';

/** The level bar's left end. */
const QUIETEST_DB = -80;

/** Digits that change more often are unreadable. */
const READING_INTERVAL_MS = 500;

interface Reading {
  readonly tags: Tags;
  readonly latencyMs: number;
}

/** The input level and what was lost, with figures of the engine below: backend, tag rate and latencies. */
@customElement('earmark-status')
export class EarmarkStatus extends LocalizedElement {
  @property({ attribute: false }) backend: BackendReport | undefined;

  @state() private reading: Reading | undefined;
  @query('.level-bar', true) private levelBar!: HTMLElement;

  private readMs = Number.NEGATIVE_INFINITY;

  /** Takes the newest result. The level bar follows at once, the digits twice a second. */
  showTags(tags: Tags, latencyMs: number): void {
    const level = Math.max(0, Math.min(1, 1 - tags.levelDb / QUIETEST_DB));
    this.levelBar.style.transform = `scaleX(${level.toFixed(3)})`;
    const nowMs = performance.now();
    if (nowMs - this.readMs < READING_INTERVAL_MS) return;
    this.readMs = nowMs;
    this.reading = { tags, latencyMs };
  }

  /** Nothing is being measured any more. */
  clear(): void {
    this.levelBar.style.transform = 'scaleX(0)';
    this.readMs = Number.NEGATIVE_INFINITY;
    this.reading = undefined;
  }

  private item(name: string, value: unknown) {
    return html`<div class="item"><dt>${name}</dt><dd>${value}</dd></div>`;
  }

  protected override render() {
    const { tags } = this.reading ?? {};
    const dropped = tags?.droppedHops ?? 0;
    return html`
      <dl>
        <div class="item level">
          <dt>${t.status.level}</dt>
          <dd>
            <span class="level-track"><span class="level-bar"></span></span>
            <span class="level-value">${tags ? decibels(tags.levelDb) : '–'}</span>
          </dd>
        </div>
        ${dropped > 0 ? this.item(t.status.lost, t.status.hops(dropped)) : nothing}
      </dl>
      <details>
        <summary>${t.status.details}</summary>
        ${this.engine()}
      </details>
    `;
  }

  /** Figures of the engine, which only few people need. */
  private engine() {
    const { backend } = this;
    const { tags, latencyMs } = this.reading ?? {};
    return html`
      <dl>
        <div class="item">
          <dt class=${backend ? 'told' : ''}>${t.status.backend}</dt>
          <dd>
            ${backend ? t.backends.names[backend.taken] : '–'}
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
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: start;
        gap: 0 var(--space-5);
        color: var(--text-muted);
        font-size: var(--text-small);
        font-variant-numeric: tabular-nums;
      }

      dl {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--space-5);
        min-block-size: var(--target);
      }

      .item {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        min-block-size: 1.75rem;
        white-space: nowrap;
      }

      dd {
        display: flex;
        align-items: center;
        min-inline-size: 3.5em;
        color: var(--text);
      }

      summary {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        inline-size: fit-content;
        min-block-size: var(--target);
        color: var(--accent);
        cursor: pointer;
      }

      summary::before {
        content: '';
        border: 0.3em solid transparent;
        border-inline: 0.25em solid transparent;
        border-block-start-color: currentColor;
        translate: 0 0.15em;
      }

      summary::-webkit-details-marker {
        display: none;
      }

      [open] summary::before {
        rotate: 180deg;
        translate: 0 -0.15em;
      }

      .level dd {
        gap: var(--space-2);
      }

      .level-value {
        min-inline-size: 4.75rem;
      }

      .level-track {
        inline-size: 6rem;
        block-size: 0.375rem;
        overflow: hidden;
        border-radius: 0.1875rem;
        background: var(--track);
      }

      .level-track:dir(rtl) {
        scale: -1 1;
      }

      .level-bar {
        display: block;
        block-size: 100%;
        background: var(--text-muted);
        transform: scaleX(0);
        transform-origin: left;
        transition: transform var(--quick) linear;
      }

      @media (width < 40rem) {
        dl {
          column-gap: var(--space-3);
        }

        /* The text after it says the same. */
        .level dt,
        .told {
          ${visuallyHidden}
        }

        .level-track {
          inline-size: 4rem;
        }

        dd {
          min-inline-size: 2.5em;
        }
      }

      @media (forced-colors: active) {
        .level-track {
          border: 1px solid CanvasText;
        }

        .level-bar {
          forced-color-adjust: none;
          background: Highlight;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-status': EarmarkStatus;
  }
}
