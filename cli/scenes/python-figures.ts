import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelThresholds } from '../../src/events/thresholds';
import type { JudgedScene } from './judged-scenes';
import { detectEvents, judgeDetection } from './scene-events';
import type { LabelTruth } from './truth';

/** What the field's own packages say (training/scenes/figures.py). */
export interface FieldFigures {
  readonly labels: number;
  readonly psds1: number;
  readonly psds2: number;
  readonly f1Macro: number;
  readonly f1Micro: number;
}

/**
 * Writes the detections and probabilities of some scenes to a folder, and has Python measure them.
 *
 * @throws Error with Python's last line if it cannot.
 */
export async function fieldFigures(
  folder: string,
  scenes: readonly JudgedScene[],
  ids: readonly string[],
  thresholds: readonly number[],
  windowSeconds: number,
  python: string,
): Promise<FieldFigures> {
  await mkdir(folder, { recursive: true });
  const told = scenes.map((scene) => {
    const detections = detectEvents(scene, thresholds.map(modelThresholds));
    const isJudged = (event: (typeof detections)[number]): boolean =>
      judgeDetection(event, scene.truth[event.label] as LabelTruth) !== 'unknown';
    return {
      file: scene.file,
      seconds: scene.seconds,
      firstEndSeconds: scene.windows.firstEndSeconds,
      stepSeconds: scene.windows.stepSeconds,
      windows: scene.windows.levelsDb.length,
      truth: scene.truth.flatMap(({ sounding }, label) =>
        sounding.map(({ startSeconds, endSeconds }) => [ids[label], startSeconds, endSeconds]),
      ),
      detected: detections
        .filter(isJudged)
        .map(({ label, startSeconds, endSeconds }) => [ids[label], Math.max(0, startSeconds), endSeconds]),
    };
  });
  const results = join(folder, 'results.json');
  await writeFile(results, JSON.stringify({ labels: ids, windowSeconds, scenes: told }));
  const scores = Buffer.concat(scenes.map(({ probabilities }) => Buffer.from(probabilities.buffer)));
  await writeFile(join(folder, 'scores.f32'), scores);
  const run = spawnSync(python, ['-m', 'training.scenes.figures', results], { encoding: 'utf8' });
  if (run.status !== 0) {
    throw new Error(`${python} could not measure: ${run.error?.message ?? run.stderr.trim().split('\n').at(-1)}`);
  }
  return JSON.parse(run.stdout) as FieldFigures;
}
