import { padToWindow } from '../dsp/clip-windows';
import { LogMelExtractor } from '../dsp/log-mel';
import { soundingPositions } from '../dsp/sounding-positions';
import type { TeachableModel } from '../model/loaded-model';
import type { FeatureSpec } from '../shared/feature-spec';
import { Pauses } from '../shared/pause';

/** Windows of a clip that are learnt from and judged by. */
const MOST_POSITIONS = 12;

/** Samples between two pauses: a piece takes a few milliseconds. */
const PIECE_SAMPLES = 16_384;

/**
 * What a model makes of a clip: embeddings of up to 12 windows that hold its sound, spread evenly. A clip shorter than a
 * window is followed by digital silence.
 *
 * @param samples mono, at the model's rate.
 * @returns [positions, embedding size], at least one position.
 */
export async function embedClip(model: TeachableModel, samples: Float32Array): Promise<Float32Array> {
  const { spec, strideColumns, embeddingSize } = model;
  const columns = await columnsOf(padToWindow(samples, spec), spec);
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
