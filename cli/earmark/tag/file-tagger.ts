import { EventDetector, type EventTiming } from '../../../src/events/detector';
import type { EventRow, WallTime } from '../../../src/events/formats/event-row';
import type { Detection, Moment, RecordedMoment } from '../../../src/events/sounding';
import { eventTiming } from '../../../src/events/timing';
import type { NetworkModel } from '../../../src/model/engine/loaded-model';
import { openModelFolder } from '../../../src/model/folder/node';
import { tagRecording } from '../../../src/recordings/tag-recording';
import { type MixFacts, MonoReader } from '../../../src/sound/mono';
import { openSoundFile } from '../../../src/sound/node';
import { SoundError } from '../../../src/sound/sound-error';
import type { StartTime } from '../../../src/sound/sound-file';
import { startOfRecording } from '../../../src/sound/start-of-recording';
import { wasmFolder } from '../package-files';
import { type NamedHead, namedHead, stepStrides, type TagSettings, timingFor } from './settings';

/** An event without the file that it lies in. */
export type FileRow = Omit<EventRow, 'file'>;

/** What was found in a file. */
export interface TaggedFile {
  readonly rows: readonly FileRow[];
  readonly seconds: number;
  readonly decoder: string;
  readonly mix: MixFacts;
}

/** A file to be tagged. */
export interface TagRequest {
  readonly path: Buffer;
  /** Its name as text, which may tell its start. */
  readonly name: string;
  /** Undefined if it has no date. */
  readonly modifiedMs: number | undefined;
}

/** What is known of a sound once all of it was heard. */
export interface HeardSound {
  readonly name: string;
  readonly modifiedMs: number | undefined;
  readonly startTime: StartTime | undefined;
  readonly seconds: number;
}

/** Takes the windows of a file as they come. */
export type MomentSink = (moments: readonly Moment[]) => Promise<void> | void;

/** Tags files, one at a time, with one model. */
export class FileTagger {
  readonly head: NamedHead;
  readonly model: NetworkModel;
  readonly #timing: EventTiming;
  readonly #strides: number;

  private constructor(model: NetworkModel, head: NamedHead, strides: number) {
    this.model = model;
    this.head = head;
    this.#strides = strides;
    this.#timing = timingFor(eventTiming, this.stepSeconds);
  }

  /** @throws EarmarkError, UsageError. */
  static async open(settings: TagSettings): Promise<FileTagger> {
    const model = await openModelFolder(settings.modelFolder, wasmFolder);
    const head = await namedHead(model.folder, settings);
    return new FileTagger(model, head, stepStrides(model.folder, model.strideColumns, settings.overlapSeconds));
  }

  /** Seconds from one window to the next. */
  get stepSeconds(): number {
    const { hopSamples, sampleRateHz } = this.model.spec;
    return (this.#strides * this.model.strideColumns * hopSamples) / sampleRateHz;
  }

  /**
   * Tags a file. Its memory does not depend on the file's length.
   *
   * @param onMoments gets every window, in order. @throws SoundError; `silent` if it has no samples.
   */
  async tag({ path, name, modifiedMs }: TagRequest, onMoments: MomentSink): Promise<TaggedFile> {
    const { sound, close } = await openSoundFile(path);
    try {
      const { sampleRateHz } = this.model.spec;
      const reader = new MonoReader(sound, sampleRateHz);
      const counted = new CountedSamples(reader.read());
      const detections = await this.detect(this.moments(counted.samples()), onMoments);
      const seconds = counted.count / sampleRateHz;
      if (counted.count === 0) throw new SoundError('silent');
      const rows = this.rows(detections, { name, modifiedMs, startTime: sound.startTime, seconds });
      return { rows, seconds, decoder: sound.decoder, mix: reader.facts };
    } finally {
      await close();
    }
  }

  /** What is heard in samples, window by window. */
  moments(samples: AsyncIterable<Float32Array>): AsyncGenerator<RecordedMoment[]> {
    return tagRecording(samples, {
      model: this.model,
      head: this.head.head,
      stepStrides: this.#strides,
      tailSeconds: this.#timing.endDelaySeconds,
    });
  }

  /** The events of a whole sound, in the order of their starts. */
  async detect(sound: AsyncIterable<readonly Moment[]>, onMoments: MomentSink): Promise<Detection[]> {
    let made = 0;
    const { thresholds, head } = this.head;
    const detector = new EventDetector(thresholds, this.#timing, () => String(made++), head.hierarchy);
    const detections: Detection[] = [];
    const take = (changes: ReturnType<EventDetector['push']>): void => {
      for (const { kind, detection } of changes) if (kind === 'end') detections.push(detection);
    };
    for await (const moments of sound) {
      for (const { windowEndSeconds, probabilities, levelDb } of moments) {
        take(detector.push({ windowEndSeconds, probabilities, levelDb }));
      }
      await onMoments(moments);
    }
    take(detector.finish());
    return detections.sort((a, b) => a.startSeconds - b.startSeconds || a.label - b.label);
  }

  /** Events as rows, with their time of day. */
  rows(detections: readonly Detection[], { name, modifiedMs, startTime, seconds }: HeardSound): FileRow[] {
    const start = startOfRecording({ name, modifiedMs, startTime, seconds });
    const startedAt = start && {
      localMs: Date.parse(`${start.localTime}Z`),
      ...(start.utcOffsetMinutes !== undefined && { utcOffsetMinutes: start.utcOffsetMinutes }),
    };
    return detections.map((detection) => this.#row(detection, seconds, startedAt)).filter(isInside);
  }

  /** Sounds at the very beginning and the end are noticed beyond them. */
  #row(detection: Detection, seconds: number, fileStart: WallTime | undefined): FileRow {
    const startSeconds = Math.max(0, detection.startSeconds);
    const { id, name } = this.head.labels[detection.label] as { id: string; name: string };
    return {
      startSeconds,
      endSeconds: Math.min(seconds, detection.endSeconds),
      label: id,
      labelName: name,
      probability: detection.peakProbability,
      meanProbability: detection.meanProbability,
      peakLevelDb: detection.peakLevelDb,
      threshold: detection.threshold,
      ...(fileStart && { startedAt: { ...fileStart, localMs: fileStart.localMs + Math.round(1000 * startSeconds) } }),
      model: this.model.name,
      head: this.head.id,
    };
  }
}

/** What lies in the silence behind a recording is no event of it. */
function isInside({ startSeconds, endSeconds }: FileRow): boolean {
  return startSeconds < endSeconds;
}

/** Counts samples on their way. */
export class CountedSamples {
  readonly #samples: AsyncIterable<Float32Array>;
  count = 0;

  constructor(samples: AsyncIterable<Float32Array>) {
    this.#samples = samples;
  }

  async *samples(): AsyncGenerator<Float32Array> {
    for await (const piece of this.#samples) {
      this.count += piece.length;
      yield piece;
    }
  }
}
