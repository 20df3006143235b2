import { csvFormatRows } from 'd3-dsv';
import { clipWindows, WINDOWS_PER_CLIP } from '../../src/dsp/clip-windows';
import { clipProbabilities } from '../../src/metrics/pooling';
import type { LoadedModel } from '../../src/model/engine/loaded-model';
import type { Calibration } from '../../src/model/folder/calibration';
import { labelsAbove } from '../../src/shared/contracts/model/label';
import type { AudioFileReader } from '../audio/audio-file-reader';
import { ClipFolder } from './clip-folder';
import { readTable } from './csv';

/** For each label, the ids of all labels above it. Labels without any may be missing. */
export type LabelsAbove = ReadonlyMap<string, ReadonlySet<string>>;

/** Gives clips their scores. */
export interface ClipScorer {
  /** Ids of the labels, in the order of the scores. */
  readonly labels: readonly string[];
  /** For each label, all labels above it in the hierarchy; empty if there is none. */
  readonly above: LabelsAbove;
  /**
   * One probability per label for the clip of that name.
   *
   * @throws Error with a sentence naming the file if it has no scores.
   */
  score(file: string): Promise<Float32Array>;
}

/** Scores the files in `root` with a model, by 8 windows of each. @param calibration of the model's head. */
export function modelScorer(
  model: LoadedModel,
  calibration: Pick<Calibration, 'scale' | 'clip'>,
  root: string,
  reader: Pick<AudioFileReader, 'read'>,
): ClipScorer {
  const { frames, melBands } = model.spec;
  const folder = new ClipFolder(root);
  return {
    labels: model.labels.map(({ id }) => id),
    above: labelsAbove(model.labels),
    async score(file) {
      const samples = await reader.read(await folder.pathOf(file), model.spec.sampleRateHz);
      const windows = clipWindows(samples, model.spec, WINDOWS_PER_CLIP);
      const probabilities = await model
        .predict(windows, windows.length / (frames * melBands))
        .catch((cause: unknown) => {
          throw new Error(`${file}: the model failed (${(cause as Error).message})`, { cause });
        });
      requireProbabilities(probabilities, file);
      return clipProbabilities(probabilities, calibration);
    },
  };
}

/**
 * Precomputed scores by another system: a CSV with the column `file` and one for each label.
 *
 * @param above the hierarchy of its labels.
 * @throws Error with a sentence naming the table if it cannot be read or lacks these columns.
 */
export async function tableScorer(path: string, above: LabelsAbove = new Map()): Promise<ClipScorer> {
  const { header, rows } = await readTable(path, 'the scores');
  const [first, ...labels] = header;
  if (first !== 'file' || labels.length === 0) {
    throw new Error(`the scores ${path} need a first column "file", then one for each label`);
  }
  const scoresOf = new Map(rows.map(([file, ...scores]) => [file, Float32Array.from(scores, Number)]));
  return {
    labels,
    above,
    async score(file) {
      const scores = scoresOf.get(file);
      if (scores === undefined) throw new Error(`${file}: ${path} has no scores for it`);
      requireProbabilities(scores, file);
      return scores;
    },
  };
}

/** Scores as a CSV that {@link tableScorer} reads: a row for each clip. @param probabilities [clips, labels]. */
export function scoreTable({
  ids,
  rows,
  predictions,
}: {
  readonly ids: readonly string[];
  readonly rows: readonly { readonly file: string }[];
  readonly predictions: { readonly probabilities: Float32Array };
}): string {
  const rowOf = (clip: number): string[] =>
    Array.from(predictions.probabilities.subarray(clip * ids.length, (clip + 1) * ids.length), (score) =>
      String(Number(score.toPrecision(6))),
    );
  return `${csvFormatRows([['file', ...ids], ...rows.map(({ file }, clip) => [file, ...rowOf(clip)])])}\n`;
}

function requireProbabilities(scores: Float32Array, file: string): void {
  if (!scores.every((probability) => probability >= 0 && probability <= 1)) {
    throw new Error(`${file}: the model answered with numbers that are no probabilities`);
  }
}
