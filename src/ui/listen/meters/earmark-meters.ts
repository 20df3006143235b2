import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { controlStyles } from '../../kit/control-styles';
import type { EarmarkFilter } from './earmark-filter';
import { everyLabel, FilterEvent, passes } from './earmark-filter';
import './earmark-filter';
import type { RecentHistory } from '../../../app/rewind/recent-history';
import { COURSE_PARTS, COURSE_SECONDS, type EarmarkMeter } from './earmark-meter';
import './earmark-meter';
import { FrameLoop } from '../../kit/frame-loop';
import { OwnTurnElement } from '../../kit/own-turn-element';
import { pageDrawn } from '../../kit/page-drawn';
import { t } from '../../messages/messages';
import type { EarmarkTrust } from './earmark-trust';
import { Glide } from './glide';
import { type MeterLabel, MY_SOUNDS } from './meter-labels';
import { type MeterMotion, moveMeter, restingMotion } from './meter-motion';
import { alphabetical, reorder } from './meter-order';
import { metersStyles } from './meters-styles';

/** How many labels stand large at the top. */
const STRONGEST = 6;

/** Order that changes more often cannot be read. */
const REORDER_INTERVAL_MS = 500;

/** Digits follow the bars this often. */
const PERCENT_INTERVAL_MS = 120;

/** The last minutes' lines move slowly: two pixels a second or so. */
const COURSE_INTERVAL_MS = 250;

/** A pointer that only crosses a meter on its way does not rest on it for this long. */
const TRUST_WAIT_MS = 300;

/** A popover that nobody looks at any more goes away after this long without a movement of the pointer. */
const TRUST_REST_MS = 8000;

/** Time to move the pointer from a meter into its popover. */
const TRUST_LEAVE_MS = 250;

/** Stand where the strongest will be while there is no model, so that nothing jumps when it comes. */
const blankTracks = Array.from({ length: STRONGEST }, () => html`<i></i>`);

interface Row {
  readonly label: MeterLabel;
  readonly meter: EarmarkMeter;
  readonly motion: MeterMotion;
  probability: number;
}

/** All meters of a model: the strongest large at the top, then what the page puts there, then the rest in columns, narrowed by a filter. */
@customElement('earmark-meters')
export class EarmarkMeters extends OwnTurnElement {
  /** In the order of the probabilities. */
  @property({ attribute: false }) labels: readonly MeterLabel[] = [];
  /** Those of a second head, in the order of its probabilities; undefined: there is none. */
  @property({ attribute: false }) compared: readonly MeterLabel[] | undefined;

  /** What the person wants to see; a {@link FilterEvent} tells of a change. */
  @property({ attribute: false }) filter = everyLabel;
  @query('.strongest', true) private strongest!: HTMLElement;
  @query('.rest', true) private rest!: HTMLElement;
  @query('earmark-trust', true) private trust!: EarmarkTrust;
  @query('earmark-filter', true) private filterBar!: EarmarkFilter;

  private rows: readonly Row[] = [];
  private order: readonly number[] = [];
  /** Where each label stands among the second head's; −1 where it does not know it. */
  private comparedIndices: readonly number[] = [];
  private course: { history: RecentHistory; head: string; endSeconds: number } | undefined;
  private coursesDrawnMs = Number.NEGATIVE_INFINITY;
  /** The meter that is looked at closely: while there is one, none changes places. */
  private closeUp: Row | undefined;
  /** Its popover is there; its code is fetched when it is first wanted. */
  private trustIsOpen = false;
  private closeUpTimer: ReturnType<typeof setTimeout> | undefined;
  private waitTimer: ReturnType<typeof setTimeout> | undefined;
  /** The meter that the tab key reaches; arrow keys go on from it. */
  private reachable: Row | undefined;
  private percentsWrittenMs = Number.NEGATIVE_INFINITY;
  private reorderedMs = Number.NEGATIVE_INFINITY;
  /** At the start the small meters come after the strongest were drawn: all at once would hold up the page. */
  private restIsThere = false;
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

  /** The strongest labels' lines show the minute that ends at this moment of the history. */
  showCourses(history: RecentHistory, head: string, endSeconds: number): void {
    this.course = { history, head, endSeconds };
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
    const sorted = nowMs - this.reorderedMs >= REORDER_INTERVAL_MS && !this.closeUp && this.sort(nowMs);
    if (sorted || !moving || nowMs - this.coursesDrawnMs >= COURSE_INTERVAL_MS) this.drawCourses(nowMs);
    if (this.closeUp && this.trustIsOpen) this.trust.probability = this.closeUp.probability;
    return moving;
  }

  private drawCourses(nowMs: number): void {
    if (!this.course) return;
    this.coursesDrawnMs = nowMs;
    const { history, head, endSeconds } = this.course;
    const large = this.rows.flatMap(({ meter }, index) => (meter.large && !meter.hidden ? [index] : []));
    // On a grid of whole parts, so that the line moves on instead of trembling.
    const partSeconds = COURSE_SECONDS / COURSE_PARTS;
    const end = Math.ceil(endSeconds / partSeconds) * partSeconds;
    const courses = history.course(head, large, end, COURSE_SECONDS, COURSE_PARTS);
    for (const [i, index] of large.entries()) this.rows[index]?.meter.drawCourse(courses[i] as Float32Array);
  }

  private writePercents(nowMs: number): void {
    this.percentsWrittenMs = nowMs;
    for (const { meter, motion } of this.rows) meter.writePercent(motion.level);
  }

