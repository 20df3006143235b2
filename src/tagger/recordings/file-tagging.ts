import { type DetectionChange, EventDetector } from '../../events/detector';
import type { Detection } from '../../events/sounding';
import { eventThresholds } from '../../events/thresholds';
import { eventTiming } from '../../events/timing';
import type { TrainableModel } from '../../model/engine/loaded-model';
import { ColumnPyramid } from '../../recordings/picture/column-pyramid';
import { tagRecording } from '../../recordings/tag-recording';
import { usualStrides } from '../../recordings/usual-strides';
import type { EventRules } from '../../shared/contracts/diary/event-rules';
import {
  FIRST_STORED_LEVEL,
  LEVEL_RATES,
  type RecordingEvent,
  TILE_COLUMNS,
} from '../../shared/contracts/recordings/recording';
import type { TaggingEnd, TaggingReport, TaggingRequest } from '../../shared/contracts/recordings/recordings-api';
import { nextTurn } from '../../shared/lib/next-turn';
import { MonoReader } from '../../sound/mono';
import { SoundError } from '../../sound/sound-error';
import type { SoundFile } from '../../sound/sound-file';
import type { NamedHead } from '../live/active-heads';

/** A report comes with every complete tile of the finest stored level. */
const REPORT_SECONDS = TILE_COLUMNS / (LEVEL_RATES[FIRST_STORED_LEVEL] as number);

/** How far before a moment an event can still begin that is noticed there: the rise, a window and more. */
const NOTICED_WITHIN_SECONDS = 8;

/** Tags one file, from its start or from where an earlier tagging was stopped. */
export class FileTagging {
  readonly #model: TrainableModel;
  readonly #head: NamedHead;
  readonly #request: TaggingRequest;
  readonly #detector: EventDetector;
  readonly #pyramid: ColumnPyramid;
  /** Starts of what sounds, by the detection's id. */
  readonly #open = new Map<string, number>();
  #ended: Detection[] = [];
  #isStopped = false;
  #doneSeconds: number;

  constructor(model: TrainableModel, head: NamedHead, rules: EventRules, request: TaggingRequest) {
    let made = 0;
    this.#model = model;
    this.#head = head;
    this.#request = request;
    this.#doneSeconds = request.fromSeconds;
    const thresholds = eventThresholds(head, rules);
    this.#detector = new EventDetector(thresholds, eventTiming, () => String(made++), head.head.hierarchy);
    this.#pyramid = new ColumnPyramid(model.spec, request.fromSeconds, request.begun);
  }

  /** Ends it soon. What was not reported is lost. */
  stop(): void {
    this.#isStopped = true;
  }

  /** @throws SoundError; `silent` if there are no samples. */
  async run(sound: SoundFile, onReport: (report: TaggingReport) => unknown): Promise<TaggingEnd> {
    const { sampleRateHz } = this.#model.spec;
    const { fromSeconds } = this.#request;
    const reader = new MonoReader(sound, sampleRateHz);
    let samples = 0;
    const pyramid = this.#pyramid;
    async function* counted(): AsyncGenerator<Float32Array> {
      for await (const piece of reader.read(fromSeconds)) {
        samples += piece.length;
        pyramid.pushSamples(piece);
        yield piece;
      }
    }
    const passes = tagRecording(counted(), {
      model: this.#model,
      head: this.#head.head,
      stepStrides: usualStrides(this.#model.spec, this.#model.strideColumns),
      tailSeconds: eventTiming.endDelaySeconds,
      onColumns: (columns) => pyramid.pushColumns(columns),
    });
    let reportedSeconds = fromSeconds;
    for await (const moments of passes) {
      for (const { windowEndSeconds, probabilities, levelDb } of moments) {
        this.#take(this.#detector.push({ windowEndSeconds: fromSeconds + windowEndSeconds, probabilities, levelDb }));
      }
      this.#doneSeconds = fromSeconds + (moments.at(-1)?.windowEndSeconds ?? 0);
      // Whoever stops it or looks at it must be heard meanwhile.
      await nextTurn();
      if (this.#isStopped) break;
      if (this.#doneSeconds - reportedSeconds < REPORT_SECONDS) continue;
      reportedSeconds += REPORT_SECONDS;
      await onReport(this.#report(reportedSeconds));
    }
    const seconds = fromSeconds + samples / sampleRateHz;
    if (samples === 0 && fromSeconds === 0) throw new SoundError('silent');
    if (!this.#isStopped) {
      this.#take(this.#detector.finish());
      pyramid.finish();
      await onReport(this.#report(seconds, seconds));
    }
    return {
      stopped: this.#isStopped,
      seconds,
      mix: reader.facts,
      ...(sound.places && { places: Float64Array.from(sound.places) }),
      model: this.#model.name,
      head: this.#head.id,
    };
  }

  #take(changes: readonly DetectionChange[]): void {
    for (const { kind, detection } of changes) {
      if (kind === 'end') {
        this.#open.delete(detection.id);
        this.#ended.push(detection);
      } else this.#open.set(detection.id, detection.startSeconds);
    }
  }

  /** @param lastSeconds the end of the recording, once it is known. */
  #report(doneSeconds: number, lastSeconds?: number): TaggingReport {
    const { settledSeconds: before } = this.#request;
    const oldestOpen = Math.min(this.#doneSeconds, ...this.#open.values());
    const settled = lastSeconds ?? Math.max(before, oldestOpen - NOTICED_WITHIN_SECONDS);
    const known = this.#ended.filter(({ startSeconds }) => startSeconds >= before || before === 0);
    this.#ended = [];
    const events = known
      .map((detection) => this.#eventOf(detection, lastSeconds ?? Number.POSITIVE_INFINITY))
      // What lies in the silence behind a recording is no event of it.
      .filter(({ startSeconds, endSeconds }) => startSeconds < endSeconds);
    return { doneSeconds, settledSeconds: settled, events, tiles: this.#pyramid.take() };
  }

  #eventOf(detection: Detection, lastSeconds: number): RecordingEvent {
    const { label, peakProbability, meanProbability, peakLevelDb, threshold } = detection;
    const id = this.#head.labels[label] as string;
    const startSeconds = Math.max(0, detection.startSeconds);
    return {
      id: `${startSeconds.toFixed(3)} ${id}`,
      label: id,
      labelName: this.#head.names[label] as string,
      startSeconds,
      endSeconds: Math.min(lastSeconds, detection.endSeconds),
      found: { peakProbability, meanProbability, peakLevelDb, threshold },
    };
  }
}
