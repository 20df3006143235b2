import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Calibration } from '../../src/model/folder/calibration';
import { type LogitsFile, logitsScorer, readLogits } from '../clips/clip-logits';
import { fitCalibration, joinLogits } from './calibration-fit';
import { type ScoredClips, scoreClips } from './evaluation';

/**
 * Sets that a calibration is fitted to: a microphone hears several sounds at once more often than one alone, and a
 * network is most certain when it hears one. Speech and music are in no mixture.
 */
const calibrationSets = ['speech-music', 'mixture-2', 'mixture-3'];

/** Results of the model trained without a fold, on the test sets made from that fold. */
export interface FoldResults {
  readonly name: string;
  readonly folder: string;
  /** Names of the sets. */
  readonly sets: readonly string[];
  /** Fitted to the other folds' results; undefined if there is no other fold. */
  readonly calibration: Calibration | undefined;
}

/**
 * Reads the folders of some folds, each with `logits/SET.json` written by `npm run logits`.
 *
 * No fold is evaluated with a calibration that has seen its clips: each gets the one fitted to the others.
 *
 * @throws Error with a sentence naming the folder that holds no logits.
 */
export async function readFolds(folders: readonly string[]): Promise<FoldResults[]> {
  const setsOf = await Promise.all(folders.map(setsIn));
  const toFit = await Promise.all(
    folders.map((folder, i) =>
      Promise.all(
        (setsOf[i] as string[]).filter((set) => calibrationSets.includes(set)).map((set) => readSet(folder, set)),
      ),
    ),
  );
  return folders.map((folder, i) => {
    const others = toFit.filter((_, other) => other !== i).flat();
    const calibration = others.length === 0 ? undefined : fitCalibration(joinLogits(others));
    return { name: basename(resolve(folder)), folder, sets: setsOf[i] as string[], calibration };
  });
}

/** The network's own probabilities, for any number of labels. */
export function noCalibration(labels: readonly string[]): Calibration {
  return { scale: labels.map(() => 1), offset: labels.map(() => 0) };
}

/** The model's output for one set. */
export function readSet(folder: string, set: string): Promise<LogitsFile> {
  return readLogits(join(folder, 'logits', `${set}.json`));
}

/** The clips' calibrated scores. */
export function scoresOf(logits: LogitsFile, calibration: Calibration): Promise<ScoredClips> {
  const scorer = logitsScorer(logits, calibration);
  return scoreClips(
    logits.clips.map(({ file, labels }) => ({ file, labels, fold: '' })),
    scorer,
  );
}

async function setsIn(folder: string): Promise<string[]> {
  const files = await readdir(join(folder, 'logits')).catch((cause: unknown) => {
    throw new Error(`${folder} has no results: ${(cause as Error).message}`, { cause });
  });
  const sets = files.filter((file) => file.endsWith('.json')).map((file) => basename(file, '.json'));
  if (sets.length === 0) throw new Error(`${folder} has no results: its logits/ is empty`);
  return sets.sort();
}
