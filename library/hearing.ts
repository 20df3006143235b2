import { Resampler, resample } from '../src/dsp/resampler';
import { type DetectionChange, EventDetector, type LabelThresholds } from '../src/events/detector';
import type { Moment } from '../src/events/sounding';
import { eventThresholds, labelThresholds } from '../src/events/thresholds';
import { eventTiming } from '../src/events/timing';
import type { TrainableModel } from '../src/model/engine/loaded-model';
import { type LiveOptions, tagLive } from '../src/recordings/tag-live';
import { type RecordingOptions, tagRecording } from '../src/recordings/tag-recording';
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

  /** As of `EventDetector`, for the moment that will be pushed next. */
  readonly unsureSoundSeconds: LiveOptions['unsureSoundSeconds'] = (moment) =>
    this.#detector.unsureSoundSeconds(moment);

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
  const namer = new EventNamer(model, threshold);
  const takeEnds = (changes: readonly EventChange[]): void => {
    for (const { kind, event } of changes) if (kind === 'end') events.push(event);
  };
  for await (const moments of tagRecording(pieces(converted), optionsFor(model))) {
    for (const moment of moments) {
      windows.push(windowOf(moment));
      takeEnds(namer.push(unembedded(moment)));
    }
  }
  takeEnds(namer.finish());
  const inside = events
    .map((event) => ({ ...event, endSeconds: Math.min(lastSeconds, event.endSeconds) }))
    .filter(({ startSeconds, endSeconds }) => startSeconds < endSeconds)
    .sort((a, b) => a.startSeconds - b.startSeconds);
  return { windows, events: inside };
}

/** Tags sound as it comes, every stride, and hears sudden sounds twice, as the page does. It takes no more than it can tag. */
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
  const namer = new EventNamer(model, threshold);
  const { unsureSoundSeconds } = namer;
  for await (const moment of tagLive(converted, { ...optionsFor(model), unsureSoundSeconds })) {
    onHeard(windowOf(moment), namer.push(unembedded(moment)));
  }
  onHeard(undefined, namer.finish());
}

/** Gets each window with what it changed; at the end, the events that still sounded, without a window. */
type OnHeard = (window: TaggedWindow | undefined, changes: readonly EventChange[]) => void;

function optionsFor(model: TrainableModel): RecordingOptions {
  return { model, head: model.folder.head, stepStrides: 1, tailSeconds: eventTiming.endDelaySeconds };
}

function windowOf({ windowEndSeconds, levelDb, probabilities }: Moment): TaggedWindow {
  return { endSeconds: windowEndSeconds, levelDb, probabilities: Float32Array.from(probabilities) };
}

/** Events of the library carry no embedding. */
function unembedded({ embedding: _, ...moment }: Moment): Moment {
  return moment;
}

async function* pieces(samples: Float32Array): AsyncGenerator<Float32Array> {
  for (let at = 0; at < samples.length; at += PIECE_SAMPLES) yield samples.subarray(at, at + PIECE_SAMPLES);
}

async function* resampled(samples: AsyncIterable<Float32Array>, resampler: Resampler): AsyncGenerator<Float32Array> {
  for await (const piece of samples) yield Float32Array.from(resampler.push(piece));
  yield Float32Array.from(resampler.end());
}
