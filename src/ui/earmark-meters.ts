import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { controlStyles } from './control-styles';
import type { EarmarkFilter } from './earmark-filter';
import { everyLabel, FilterEvent, passes } from './earmark-filter';
import './earmark-filter';
import type { EarmarkMeter } from './earmark-meter';
import './earmark-meter';
import { FrameLoop } from './frame-loop';
import { Glide } from './glide';
import { LocalizedElement } from './localized-element';
import { language, t } from './messages/messages';
import { type MeterLabel, MY_SOUNDS } from './meter-labels';
import { type MeterMotion, moveMeter, restingMotion } from './meter-motion';
import { reorder } from './meter-order';
import { metersStyles } from './meters-styles';

/** How many labels stand large at the top. */
const STRONGEST = 6;

/** Order that changes more often cannot be read. */
const REORDER_INTERVAL_MS = 500;

/** Digits follow the bars this often. */
const PERCENT_INTERVAL_MS = 120;

/** Stand where the strongest will be while there is no model, so that nothing jumps when it comes. */
const blankTracks = Array.from({ length: STRONGEST }, () => html`<i></i>`);

interface Row {
  readonly label: MeterLabel;
  readonly meter: EarmarkMeter;
  readonly motion: MeterMotion;
  probability: number;
}

/** All meters of a model: the strongest large at the top, the rest in columns, narrowed by a filter. */
@customElement('earmark-meters')
export class EarmarkMeters extends LocalizedElement {
  /** In the order of the probabilities. */
  @property({ attribute: false }) labels: readonly MeterLabel[] = [];
  /** Those of a second head, in the order of its probabilities; undefined: there is none. */
  @property({ attribute: false }) compared: readonly MeterLabel[] | undefined;

  /** What the person wants to see; a {@link FilterEvent} tells of a change. */
  @property({ attribute: false }) filter = everyLabel;
  @query('.strongest', true) private strongest!: HTMLElement;
  @query('.rest', true) private rest!: HTMLElement;
  @query('earmark-filter', true) private filterBar!: EarmarkFilter;

  private rows: readonly Row[] = [];
  private order: readonly number[] = [];
  /** Where each label stands among the second head's; −1 where it does not know it. */
  private comparedIndices: readonly number[] = [];
  private percentsWrittenMs = Number.NEGATIVE_INFINITY;
  private reorderedMs = Number.NEGATIVE_INFINITY;
  private readonly glide = new Glide();
  private readonly loop = new FrameLoop(this, (elapsedMs) => this.drawFrame(elapsedMs));

  /** Takes the newest probabilities, one a label, and those of the second head. */
  showProbabilities(probabilities: ArrayLike<number>, compared?: ArrayLike<number>): void {
    this.rows.forEach((row, index) => {
      row.probability = probabilities[index] ?? 0;
      row.meter.probability = row.probability;
      if (this.compared) row.meter.compared = compared?.[this.comparedIndices[index] ?? -1];
    });
    this.loop.start();
  }

  /** Nothing is heard any more: every meter falls to 0. */
  fallSilent(): void {
    this.showProbabilities([]);
  }

  focusFilter(): void {
    this.filterBar.focus();
  }

  private drawFrame(elapsedMs: number): boolean {
    let moving = false;
    for (const { meter, motion, probability } of this.rows) {
      if (moveMeter(motion, probability, elapsedMs)) moving = true;
      if (!meter.hidden) meter.drawAt(motion.level, motion.peak);
    }
    const nowMs = performance.now();
    if (!moving || nowMs - this.percentsWrittenMs >= PERCENT_INTERVAL_MS) this.writePercents(nowMs);
    if (nowMs - this.reorderedMs >= REORDER_INTERVAL_MS) this.sort(nowMs);
    return moving;
  }

  private writePercents(nowMs: number): void {
    this.percentsWrittenMs = nowMs;
    for (const { meter, motion } of this.rows) meter.writePercent(motion.level);
  }

  private sort(nowMs: number): void {
    const levels = this.rows.map((row) => row.motion.level);
    const order = reorder(this.order, levels);
    if (order.every((index, place) => index === this.order[place])) return;
    this.order = order;
    this.reorderedMs = nowMs;
    const shown = this.rows.filter((row) => !row.meter.hidden).map((row) => row.meter);
    this.glide.play(shown, () => this.arrange());
  }

  /** Puts the meters where order and filter want them, and moves no other. */
  private arrange(): void {
    const ordered = this.order.flatMap((index) => this.rows[index] ?? []);
    const shown = ordered.filter((row) => passes(row.label, this.filter));
    const strongest = new Set(shown.slice(0, STRONGEST));
    for (const row of ordered) {
      row.meter.hidden = !passes(row.label, this.filter);
      row.meter.large = strongest.has(row);
      if (!row.meter.hidden) row.meter.drawAt(row.motion.level, row.motion.peak);
    }
    this.rest.style.setProperty('--shown', String(shown.length - strongest.size));
    putInOrder(this.strongest, [...strongest]);
    putInOrder(
      this.rest,
      ordered.filter((row) => !strongest.has(row)),
    );
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('labels')) this.createRows();
    if (changed.has('labels') || changed.has('compared')) {
      this.comparedIndices = this.labels.map(({ id }) => this.compared?.findIndex((label) => label.id === id) ?? -1);
      for (const { meter } of this.rows) {
        meter.comparing = this.compared !== undefined;
        meter.compared = undefined;
      }
    }
    this.arrange();
  }

  private createRows(): void {
    for (const row of this.rows) row.meter.remove();
    this.rows = this.labels.map((label) => {
      const meter = document.createElement('earmark-meter');
      meter.name = label.name;
      return { label, meter, motion: restingMotion(), probability: 0 };
    });
    const name = (index: number) => this.rows[index]?.label.name ?? '';
    this.order = this.rows.map((_, index) => index).sort((a, b) => name(a).localeCompare(name(b), language));
  }

  private emptyMessage() {
    const { text, group } = this.filter;
    return group === undefined ? t.meters.none(text.trim()) : t.meters.noneInGroup(t.groups[group], text.trim());
  }

  protected override render() {
    const shown = this.labels.filter((label) => passes(label, this.filter)).length;
    return html`
      <earmark-filter
        .filter=${this.filter}
        .shown=${shown}
        .total=${this.labels.length}
        .taught=${this.labels.some(({ group }) => group === MY_SOUNDS)}
        ?inert=${this.labels.length === 0}
        @filterchange=${(event: FilterEvent) => {
          this.filter = event.filter;
          this.dispatchEvent(new FilterEvent(event.filter));
        }}
      ></earmark-filter>
      ${this.labels.length === 0 ? html`<div class="blank" aria-hidden="true">${blankTracks}</div>` : nothing}
      <p class="empty" role="status">${shown === 0 && this.labels.length > 0 ? this.emptyMessage() : nothing}</p>
      <section aria-label=${t.meters.strongest} ?hidden=${shown === 0}><div class="strongest"></div></section>
      <section aria-label=${t.meters.others} ?hidden=${shown <= STRONGEST}><div class="rest"></div></section>
    `;
  }

  static override styles = [controlStyles, metersStyles];
}

/** Makes `rows` the children of `parent` in this order, without touching those that already stand right. */
function putInOrder(parent: Element, rows: readonly Row[]): void {
  let next = parent.firstElementChild;
  for (const { meter } of rows) {
    if (meter === next) next = next.nextElementSibling;
    else parent.insertBefore(meter, next);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-meters': EarmarkMeters;
  }
}
