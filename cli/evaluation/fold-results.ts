import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Calibration } from '../../src/model/folder/calibration';
import { type LogitsFile, logitsScorer, readLogits } from '../clips/clip-logits';
import { fitCalibration, joinLogits } from './calibration-fit';
import { type ScoredClips, scoreClips } from './evaluation';

/**
 * Sets that a calibration is fitted to: a microphone hears several sounds at once more often than one alone, and a
 * network is surest where it hears one. Speech and music are in no mixture.
 */
const calibrationSets = ['speech-music', 'mixture-2', 'mixture-3'];

/** What the model that was trained without a fold said about the test sets made of it. */
export interface FoldResults {
  readonly name: string;
  readonly folder: string;
  /** Names of the sets. */
  readonly sets: readonly string[];
  /** Fitted to what the models of the other folds said of theirs; undefined where there is no other fold. */
  readonly calibration: Calibration | undefined;
}

/**
 * Reads the folders of some folds, each with `logits/SET.json` as `npm run logits` writes them.
 *
 * No fold is judged by a calibration that has seen its clips: each gets the one that fits the others.
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

/** The network's own probabilities, whatever the number of its labels. */
export function noCalibration(labels: readonly string[]): Calibration {
  return { scale: labels.map(() => 1), offset: labels.map(() => 0) };
}

/** What the model said about one set. */
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
