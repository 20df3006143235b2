import { readFile } from 'node:fs/promises';
import { poolWindows } from '../../src/metrics/pooling';
import type { Calibration } from '../../src/model/folder/calibration';
import { calibrate } from '../../src/model/folder/calibration';
import type { ClipScorer } from './clip-scorer';

/** A network's output for clips before calibration, as written by `npm run logits`. */
export interface LogitsFile {
  /** Ids of the labels, in the order of the logits. */
  readonly labels: readonly string[];
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

/** Scores clips from precomputed logits. */
export function logitsScorer({ labels, clips }: LogitsFile, calibration: Calibration): ClipScorer {
  const logitsOf = new Map(clips.map(({ file, logits }) => [file, logits]));
  return {
    labels,
    async score(file) {
      const logits = logitsOf.get(file);
      if (logits === undefined) throw new Error(`${file}: there are no logits for it`);
      return poolWindows(calibrate(Float32Array.from(logits.flat()), calibration), labels.length);
    },
  };
}