  /** @returns whether the order has changed. */
  private sort(nowMs: number): boolean {
    const levels = this.rows.map((row) => row.motion.level);
    const order = reorder(this.order, levels);
    if (order.every((index, place) => index === this.order[place])) return false;
    this.order = order;
    this.reorderedMs = nowMs;
    const shown = this.rows.filter((row) => !row.meter.hidden).map((row) => row.meter);
    this.glide.play(shown, () => this.arrange());
    return true;
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
    if (this.restIsThere) {
      putInOrder(
        this.rest,
        ordered.filter((row) => !strongest.has(row)),
      );
    }
    if (!this.reachable || !shown.includes(this.reachable)) this.reach(shown[0]);
  }

  /** Lets the tab key reach this meter, and no other: fifty stops would be in everyone's way. */
  private reach(row: Row | undefined): void {
    if (this.reachable) this.reachable.meter.tabIndex = -1;
    this.reachable = row;
    if (row) row.meter.tabIndex = 0;
  }

  private rowOf(event: Event): Row | undefined {
    return this.rows.find(({ meter }) => event.composedPath().includes(meter));
  }

  /** Shows what was measured of a meter's label. */
  private async look(row: Row | undefined): Promise<void> {
    clearTimeout(this.closeUpTimer);
    clearTimeout(this.waitTimer);
    if (!row || row === this.closeUp) return;
    this.closeUp = row;
    if (!customElements.get('earmark-trust')) await import('./earmark-trust');
    await this.trust.updateComplete;
    if (this.closeUp !== row) return;
    this.trustIsOpen = true;
    this.trust.showFor(row.meter, row.label, row.probability);
    row.meter.description = this.trust.sentence;
  }

  private lookAway = (): void => {
    clearTimeout(this.closeUpTimer);
    clearTimeout(this.waitTimer);
    if (this.closeUp) this.closeUp.meter.description = '';
    this.closeUp = undefined;
    if (this.trustIsOpen) this.trust.hide();
    this.trustIsOpen = false;
    this.loop.start();
  };

  private lookAwaySoon(afterMs: number): void {
    clearTimeout(this.closeUpTimer);
    if (!this.closeUp?.meter.matches(':focus-visible')) this.closeUpTimer = setTimeout(this.lookAway, afterMs);
  }

  private onPointerMove(event: PointerEvent): void {
    if (event.pointerType === 'touch') return;
    const row = this.rowOf(event);
    clearTimeout(this.waitTimer);
    if (row) this.waitTimer = setTimeout(() => void this.look(row), TRUST_WAIT_MS);
    this.lookAwaySoon(TRUST_REST_MS);
  }

  private onPointerLeave(event: PointerEvent): void {
    clearTimeout(this.waitTimer);
    if (event.pointerType !== 'touch') this.lookAwaySoon(TRUST_LEAVE_MS);
  }

  /** A finger can not rest above a meter: it taps to look, and taps again to look away. */
  private onClick(event: PointerEvent): void {
    if (event.pointerType !== 'touch') return;
    const row = this.rowOf(event);
    if (row === this.closeUp) this.lookAway();
    else void this.look(row);
    this.lookAwaySoon(TRUST_REST_MS);
  }

  private onFocus(event: FocusEvent): void {
    const row = this.rowOf(event);
    if (!row) return;
    this.reach(row);
    if (row.meter.matches(':focus-visible')) void this.look(row);
  }

  private onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.lookAway();
    const from = this.rowOf(event);
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
    const step = steps[event.key];
    if (!from || step === undefined) return;
    event.preventDefault();
    const shown = this.order.flatMap((index) => this.rows[index] ?? []).filter(({ meter }) => !meter.hidden);
    shown[shown.indexOf(from) + step]?.meter.focus();
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
    if (!this.restIsThere && this.rows.length > 0) void this.bringRest();
  }

  private async bringRest(): Promise<void> {
    await pageDrawn();
    this.restIsThere = true;
    this.arrange();
  }

  private createRows(): void {
    for (const row of this.rows) row.meter.remove();
    this.lookAway();
    this.reachable = undefined;
    this.rows = this.labels.map((label) => {
      const meter = document.createElement('earmark-meter');
      meter.name = label.name;
      meter.threshold = label.threshold;
      meter.sureThreshold = label.sureThreshold;
      meter.tabIndex = -1;
      return { label, meter, motion: restingMotion(), probability: 0 };
    });
    this.order = alphabetical(this.labels.map(({ name }) => name));
  }

  private emptyMessage() {
    const { text, group } = this.filter;
    return group === undefined ? t.meters.none(text.trim()) : t.meters.noneInGroup(t.groups[group], text.trim());
  }

  protected override render() {
    const shown = this.labels.filter((label) => passes(label, this.filter)).length;
    return html`
      <div
        class="meters"
        @pointermove=${this.onPointerMove}
        @pointerleave=${this.onPointerLeave}
        @click=${this.onClick}
        @focusin=${this.onFocus}
        @focusout=${() => this.lookAway()}
        @keydown=${this.onKeyDown}
      >
        ${this.labels.length === 0 ? html`<div class="blank" aria-hidden="true">${blankTracks}</div>` : nothing}
        <section aria-label=${t.meters.strongest} ?hidden=${shown === 0}><div class="strongest"></div></section>
        <slot></slot>
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
        <p class="empty" role="status">${shown === 0 && this.labels.length > 0 ? this.emptyMessage() : nothing}</p>
        <section aria-label=${t.meters.others} ?hidden=${shown <= STRONGEST}><div class="rest"></div></section>
        <earmark-trust></earmark-trust>
      </div>
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
