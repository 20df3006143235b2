import { Resampler, resample } from '../src/dsp/resampler';
import { type DetectionChange, EventDetector, type LabelThresholds } from '../src/events/detector';
import type { Moment } from '../src/events/sounding';
import { eventThresholds, labelThresholds } from '../src/events/thresholds';
import { eventTiming } from '../src/events/timing';
import type { TrainableModel } from '../src/model/engine/loaded-model';
import { tagRecording } from '../src/recordings/tag-recording';
import type { EventChange, TaggedEvent, TaggedSound, TaggedWindow, TaggerOptions } from './api';

/** Pieces in which a whole sound is tagged, so that memory does not grow with its length. */
const PIECE_SAMPLES = 65_536;

/** Turns the windows of one sound into events. */
export class EventNamer {
  readonly #model: TrainableModel;
  readonly #detector: EventDetector;

  constructor(model: TrainableModel, threshold: TaggerOptions['threshold'] = 'auto') {
    this.#model = model;
    const { hierarchy } = model.folder.head;
    const thresholds = thresholdsOf(model, threshold);
    this.#detector = new EventDetector(thresholds, eventTiming, () => crypto.randomUUID(), hierarchy);
  }

  push(moment: Moment): EventChange[] {
    return this.#named(this.#detector.push(moment));
  }

  /** Ends what still sounds. */
  finish(): EventChange[] {
    return this.#named(this.#detector.finish());
  }

  #named(changes: readonly DetectionChange[]): EventChange[] {
    return changes.map(({ kind, detection }) => {
      const { id, name } = this.#model.labels[detection.label] as { id: string; name: string };
      const event: TaggedEvent = {
        id: detection.id,
        label: id,
        labelName: name,
        startSeconds: Math.max(0, detection.startSeconds),
        endSeconds: detection.endSeconds,
        probability: detection.peakProbability,
        meanProbability: detection.meanProbability,
        peakLevelDb: detection.peakLevelDb,
        threshold: detection.threshold,
      };
      return { kind, event };
    });
  }
}

function thresholdsOf({ labels, folder }: TrainableModel, threshold: 'auto' | number): LabelThresholds[] {
  if (threshold !== 'auto') return labels.map(() => labelThresholds(threshold));
  return eventThresholds({ labels: labels.map(({ id }) => id), model: folder.thresholds }, { labels: {} });
}

/** Tags a whole sound. @throws RangeError for a rate that cannot be converted. */
export async function tagSamples(
  model: TrainableModel,
  samples: Float32Array,
  sampleRateHz: number,
  threshold: TaggerOptions['threshold'],
): Promise<TaggedSound> {
  const { sampleRateHz: modelRateHz } = model.spec;
  const converted = sampleRateHz === modelRateHz ? samples : await resample(samples, sampleRateHz, modelRateHz);
  const lastSeconds = converted.length / modelRateHz;
  const windows: TaggedWindow[] = [];
  const events: TaggedEvent[] = [];
  await hear(model, pieces(converted), { columnsPerPass: undefined, threshold }, (window, changes) => {
    if (window) windows.push(window);
    for (const { kind, event } of changes) if (kind === 'end') events.push(event);
  });
  const inside = events
    .map((event) => ({ ...event, endSeconds: Math.min(lastSeconds, event.endSeconds) }))
    .filter(({ startSeconds, endSeconds }) => startSeconds < endSeconds)
    .sort((a, b) => a.startSeconds - b.startSeconds);
  return { windows, events: inside };
}

/** Tags sound as it comes, every stride. It takes no more than it can tag. */
export async function tagStream(
  model: TrainableModel,
  samples: AsyncIterable<Float32Array>,
  sampleRateHz: number,
  threshold: TaggerOptions['threshold'],
  onHeard: OnHeard,
): Promise<void> {
  const { sampleRateHz: modelRateHz } = model.spec;
  const converted =
    sampleRateHz === modelRateHz ? samples : resampled(samples, new Resampler(sampleRateHz, modelRateHz));
  await hear(model, converted, { columnsPerPass: model.strideColumns, threshold }, onHeard);
}

/** Gets each window with what it changed; at the end, the events that still sounded, without a window. */
type OnHeard = (window: TaggedWindow | undefined, changes: readonly EventChange[]) => void;

async function hear(
  model: TrainableModel,
  samples: AsyncIterable<Float32Array>,
  how: { columnsPerPass: number | undefined; threshold: TaggerOptions['threshold'] },
  onHeard: OnHeard,
): Promise<void> {
  const namer = new EventNamer(model, how.threshold);
  const options = {
    model,
    head: model.folder.head,
    stepStrides: 1,
    tailSeconds: eventTiming.endDelaySeconds,
    ...(how.columnsPerPass !== undefined && { columnsPerPass: how.columnsPerPass }),
  };
  for await (const moments of tagRecording(samples, options)) {
    for (const { windowEndSeconds, levelDb, probabilities } of moments) {
      const window = { endSeconds: windowEndSeconds, levelDb, probabilities: Float32Array.from(probabilities) };
      onHeard(window, namer.push({ windowEndSeconds, levelDb, probabilities }));
    }
  }
  onHeard(undefined, namer.finish());
}

async function* pieces(samples: Float32Array): AsyncGenerator<Float32Array> {
  for (let at = 0; at < samples.length; at += PIECE_SAMPLES) yield samples.subarray(at, at + PIECE_SAMPLES);
}

async function* resampled(samples: AsyncIterable<Float32Array>, resampler: Resampler): AsyncGenerator<Float32Array> {
  for await (const piece of samples) yield Float32Array.from(resampler.push(piece));
  yield Float32Array.from(resampler.end());
}
