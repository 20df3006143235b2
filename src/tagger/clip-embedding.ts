import { LogMelExtractor } from '../dsp/log-mel';
import { soundingPositions } from '../dsp/sounding-positions';
import type { TrainableModel } from '../model/engine/loaded-model';
import { type FeatureSpec, windowSamples } from '../shared/contracts/model/feature-spec';
import { Pauses } from '../shared/lib/pause';

/** Maximum windows of a clip used for training and judging. */
const MOST_POSITIONS = 12;

/** A sound shorter than this many windows is embedded with silence on both sides. */
const LONG_WINDOWS = 2.5;
/** Maximum silence on each side, in windows. Every window still holds part of the sound. */
const LONGEST_SILENCE_WINDOWS = 0.75;

/** Samples between two pauses. A chunk takes a few milliseconds. */
const PIECE_SAMPLES = 16_384;

/**
 * A model's embeddings of a clip: up to 12 windows that hold its sound, evenly spread.
 *
 * While Earmark listens, a short sound passes through the window from its end to its start. It is trained and judged
 * the same way: with silence before and after, so that it lies early in one window and late in another.
 *
 * @param samples mono, at the model's rate.
 * @returns [positions, embedding size], at least one position.
 */
export async function embedClip(model: TrainableModel, samples: Float32Array): Promise<Float32Array> {
  const { spec, strideColumns, embeddingSize } = model;
  const columns = await columnsOf(withSilence(samples, spec), spec);
  const positions = soundingPositions(columns, spec, strideColumns, MOST_POSITIONS);
  // The silence before and after the sound is skipped.
  const first = positions[0] as number;
  const start = first * strideColumns;
  const end = (positions.at(-1) as number) * strideColumns + spec.frames;
  const all = await model.embed(columns.subarray(start * spec.melBands, end * spec.melBands), end - start);
  const kept = new Float32Array(positions.length * embeddingSize);
  for (const [to, position] of positions.entries()) {
    const from = (position - first) * embeddingSize;
    kept.set(all.subarray(from, from + embeddingSize), to * embeddingSize);
  }
  return kept;
}

function withSilence(samples: Float32Array, spec: FeatureSpec): Float32Array {
  const window = windowSamples(spec);
  const missing = Math.max(0, LONG_WINDOWS * window - samples.length);
  const before = Math.round(Math.min(missing / 2, LONGEST_SILENCE_WINDOWS * window));
  if (before === 0) return samples;
  const extended = new Float32Array(samples.length + 2 * before);
  extended.set(samples, before);
  return extended;
}

/** The log-mel columns of a recording, computed in chunks that leave room for live tagging. */
async function columnsOf(samples: Float32Array, spec: FeatureSpec): Promise<Float32Array> {
  const count = Math.floor((samples.length - spec.fftSize) / spec.hopSamples) + 1;
  const columns = new Float32Array(count * spec.melBands);
  const extractor = new LogMelExtractor(spec);
  const pauses = new Pauses();
  let next = 0;
  for (let first = 0; first < samples.length; first += PIECE_SAMPLES) {
    extractor.push(samples.subarray(first, first + PIECE_SAMPLES), (column) => {
      columns.set(column, next);
      next += spec.melBands;
    });
    await pauses.take();
  }
  return columns;
}
