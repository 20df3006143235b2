import { css, html, LitElement } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { percent } from './format';

/** From here on a sound is more likely there than not, and its bar says so. */
const STRONG = 0.5;

/** A bar moves in steps that are too small to be seen, so that noise near 0 does not repaint it in every frame. */
const STEPS = 256;
const LARGE_STEPS = 1024;

/**
 * One label's meter.
 *
 * What assistive technology reads is the newest probability; what is drawn moves towards it. The drawing is written
 * straight to the elements, because it changes in every frame.
 */
@customElement('earmark-meter')
export class EarmarkMeter extends LitElement {
  /** The label's display name. */
  @property() name = '';

  /** Stands among the strongest, and is drawn large. */
  @property({ type: Boolean, reflect: true }) large = false;

  @query('.bar', true) private bar!: HTMLElement;
  @query('.peak', true) private peakMark!: HTMLElement;
  @query('.percent', true) private percentText!: HTMLElement;

  private drawnLevel = 0;
  private drawnPeak = 0;
  private writtenPercent = '0 %';

  /** The newest probability, 0 to 1. */
  set probability(probability: number) {
    this.setAttribute('aria-valuenow', String(Math.round(probability * 1000) / 1000));
    this.setAttribute('aria-valuetext', percent(probability));
  }

  /** Moves the bar and the peak mark to these places, 0 to 1. */
  drawAt(level: number, peak: number): void {
    if (!this.hasUpdated) return;
    const steps = this.large ? LARGE_STEPS : STEPS;
    const drawnLevel = Math.round(level * steps) / steps;
    if (drawnLevel !== this.drawnLevel) {
      this.drawnLevel = drawnLevel;
      this.bar.style.transform = `scaleX(${drawnLevel})`;
      this.toggleAttribute('strong', level >= STRONG);
    }
    const drawnPeak = Math.round(peak * steps) / steps;
    if (drawnPeak !== this.drawnPeak) {
      this.drawnPeak = drawnPeak;
      this.peakMark.style.transform = `translateX(${drawnPeak * 100}%)`;
    }
  }

  /** Writes the percent: less often than the bar moves, because digits that run cannot be read. */
  writePercent(level: number): void {
    const text = percent(level);
    if (!this.hasUpdated || text === this.writtenPercent) return;
    this.writtenPercent = text;
    this.percentText.textContent = text;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasAttribute('role')) return;
    this.setAttribute('role', 'meter');
    this.setAttribute('aria-valuemin', '0');
    this.setAttribute('aria-valuemax', '1');
    this.probability = 0;
  }

  protected override willUpdate(): void {
    this.setAttribute('aria-label', this.name);
  }

  protected override render() {
    return html`
      <div class="text"><span class="name">${this.name}</span><span class="percent">0 %</span></div>
      <div class="track">
        <div class="bar"></div>
        <div class="peak"></div>
      </div>
    `;
  }

  static override styles = css`
    :host {
      display: block;
      box-sizing: border-box;
      /* Fixed, so that new digits in one meter lay out nothing but that meter. */
      block-size: 2.4375rem;
      padding-block: 0.375rem 0.5rem;
      /* Whole rows pass over one another while they change places. */
      background: var(--page);
      contain: strict;
      color: var(--text-muted);
    }

    :host([hidden]) {
      display: none;
    }

    :host([strong]) {
      color: var(--text);
    }

    .text {
      display: flex;
      align-items: baseline;
      justify-content: space-between;
      gap: var(--space-2);
      font-size: 0.875rem;
      line-height: 1.5;
    }

    .name {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }

    .percent {
      flex: none;
      font-variant-numeric: tabular-nums;
    }

    .track {
      position: relative;
      block-size: 0.25rem;
      border-radius: 0.125rem;
      background: var(--track);
    }

    .bar,
    .peak {
      box-sizing: border-box;
      position: absolute;
      inset-block: 0;
      inline-size: 100%;
    }

    .bar {
      inset-inline-start: 0;
      border-radius: inherit;
      background: var(--bar);
      transform: scaleX(0);
      transform-origin: left;
    }

    :host([strong]) .bar {
      background: var(--bar-strong);
    }

    /* As wide as the track and left of it, out of sight: moved by a share of its own width, its right edge is the mark. */
    .peak {
      inset-inline-start: -100%;
      border-inline-end: max(2px, 0.125rem) solid var(--peak);
    }

    :host([large]) {
      block-size: 4.75rem;
      padding-block: var(--space-2) var(--space-3);
      color: var(--text);
    }

    :host([large]) .text {
      margin-block-end: var(--space-1);
      font-size: var(--text-title);
      line-height: 1.3;
    }

    :host([large]) .name {
      font-weight: 600;
      letter-spacing: -0.01em;
    }

    :host([large]) .percent {
      font-size: 1.5rem;
    }

    :host([large]) .track {
      block-size: 0.75rem;
      border-radius: 0.25rem;
    }

    /* A scale of tenths below the strongest ones. */
    :host([large])::after {
      content: '';
      display: block;
      block-size: 0.25rem;
      margin-block-start: 0.1875rem;
      border-inline-end: 1px solid var(--control-line);
      background: repeating-linear-gradient(to right, var(--control-line) 0 1px, transparent 1px 10%);
      opacity: 0.6;
    }

    @container (width < 40rem) {
      :host([large]) {
        block-size: 3.125rem;
        padding-block: var(--space-1);
      }

      :host([large]) .text {
        font-size: 1.125rem;
      }

      :host([large]) .percent {
        font-size: 1.25rem;
      }

      :host([large]) .track {
        block-size: 0.625rem;
      }

      :host([large])::after {
        display: none;
      }
    }

    @media (forced-colors: active) {
      :host([large])::after {
        display: none;
      }

      .track {
        border: 1px solid CanvasText;
      }

      .bar,
      :host([strong]) .bar {
        forced-color-adjust: none;
        background: Highlight;
      }

      .peak {
        border-color: CanvasText;
      }
    }
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-meter': EarmarkMeter;
  }
}
