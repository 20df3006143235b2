import { html, LitElement } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { percent } from './format';
import { t } from './messages/messages';
import { meterStyles } from './meter-styles';

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

  /** A second head's value stands beside the first. */
  @property({ type: Boolean, reflect: true }) comparing = false;

  @query('.bar', true) private bar!: HTMLElement;
  @query('.peak', true) private peakMark!: HTMLElement;
  @query('.percent', true) private percentText!: HTMLElement;
  @query('.second', true) private secondText!: HTMLElement;
  @query('.second-mark', true) private secondMark!: HTMLElement;

  private drawnLevel = 0;
  private drawnPeak = 0;
  private writtenPercent = '0 %';

  /** The newest probability, 0 to 1. */
  set probability(probability: number) {
    this.setAttribute('aria-valuenow', String(Math.round(probability * 1000) / 1000));
    this.setAttribute('aria-valuetext', percent(probability));
  }

  /** What the second head says; undefined where it does not know the sound, or nothing was heard. */
  set compared(probability: number | undefined) {
    if (!this.hasUpdated) return;
    const text = probability === undefined ? '–' : percent(probability);
    if (text !== this.secondText.textContent) this.secondText.textContent = text;
    this.secondMark.style.transform = `translateX(${Math.round((probability ?? 0) * STEPS) / (STEPS / 100)}%)`;
    this.setAttribute('aria-description', this.comparing ? t.meters.comparedHead(text) : '');
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
      <div class="text"><span class="name">${this.name}</span><span class="values"><span class="percent">0 %</span><span class="second">–</span></span></div>
      <div class="track">
        <div class="bar"></div>
        <div class="peak"></div>
        <div class="second-mark"></div>
      </div>
    `;
  }

  static override styles = meterStyles;
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-meter': EarmarkMeter;
  }
}
