import { basename, join } from 'node:path';
import { lowestThresholdWithPrecision } from '../../src/metrics/thresholds';
import type { Calibration } from '../../src/model/folder/calibration';
import { hierarchyOf } from '../../src/model/head/hierarchy';
import { type Label, parseLabels } from '../../src/shared/contracts/model/label';
import type { Thresholds } from '../../src/shared/contracts/model/model-figures';
import { readJson } from '../read-json';
import { hoursOf } from './false-alarms';
import { fitMoments } from './fit-moments';
import { fitEventThresholds } from './fit-thresholds';
import { judgedScenes } from './judged-scenes';
import { momentsByLabel } from './moments';
import { readSceneLogits, type SceneLogits } from './scene-logits';
import { readSceneSet, type SceneSet } from './scene-set';

/** Precision of the second threshold. */
const SURE = 0.95;

/** Windows from one that is fitted to the next. */
const STRIDE = 4;

/** Calibration and thresholds of a model, as its folder has them. */
export interface FitToScenes {
  /** What it was fitted to, in words. */
  readonly from: string;
  readonly calibration: Calibration;
  readonly thresholds: Thresholds;
}

/** Scenes, and a network's outputs for them. */
export interface TaggedScenes {
  /** Folder of the scenes. */
  readonly scenes: string;
  /** Folder of the outputs. */
  readonly outputs: string;
}

/**
 * Fits a model folder's calibration and thresholds to scenes.
 *
 * @param others scenes of other recordings, on which thresholds have to hold as well.
 * @throws Error with a sentence if the outputs are of other scenes or labels, or there are none.
 */
export async function fitToScenes(
  tagged: TaggedScenes,
  model: string,
  others: readonly TaggedScenes[] = [],
): Promise<FitToScenes> {
  const labels = parseLabels(await readJson(join(model, 'labels.json')));
  const { set, outputs } = await readTagged(tagged, labels);
  const ids = labels.map(({ id }) => id);
  const hierarchy = hierarchyOf(ids, labels);

  const plain = { calibration: { scale: ids.map(() => 1), offset: ids.map(() => 0) }, hierarchy };
  const uncalibrated = await judgedScenes(set, outputs, labels, plain);
  const ofLogits = uncalibrated.map((scene) => ({ ...scene, values: scene.windows.logits }));
  const strideSeconds = STRIDE * (uncalibrated[0]?.windows.stepSeconds ?? 0);
  const moments = momentsByLabel(ofLogits, ids.length, outputs.windowSeconds, STRIDE);
  const calibration = fitMoments(moments, Math.min(1, strideSeconds / outputs.windowSeconds));

  const judged = await judgedScenes(set, outputs, labels, { calibration, hierarchy });
  const ofProbabilities = judged.map((scene) => ({ ...scene, values: scene.probabilities }));
  const sure = momentsByLabel(ofProbabilities, ids.length, outputs.windowSeconds, STRIDE);
  let highest = fitEventThresholds(judged, ids.length);
  for (const more of others) {
    const { set, outputs } = await readTagged(more, labels);
    const own = fitEventThresholds(await judgedScenes(set, outputs, labels, { calibration, hierarchy }), ids.length);
    highest = highest.map((threshold, i) => Math.max(threshold, own[i] as number));
  }
  return {
    from: `${set.scenes.length} scenes of “${basename(set.root)}”, ${hoursOf(judged).toFixed(2)} hours`,
    calibration,
    thresholds: {
      default: highest,
      precision95: sure.map((output) => lowestThresholdWithPrecision(output, SURE)?.threshold ?? null),
    },
  };
}

async function readTagged(
  { scenes, outputs: folder }: TaggedScenes,
  labels: readonly Label[],
): Promise<{ set: SceneSet; outputs: SceneLogits }> {
  const set = await readSceneSet(scenes);
  const outputs = await outputsFor(folder, labels);
  const stranger = set.scenes.find(({ file }) => !outputs.ofScene.has(file));
  if (stranger !== undefined) throw new Error(`${folder} has no outputs for ${stranger.file}: tag the scenes again`);
  return { set, outputs };
}

async function outputsFor(folder: string, labels: readonly Label[]): Promise<SceneLogits> {
  const known = await readSceneLogits(folder);
  if (known === undefined) throw new Error(`${folder} has no outputs: npm run scenes writes them`);
  if (known.logits.labels.join() !== labels.map(({ id }) => id).join()) {
    throw new Error(`the outputs in ${folder} are of a model with other labels`);
  }
  return known.logits;
}
