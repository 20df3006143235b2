import { LogMelExtractor } from '../dsp/log-mel';
import { soundingPositions } from '../dsp/sounding-positions';
import type { TrainableModel } from '../model/engine/loaded-model';
import { type FeatureSpec, windowSamples } from '../shared/contracts/model/feature-spec';
import { Pauses } from '../shared/lib/pause';

/** Windows of a clip that are trained with and judged by. */
const MOST_POSITIONS = 12;

/** A shorter sound than so many windows is embedded with silence on both sides. */
const LONG_WINDOWS = 2.5;
/** Silence on each side at most, in windows: every window still holds a part of the sound. */
const LONGEST_SILENCE_WINDOWS = 0.75;

/** Samples between two pauses: a piece takes a few milliseconds. */
const PIECE_SAMPLES = 16_384;

/**
 * What a model makes of a clip: embeddings of up to 12 windows that hold its sound, spread evenly.
 *
 * While Earmark listens, a short sound passes through the window from its end to its start. It is trained with and judged the
 * same way: with silence before and behind it, so that it lies early in one window and late in another.
 *
 * @param samples mono, at the model's rate.
 * @returns [positions, embedding size], at least one position.
 */
export async function embedClip(model: TrainableModel, samples: Float32Array): Promise<Float32Array> {
  const { spec, strideColumns, embeddingSize } = model;
  const columns = await columnsOf(withSilence(samples, spec), spec);
  const positions = soundingPositions(columns, spec, strideColumns, MOST_POSITIONS);
  // The silence before and behind the sound is not looked at.
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

/** The log-mel columns of a recording, computed in pieces that leave room for what is tagged beside it. */
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
