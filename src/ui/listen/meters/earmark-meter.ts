import { html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { percent } from '../../kit/format';
import { placed } from '../../kit/placed';
import { t } from '../../messages/messages';
import { COURSE_HEIGHT, coursePath } from './course-path';
import { meterStyles } from './meter-styles';

/** Without a measured threshold, a sound counts as heard if it is more likely present than absent. */
const UNMEASURED_THRESHOLD = 0.5;

/** The last minute, in parts of half a second. */
export const COURSE_PARTS = 120;

const noCourse = new Float32Array(COURSE_PARTS).fill(Number.NaN);

/** A bar moves in steps too small to see, so that noise near 0 does not repaint it in every frame. */
const STEPS = 256;
const LARGE_STEPS = 1024;

/**
 * One label's meter.
 *
 * Assistive technology reads the newest probability; the drawing moves towards it. The drawing is written straight to
 * the elements, because it changes in every frame.
 */
@customElement('earmark-meter')
export class EarmarkMeter extends LitElement {
  /** The label's display name. */
  @property() name = '';

  /** Among the strongest, and drawn large. */
  @property({ type: Boolean, reflect: true }) large = false;

  /** A second head's value is shown next to the first. */
  @property({ type: Boolean, reflect: true }) comparing = false;

  /** Probabilities from which the sound counts as heard, and from which that is right in 95 % of cases. */
  @property({ attribute: false }) threshold: number | undefined;
  @property({ attribute: false }) sureThreshold: number | undefined;

  @query('.course-line', true) private courseLine!: SVGPathElement;
  @query('.course-area', true) private courseArea!: SVGPathElement;
  @query('.bar', true) private bar!: HTMLElement;
  @query('.peak', true) private peakMark!: HTMLElement;
  @query('.percent', true) private percentText!: HTMLElement;
  @query('.second', true) private secondText!: HTMLElement;
  @query('.second-mark', true) private secondMark!: HTMLElement;

  /** The last minute as it is drawn: {@link COURSE_PARTS} probabilities, NaN where there was no result. */
  course: Float32Array = noCourse;

  private reportedPermille = -1;
  private comparedText = '–';
  private measured = '';
  private drawnLevel = 0;
  private drawnPeak = 0;
  private writtenLevel = 0;
  private writtenPercent = '';

  /** The newest probability, 0 to 1. */
  set probability(probability: number) {
    const permille = Math.round(probability * 1000);
    if (permille === this.reportedPermille) return;
    this.reportedPermille = permille;
    this.setAttribute('aria-valuenow', String(permille / 1000));
    this.setAttribute('aria-valuetext', percent(probability));
  }

  /** The label's measured reliability in a sentence; empty unless it is inspected. */
  set description(sentence: string) {
    this.measured = sentence;
    this.describe();
  }

  private describe(): void {
    const { comparedText, measured } = this;
    const compared = this.comparing ? t.meters.comparedHead(comparedText) : '';
    this.setAttribute('aria-description', [compared, measured].filter((part) => part !== '').join('. '));
  }

  /** The second head's probability; undefined if it does not know the sound, or nothing was heard. */
  set compared(probability: number | undefined) {
    if (!this.hasUpdated) return;
    const text = probability === undefined ? '–' : percent(probability);
    if (text !== this.secondText.textContent) this.secondText.textContent = text;
    this.secondMark.style.transform = `translateX(${Math.round((probability ?? 0) * STEPS) / (STEPS / 100)}%)`;
    this.comparedText = text;
    this.describe();
  }

  /** Moves the bar and the peak mark to these positions, 0 to 1. */
  drawAt(level: number, peak: number): void {
    if (!this.hasUpdated) return;
    const steps = this.large ? LARGE_STEPS : STEPS;
    const drawnLevel = Math.round(level * steps) / steps;
    if (drawnLevel !== this.drawnLevel) {
      this.drawnLevel = drawnLevel;
      this.bar.style.transform = `scaleX(${drawnLevel})`;
      this.toggleAttribute('strong', level >= (this.threshold ?? UNMEASURED_THRESHOLD));
    }
    const drawnPeak = Math.round(peak * steps) / steps;
    if (drawnPeak !== this.drawnPeak) {
      this.drawnPeak = drawnPeak;
      this.peakMark.style.transform = `translateX(${drawnPeak * 100}%)`;
    }
  }

  /** Writes the percentage, less often than the bar moves: fast-changing digits are unreadable. */
  writePercent(level: number): void {
    this.writtenLevel = level;
    const text = percent(level);
    if (!this.hasUpdated || text === this.writtenPercent) return;
    this.writtenPercent = text;
    this.percentText.textContent = text;
  }

  /** The value that the digits show. */
  get shownLevel(): number {
    return this.writtenLevel;
  }

  drawCourse(values: Float32Array): void {
    if (!this.hasUpdated) return;
    this.course = values;
    const { line, area } = coursePath(values);
    this.courseLine.setAttribute('d', line);
    this.courseArea.setAttribute('d', area);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasAttribute('role')) return;
    this.setAttribute('role', 'meter');
    this.setAttribute('aria-valuemin', '0');
    this.setAttribute('aria-valuemax', '1');
    // It may have got one before it was attached.
    if (!this.hasAttribute('aria-valuenow')) this.probability = 0;
  }

  protected override willUpdate(): void {
    this.setAttribute('aria-label', this.name);
  }

  protected override updated(): void {
    // At first, and in another language.
    this.writePercent(this.writtenLevel);
  }

  protected override render() {
    return html`
      <div class="text"><span class="name">${this.name}</span><span class="values"><span class="percent"></span><span class="second">–</span></span></div>
      <div class="track">
        <div class="bar"></div>
        <div class="peak"></div>
        <div class="second-mark"></div>
        ${mark('threshold', this.threshold)}${mark('sure', this.sureThreshold)}
      </div>
      <svg class="course" viewBox="0 0 ${COURSE_PARTS - 1} ${COURSE_HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
        <path class="course-area" /><path class="course-line" vector-effect="non-scaling-stroke" />
      </svg>
    `;
  }

  static override styles = meterStyles;
}

/** Marks a probability on the track. */
function mark(name: string, probability: number | undefined) {
  return probability === undefined
    ? nothing
    : html`<i class=${name} ${placed({ insetInlineStart: `${(100 * probability).toFixed(2)}%` })}></i>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-meter': EarmarkMeter;
  }
}
