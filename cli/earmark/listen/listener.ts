import { randomUUID } from 'node:crypto';
import { type DetectionChange, EventDetector } from '../../../src/events/detector';
import type { Detection } from '../../../src/events/sounding';
import { eventTiming } from '../../../src/events/timing';
import type { TrainableModel } from '../../../src/model/engine/loaded-model';
import { tagLive } from '../../../src/recordings/tag-live';
import { windowSamples } from '../../../src/shared/contracts/model/feature-spec';
import { WallClock } from '../../../src/tagger/diary/wall-clock';
import type { NamedHead } from '../tag/settings';
import { ClipRecorder } from './clip-recorder';
import type { EventLine } from './event-line';
import type { ClipFolder } from './outputs/clip-folder';
import type { Output } from './outputs/output';
import type { Stretch } from './sources';

/** An event that still sounds is told of again after so long. */
const UPDATE_SECONDS = 1;

export interface ListenerParts {
  readonly source: string;
  readonly model: TrainableModel;
  readonly head: NamedHead;
  readonly outputs: readonly Output[];
  /** Where the sounds of events are kept; undefined if they are not. */
  readonly clips?: ClipFolder | undefined;
  /** Time of day, in milliseconds since the epoch. */
  nowMs(): number;
}

/** Tells what sounds in one stretch of a source. */
export class Listener {
  readonly #parts: ListenerParts;
  readonly #detector: EventDetector;
  readonly #clock = new WallClock();
  readonly #recorder: ClipRecorder | undefined;
  /** Time of day at the end of the newest samples. */
  #endMs: number | undefined;
  /** Where the sound ended, on its clock. Behind it, silence is heard, and no event. */
  #lastSeconds = Number.POSITIVE_INFINITY;
  /** When an event was last told of, on the clock of the sound. */
  readonly #toldSeconds = new Map<string, number>();
  /** Start of what sounds, by event: the clock may jump before it ends. */
  readonly #startsMs = new Map<string, number>();

  constructor(parts: ListenerParts) {
    this.#parts = parts;
    const { clips: folder, head, outputs, model } = parts;
    this.#detector = new EventDetector(head.thresholds, eventTiming, randomUUID, head.head.hierarchy);
    const { sampleRateHz } = model.spec;
    const windowSeconds = windowSamples(model.spec) / sampleRateHz;
    this.#recorder =
      folder && new ClipRecorder({ folder, head, outputs, sampleRateHz, windowSeconds, clock: this.#clock });
  }

  async hear(stretch: Stretch): Promise<void> {
    const { model, head, outputs } = this.#parts;
    const options = {
      model,
      head: head.head,
      stepStrides: 1,
      tailSeconds: eventTiming.endDelaySeconds,
      unsureSoundSeconds: this.#detector.unsureSoundSeconds.bind(this.#detector),
    };
    for await (const moment of tagLive(this.#timed(stretch), options)) {
      const { windowEndSeconds, probabilities, filledProbabilities, levelDb } = moment;
      this.#recorder?.window(windowEndSeconds, probabilities);
      const changes = this.#detector.push({ windowEndSeconds, probabilities, filledProbabilities, levelDb });
      this.#tell(changes, windowEndSeconds);
      const timeMs = this.#clock.msAt(windowEndSeconds);
      for (const output of outputs) output.window?.({ timeMs, levelDb, probabilities });
    }
    this.finish();
  }

  /** Time of day at the end of what was heard; undefined if nothing was. */
  get endMs(): number | undefined {
    return this.#endMs;
  }

  /** Ends what still sounds. */
  finish(): void {
    this.#tell(this.#detector.finish(), Number.POSITIVE_INFINITY);
    this.#recorder?.finish();
  }

  /** Notes when the samples came. They were recorded just before. */
  async *#timed(stretch: Stretch): Stretch {
    const { sampleRateHz } = this.#parts.model.spec;
    let samples = 0;
    for await (const piece of stretch) {
      samples += piece.length;
      this.#arrive(samples / sampleRateHz, piece.length / sampleRateHz);
      this.#recorder?.push(piece);
      yield piece;
    }
    this.#lastSeconds = samples / sampleRateHz;
  }

  /** Notes the time of day, and sound that was lost: the clock ran on without it. */
  #arrive(endSeconds: number, pieceSeconds: number): void {
    this.#clock.arrive(endSeconds, this.#parts.nowMs());
    const endMs = this.#clock.msAt(endSeconds);
    const lostSeconds = this.#endMs === undefined ? 0 : (endMs - this.#endMs) / 1000 - pieceSeconds;
    this.#endMs = endMs;
    // The clock rounds to milliseconds, and follows only leaps.
    if (lostSeconds > 1) for (const output of this.#parts.outputs) output.lost?.(lostSeconds);
  }

  #tell(changes: readonly DetectionChange[], nowSeconds: number): void {
    for (const { kind, detection } of changes) {
      const { startSeconds, endSeconds } = this.#spanOf(detection);
      const toldSeconds = this.#toldSeconds.get(detection.id);
      // It lies before the first sample, or in the silence behind the last one: `earmark tag` finds no such event either.
      if (toldSeconds === undefined && startSeconds >= endSeconds) continue;
      if (toldSeconds === undefined) this.#tellOne('start', detection);
      else if (kind === 'update' && nowSeconds - toldSeconds < UPDATE_SECONDS) continue;
      this.#toldSeconds.set(detection.id, nowSeconds);
      if (kind === 'update' && toldSeconds !== undefined) this.#tellOne('update', detection);
      if (kind !== 'end') continue;
      this.#tellOne('end', detection);
      this.#toldSeconds.delete(detection.id);
      this.#startsMs.delete(detection.id);
    }
  }

  #tellOne(kind: EventLine['kind'], detection: Detection): void {
    const line = this.#lineOf(kind, detection);
    this.#recorder?.event(line, detection.startSeconds, detection.endSeconds);
    for (const output of this.#parts.outputs) output.event?.(line);
  }

  /** Sounds at the very beginning and the end are noticed beyond them. */
  #spanOf({ startSeconds, endSeconds }: Detection): { startSeconds: number; endSeconds: number } {
    return { startSeconds: Math.max(0, startSeconds), endSeconds: Math.min(this.#lastSeconds, endSeconds) };
  }

  #lineOf(kind: EventLine['kind'], detection: Detection): EventLine {
    const { head, source } = this.#parts;
    const { id, name } = head.labels[detection.label] as { id: string; name: string };
    const { startSeconds, endSeconds } = this.#spanOf(detection);
    const startMs = this.#startsMs.get(detection.id) ?? this.#clock.msAt(startSeconds);
    this.#startsMs.set(detection.id, startMs);
    const endMs = startMs + Math.round(1000 * (endSeconds - startSeconds));
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
