import { readFile } from 'node:fs/promises';
import { clipProbabilities } from '../../src/metrics/pooling';
import type { Calibration } from '../../src/model/folder/calibration';
import { logitProbabilities } from '../../src/model/head/head';
import { hierarchyOf } from '../../src/model/head/hierarchy';
import { type LabelNode, labelsAbove } from '../../src/shared/contracts/model/label';
import type { ClipScorer } from './clip-scorer';

/** A network's output for clips before calibration, as written by `npm run logits`. */
export interface LogitsFile {
  /** Ids of the labels, in the order of the logits. */
  readonly labels: readonly string[];
  /** Ids of the labels right above each label that has some. Files of models without a hierarchy lack it. */
  readonly parents?: Readonly<Record<string, readonly string[]>>;
  readonly clips: readonly {
    readonly file: string;
    /** Ids of the labels that sound in the clip. */
    readonly labels: readonly string[];
    /** [windows][labels]. */
    readonly logits: readonly (readonly number[])[];
  }[];
}

/** @throws Error with a sentence naming the file if it is missing or was not written by `npm run logits`. */
export async function readLogits(path: string): Promise<LogitsFile> {
  try {
    const file = JSON.parse(await readFile(path, 'utf8')) as LogitsFile;
    const fits = file.clips.every(({ logits }) => logits.every((row) => row.length === file.labels.length));
    if (!fits) throw new TypeError('a window has more or fewer logits than there are labels');
    return file;
  } catch (cause) {
    throw new Error(`the logits ${path} cannot be used: ${(cause as Error).message}`, { cause });
  }
}

/** The labels of some logits, with their hierarchy. */
export function labelsOfLogits({ labels, parents }: Pick<LogitsFile, 'labels' | 'parents'>): LabelNode[] {
  return labels.map((id) => ({ id, parents: [...(parents?.[id] ?? [])] }));
}

/** Scores clips from precomputed logits. */
export function logitsScorer(file: LogitsFile, calibration: Calibration): ClipScorer {
  const { labels, clips } = file;
  const nodes = labelsOfLogits(file);
  const reading = { calibration, hierarchy: hierarchyOf(labels, nodes) };
  const logitsOf = new Map(clips.map((clip) => [clip.file, clip.logits]));
  return {
    labels,
    above: labelsAbove(nodes),
    async score(name) {
      const logits = logitsOf.get(name);
      if (logits === undefined) throw new Error(`${name}: there are no logits for it`);
      return clipProbabilities(logitProbabilities(Float32Array.from(logits.flat()), reading), calibration);
    },
  };
}
