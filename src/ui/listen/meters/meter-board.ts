import type { ReactiveControllerHost } from 'lit';
import type { LabelFilter } from '../../../shared/contracts/settings';
import { FrameLoop } from '../../kit/frame-loop';
import { passes } from './filter/label-filter';
import { Glide } from './glide';
import { type Course, drawCourses } from './meter-courses';
import type { MeterLabel } from './meter-labels';
import { BAR_INTERVAL_MS, moveMeter, restingMotion } from './meter-motion';
import { MeterOrder } from './meter-order';
import { createRow, type MeterRow, putInOrder } from './meter-row';

/** How many labels are shown large at the top. */
export const STRONGEST = 6;

/** An order that changes more often is unreadable. */
const REORDER_INTERVAL_MS = 500;

/** Interval at which digits follow the bars. */
const PERCENT_INTERVAL_MS = 120;

/** The history lines move slowly: about two pixels per second. */
const COURSE_INTERVAL_MS = 250;

/** What the active head has heard, one value per label. */
export interface HeardProbabilities {
  readonly probabilities: ArrayLike<number>;
  /** The same, with 0 for labels that one below them covers: they do not go to the top. */
  readonly told: ArrayLike<number>;
  /** The second head's, in its own order. */
  readonly compared: ArrayLike<number> | undefined;
}

export const silence: HeardProbabilities = { probabilities: [], told: [], compared: undefined };

/** Which meters are shown, and where. */
export interface MeterPlaces {
  readonly filter: LabelFilter;
  readonly strongest: HTMLElement;
  readonly rest: HTMLElement;
  /** How many of the small meters are drawn, from the top. */
  readonly restCount: number;
}

/** Meters at this distance from the screen are drawn too, so that they are there when they are scrolled to. */
const NEAR = '300px';

/** The meters of all labels: moves them, and reorders them. */
export class MeterBoard {
  rows: readonly MeterRow[] = [];
  private order = new MeterOrder([]);
  private places: MeterPlaces | undefined;
  /** Index of each label among the second head's, −1 if it does not know it; undefined without a second head. */
  private comparedIndices: readonly number[] | undefined;
  private course: Course | undefined;
  private coursesDrawnMs = Number.NEGATIVE_INFINITY;
  private percentsWrittenMs = Number.NEGATIVE_INFINITY;
  private barsDrawnMs = Number.NEGATIVE_INFINITY;
  /** Where a meter will be at the next drawing; one for all, because none should create garbage. */
  private readonly ahead = restingMotion();
  private reorderedMs = Number.NEGATIVE_INFINITY;
  private readonly glide = new Glide();
  private readonly rowOf = new Map<Element, MeterRow>();
  private readonly nearness = new IntersectionObserver((entries) => this.takeNearness(entries), { rootMargin: NEAR });
  private readonly loop: FrameLoop;

  constructor(
    host: ReactiveControllerHost,
    /** Called on every frame. While it returns true, no meter changes places. */
    private readonly holdsOrder: () => boolean,
  ) {
    this.loop = new FrameLoop(host, (elapsedMs) => this.drawFrame(elapsedMs));
  }

  /** Creates one meter per label, all at 0 and in alphabetical order. */
  create(labels: readonly MeterLabel[]): void {
    this.nearness.disconnect();
    for (const row of this.rows) row.meter.remove();
    this.rows = labels.map(createRow);
    this.rowOf.clear();
    for (const row of this.rows) {
      this.rowOf.set(row.meter, row);
      this.nearness.observe(row.meter);
    }
    this.order = new MeterOrder(labels.map(({ name }) => name));
  }

  /** Shows a second head's values next to the first's; undefined for none. */
  compare(compared: readonly MeterLabel[] | undefined): void {
    this.comparedIndices =
      compared && this.rows.map(({ label }) => compared.findIndex((other) => other.id === label.id));
    for (const { meter } of this.rows) {
      meter.comparing = compared !== undefined;
      meter.compared = undefined;
    }
  }

  show({ probabilities, told, compared }: HeardProbabilities): void {
    this.rows.forEach((row, index) => {
      row.probability = probabilities[index] ?? 0;
      row.isTold = row.probability === 0 || told[index] !== 0;
      row.meter.probability = row.probability;
      if (this.comparedIndices) row.meter.compared = compared?.[this.comparedIndices[index] ?? -1];
    });
    this.barsDrawnMs = Number.NEGATIVE_INFINITY;
    this.loop.start();
  }

