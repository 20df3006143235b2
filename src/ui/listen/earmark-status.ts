import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { BackendReport } from '../../shared/contracts/backend';
import type { Tags } from '../../shared/contracts/tagger-api';
import { controlStyles } from '../kit/control-styles';
import { decibels } from '../kit/format';
import { LocalizedElement } from '../kit/localized-element';
import { t } from '../messages/messages';
import { readingStyles } from './reading-styles';

/** The level bar's left end. */
const QUIETEST_DB = -80;

/** Digits that change more often are unreadable. */
const READING_INTERVAL_MS = 500;

export interface Reading {
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

  protected override render() {
    const { tags } = this.reading ?? {};
    const dropped = tags?.droppedPieces ?? 0;
    return html`
      <dl>
        <div class="item level">
          <dt class="told">${t.status.level}</dt>
          <dd>
            <span class="level-track"><span class="level-bar"></span></span>
            <span class="level-value">${tags ? decibels(tags.levelDb) : '–'}</span>
          </dd>
        </div>
        ${dropped > 0 ? html`<div class="item"><dt>${t.status.lost}</dt><dd>${t.status.blocks(dropped)}</dd></div>` : nothing}
      </dl>
      <details>
        <summary>${t.status.details}</summary>
        <earmark-engine .backend=${this.backend} .reading=${this.reading}></earmark-engine>
      </details>
    `;
  }

  static override styles = [
    controlStyles,
    readingStyles,
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
        .level-track {
          inline-size: 4rem;
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
