import { join } from 'node:path';
import { clipWindows, WINDOWS_PER_CLIP } from '../../src/dsp/clip-windows';
import { poolWindows } from '../../src/metrics/pooling';
import type { LoadedModel } from '../../src/model/engine/loaded-model';
import type { AudioFileReader } from '../audio/audio-file-reader';
import { readTable } from './csv';

/** Gives clips their scores. */
export interface ClipScorer {
  /** Ids of the labels, in the order of the scores. */
  readonly labels: readonly string[];
  /**
   * One probability per label for the clip of that name.
   *
   * @throws Error with a sentence naming the file if it has no scores.
   */
  score(file: string): Promise<Float32Array>;
}

/** Scores the files in `root` with a model: half the mean, half the maximum over 8 windows. */
export function modelScorer(model: LoadedModel, root: string, reader: Pick<AudioFileReader, 'read'>): ClipScorer {
  const { frames, melBands } = model.spec;
  return {
    labels: model.labels.map(({ id }) => id),
    async score(file) {
      const samples = await reader.read(join(root, file), model.spec.sampleRateHz);
      const windows = clipWindows(samples, model.spec, WINDOWS_PER_CLIP);
      const probabilities = await model
        .predict(windows, windows.length / (frames * melBands))
        .catch((cause: unknown) => {
          throw new Error(`${file}: the model failed (${(cause as Error).message})`, { cause });
        });
      requireProbabilities(probabilities, file);
      return poolWindows(probabilities, model.labels.length);
    },
  };
}

/**
 * Precomputed scores by another system: a CSV with the column `file` and one for each label.
 *
 * @throws Error with a sentence naming the table if it cannot be read or lacks these columns.
 */
export async function tableScorer(path: string): Promise<ClipScorer> {
  const { header, rows } = await readTable(path, 'the scores');
  const [first, ...labels] = header;
  if (first !== 'file' || labels.length === 0) {
    throw new Error(`the scores ${path} need a first column "file", then one for each label`);
  }
  const scoresOf = new Map(rows.map(([file, ...scores]) => [file, Float32Array.from(scores, Number)]));
  return {
    labels,
    async score(file) {
      const scores = scoresOf.get(file);
      if (scores === undefined) throw new Error(`${file}: ${path} has no scores for it`);
      requireProbabilities(scores, file);
      return scores;
    },
  };
}

function requireProbabilities(scores: Float32Array, file: string): void {
  if (!scores.every((probability) => probability >= 0 && probability <= 1)) {
    throw new Error(`${file}: the model answered with numbers that are no probabilities`);
  }
}
