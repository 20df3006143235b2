import { type DetectionChange, EventDetector } from '../../events/detector';
import type { Moment } from '../../events/sounding';
import { eventThresholds } from '../../events/thresholds';
import { eventTiming } from '../../events/timing';
import type { EventRules } from '../../shared/contracts/diary/event-rules';
import type { HeardEvent } from '../../shared/contracts/diary/heard';
import { toFloat16 } from '../../shared/lib/math/float16';
import type { NamedHead } from '../live/active-heads';
import type { WallClock } from './wall-clock';

/** The model that hears. */
export interface HearingModel {
  readonly name: string;
  readonly backbone: string;
}

/** A change of an event, with the time of day. */
export interface EventChange {
  readonly kind: DetectionChange['kind'];
  readonly event: HeardEvent;
  /** Start and end on the audio clock. */
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Makes events of what the active head says. A change of the head or the rules ends what sounds. */
export class EventFollower {
  readonly #model: HearingModel;
  readonly #clock: WallClock;
  #rules: EventRules;
  #head: NamedHead | undefined;
  #detector: EventDetector | undefined;
  #newestSeconds = Number.NEGATIVE_INFINITY;
  /** Start of what sounds, by event: the clock may jump before it ends. */
  readonly #startsMs = new Map<string, number>();

  constructor(model: HearingModel, clock: WallClock, rules: EventRules) {
    this.#model = model;
    this.#clock = clock;
    this.#rules = rules;
  }

  /** @returns the ends of what still sounded. */
  setRules(rules: EventRules): EventChange[] {
    const ended = this.finish();
    this.#rules = rules;
    this.#head = undefined;
    return ended;
  }

  /** As of `EventDetector`. A head that is heard for the first time has no past to be unsure about. */
  unsureSoundSeconds(head: NamedHead, moment: Pick<Moment, 'windowEndSeconds' | 'probabilities'>): number | undefined {
    return head === this.#head ? this.#detector?.unsureSoundSeconds(moment) : undefined;
  }

  /** Takes the next window. */
  push(head: NamedHead, moment: Moment): EventChange[] {
    // Two tags can come from one piece if the rate is changed between them.
    if (moment.windowEndSeconds <= this.#newestSeconds) return [];
    this.#newestSeconds = moment.windowEndSeconds;
    const ended = head === this.#head ? [] : this.#follow(head);
    return [...ended, ...this.#changes(this.#detector?.push(moment) ?? [])];
  }

  /** Ends everything that still sounds. */
  finish(): EventChange[] {
    return this.#changes(this.#detector?.finish() ?? []);
  }

  #follow(head: NamedHead): EventChange[] {
    const ended = this.finish();
    this.#head = head;
    const thresholds = eventThresholds(head, this.#rules);
    this.#detector = new EventDetector(thresholds, eventTiming, () => crypto.randomUUID(), head.head.hierarchy);
    return ended;
  }

  #changes(changes: readonly DetectionChange[]): EventChange[] {
    return changes.map((change) => this.#changeOf(change));
  }

  #changeOf({ kind, detection }: DetectionChange): EventChange {
    const { id: head, labels, names } = this.#head as NamedHead;
    const { id, label, startSeconds, endSeconds, peakEmbedding, continues } = detection;
    const startMs = this.#startsMs.get(id) ?? this.#clock.msAt(startSeconds);
    if (kind === 'end') this.#startsMs.delete(id);
    else this.#startsMs.set(id, startMs);
    const event: HeardEvent = {
      id,
      label: labels[label] as string,
      labelName: names[label] as string,
      startMs,
      endMs: startMs + Math.round(1000 * (endSeconds - startSeconds)),
      peakProbability: detection.peakProbability,
      meanProbability: detection.meanProbability,
      peakLevelDb: detection.peakLevelDb,
      threshold: detection.threshold,
      model: this.#model.name,
      head,
      ...(peakEmbedding && { embedding: toFloat16(peakEmbedding), backbone: this.#model.backbone }),
      ...(continues !== undefined && { continues }),
      isOpen: kind !== 'end',
    };
    return { kind, event, startSeconds, endSeconds };
  }
}