  showCourses(course: Course): void {
    this.course = course;
    this.loop.start();
  }

  /** Draws at least one more frame, after a hold on the order has ended. */
  goOn(): void {
    this.loop.start();
  }

  /** The row whose meter is among these elements. */
  rowAmong(path: readonly EventTarget[]): MeterRow | undefined {
    return path.map((target) => this.rowOf.get(target as Element)).find((row) => row !== undefined);
  }

  /** The rows that the filter shows, in their order. */
  get shown(): readonly MeterRow[] {
    return this.shownIn(this.order.indices);
  }

  private shownIn(indices: readonly number[]): readonly MeterRow[] {
    return indices.flatMap((index) => this.rows[index] ?? []).filter(({ meter }) => !meter.hidden);
  }

  /** Moves meters to the places given by order and filter, and touches no others. */
  arrange(places: MeterPlaces): void {
    this.places = places;
    const ordered = this.order.indices.flatMap((index) => this.rows[index] ?? []);
    const shown = ordered.filter(({ label }) => passes(label, places.filter));
    const strongest = new Set(shown.slice(0, STRONGEST));
    for (const row of ordered) {
      row.meter.hidden = !passes(row.label, places.filter);
      row.meter.large = strongest.has(row);
      if (isVisible(row)) this.draw(row);
    }
    places.rest.style.setProperty('--shown', String(shown.length - strongest.size));
    putInOrder(places.strongest, [...strongest]);
    putInOrder(places.rest, ordered.filter((row) => !strongest.has(row)).slice(0, places.restCount));
  }

  private drawFrame(elapsedMs: number): boolean {
    let moving = false;
    for (const row of this.rows) if (moveMeter(row.motion, row.probability, elapsedMs)) moving = true;
    const nowMs = performance.now();
    if (!moving || nowMs - this.barsDrawnMs >= BAR_INTERVAL_MS) this.drawBars(nowMs);
    if (!moving || nowMs - this.percentsWrittenMs >= PERCENT_INTERVAL_MS) this.writePercents(nowMs);
    const held = this.holdsOrder();
    const sorted = !held && nowMs - this.reorderedMs >= REORDER_INTERVAL_MS && this.sort(nowMs);
    if (this.course && (sorted || !moving || nowMs - this.coursesDrawnMs >= COURSE_INTERVAL_MS)) {
      this.coursesDrawnMs = nowMs;
      drawCourses(this.rows, this.course);
    }
    return moving;
  }

  /** Sends bars and peak marks to where they will be at the next drawing: until then, the browser's compositor moves them. */
  private drawBars(nowMs: number): void {
    this.barsDrawnMs = nowMs;
    for (const row of this.rows) if (isVisible(row)) this.drawBar(row);
  }

  private drawBar({ meter, motion, probability }: MeterRow): void {
    moveMeter(Object.assign(this.ahead, motion), probability, BAR_INTERVAL_MS);
    meter.drawAt(this.ahead.level, this.ahead.peak);
  }

  private draw(row: MeterRow): void {
    this.drawBar(row);
    row.meter.writePercent(row.motion.level);
  }

  private writePercents(nowMs: number): void {
    this.percentsWrittenMs = nowMs;
    for (const row of this.rows) if (isVisible(row)) row.meter.writePercent(row.motion.level);
  }

  private takeNearness(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const row = this.rowOf.get(target);
      if (!row || row.isNear === isIntersecting) continue;
      row.isNear = isIntersecting;
      if (isIntersecting) this.draw(row);
    }
  }

  /** @returns whether the order has changed. */
  private sort(nowMs: number): boolean {
    const { places } = this;
    if (!places) return false;
    const levels = this.rows.map(({ isTold, motion }) => (isTold ? motion.level : 0));
    const peaks = this.rows.map(({ isTold, motion }) => (isTold ? motion.peak : 0));
    const { indices } = this.order;
    if (!this.order.update(levels, peaks)) return false;
    const before = this.shownIn(indices);
    this.reorderedMs = nowMs;
    const after = this.shown;
    this.glide.play(
      after.filter((row, place) => row !== before[place]).map(({ meter }) => meter),
      () => this.arrange(places),
    );
    return true;
  }
}

/** The large ones are always visible: that they are near is known only after they are there. */
function isVisible({ meter, isNear }: MeterRow): boolean {
  return !meter.hidden && (isNear || meter.large);
}
