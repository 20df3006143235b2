import { randomUUID } from 'node:crypto';
import { type DetectionChange, EventDetector } from '../../../src/events/detector';
import { eventTiming } from '../../../src/events/timing';
import type { TrainableModel } from '../../../src/model/engine/loaded-model';
import { tagRecording } from '../../../src/recordings/tag-recording';
import { WallClock } from '../../../src/tagger/diary/wall-clock';
import type { NamedHead } from '../tag/settings';
import type { EventLine } from './event-line';
import type { Output } from './outputs/output';
import type { Stretch } from './sources';

/** An event that still sounds is told of again after so long. */
const UPDATE_SECONDS = 1;

export interface ListenerParts {
  readonly source: string;
  readonly model: TrainableModel;
  readonly head: NamedHead;
  readonly outputs: readonly Output[];
  /** Time of day, in milliseconds since the epoch. */
  nowMs(): number;
}

/** Tells what sounds in one stretch of a source. */
export class Listener {
  readonly #parts: ListenerParts;
  readonly #detector: EventDetector;
  readonly #clock = new WallClock();
  /** When an event was last told of, on the clock of the sound. */
  readonly #toldSeconds = new Map<string, number>();
  /** Start of what sounds, by event: the clock may jump before it ends. */
  readonly #startsMs = new Map<string, number>();

  constructor(parts: ListenerParts) {
    this.#parts = parts;
    this.#detector = new EventDetector(parts.head.thresholds, eventTiming, randomUUID);
  }

  async hear(stretch: Stretch): Promise<void> {
    const { model, head, outputs } = this.#parts;
    const options = {
      model,
      head: head.head,
      stepStrides: 1,
      tailSeconds: eventTiming.endDelaySeconds,
      columnsPerPass: model.strideColumns,
    };
    for await (const moments of tagRecording(this.#timed(stretch), options)) {
      for (const { windowEndSeconds, probabilities, levelDb } of moments) {
        this.#tell(this.#detector.push({ windowEndSeconds, probabilities, levelDb }), windowEndSeconds);
        const timeMs = this.#clock.msAt(windowEndSeconds);
        for (const output of outputs) output.window?.({ timeMs, levelDb, probabilities });
      }
    }
    this.finish();
  }

  /** Ends what still sounds. */
  finish(): void {
    this.#tell(this.#detector.finish(), Number.POSITIVE_INFINITY);
  }

  /** Notes when the samples came. They were recorded just before. */
  async *#timed(stretch: Stretch): Stretch {
    let samples = 0;
    for await (const piece of stretch) {
      samples += piece.length;
      this.#clock.arrive(samples / this.#parts.model.spec.sampleRateHz, this.#parts.nowMs());
      yield piece;
    }
  }

  #tell(changes: readonly DetectionChange[], nowSeconds: number): void {
    for (const { kind, detection } of changes) {
      const told = this.#toldSeconds.get(detection.id) ?? Number.NEGATIVE_INFINITY;
      if (kind === 'update' && nowSeconds - told < UPDATE_SECONDS) continue;
      this.#toldSeconds.set(detection.id, nowSeconds);
      const line = this.#lineOf(kind, detection);
      if (kind === 'end') {
        this.#toldSeconds.delete(detection.id);
        this.#startsMs.delete(detection.id);
      }
      for (const output of this.#parts.outputs) output.event?.(line);
    }
  }

  #lineOf(kind: EventLine['kind'], detection: DetectionChange['detection']): EventLine {
    const { head, source } = this.#parts;
    const { id, name } = head.labels[detection.label] as { id: string; name: string };
    const startSeconds = Math.max(0, detection.startSeconds);
    const startMs = this.#startsMs.get(detection.id) ?? this.#clock.msAt(startSeconds);
    this.#startsMs.set(detection.id, startMs);
    const endMs = startMs + Math.round(1000 * (detection.endSeconds - startSeconds));
    return {
      kind,
      id: detection.id,
      label: id,
      name,
      start: new Date(startMs).toISOString(),
      end: new Date(endMs).toISOString(),
      probability: Number(detection.peakProbability.toFixed(4)),
      mean_probability: Number(detection.meanProbability.toFixed(4)),
      threshold: detection.threshold,
      ...(detection.continues !== undefined && { continues: detection.continues }),
      source,
    };
  }
}
