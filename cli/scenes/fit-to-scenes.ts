import { basename, join } from 'node:path';
import type { ScoredOutputs } from '../../src/metrics/predictions';
import { lowestThresholdWithPrecision } from '../../src/metrics/thresholds';
import type { Calibration } from '../../src/model/folder/calibration';
import { hierarchyOf } from '../../src/model/head/hierarchy';
import { type Label, parseLabels } from '../../src/shared/contracts/model/label';
import type { Thresholds } from '../../src/shared/contracts/model/model-figures';
import type { LogitsFile } from '../clips/clip-logits';
import { readJson } from '../read-json';
import { hoursOf } from './false-alarms';
import { fitClipLine } from './fit-clip-line';
import { fitMoments } from './fit-moments';
import { fitEventThresholds } from './fit-thresholds';
import { judgedScenes } from './judged-scenes';
import { type KnownWindows, windowsOfClips, windowsOfScenes } from './known-windows';
import { momentsByLabel, pooledMoments } from './moments';
import { isHeardAsToday, readSceneLogits, type SceneLogits } from './scene-logits';
import { readSceneSet, type SceneSet } from './scene-set';

/** Precision of the second threshold. */
const SURE = 0.95;

/** Windows from one that is fitted to the next. */
const STRIDE = 4;

/**
 * How many windows that share no sound a window of a clip stands for. It is little: a clip holds a loud sound all the time, which few
 * moments do. training/README.md says what other weights gave.
 */
const CLIP_WINDOW_WEIGHT = 0.05;

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
 * Fits a model folder's calibration and thresholds to scenes, of which none may be known to the network. Thresholds have
 * to hold on each of the sets.
 *
 * @param tagged one set at least.
 * @param clips outputs for clips of others: the calibration has to suit them as well.
 * @throws Error with a sentence if the outputs are of other scenes or labels, or there are none.
 */
export async function fitToScenes(
  tagged: readonly TaggedScenes[],
  model: string,
  clips: LogitsFile | undefined,
): Promise<FitToScenes> {
  const labels = parseLabels(await readJson(join(model, 'labels.json')));
  const sets = await Promise.all(tagged.map((scenes) => readTagged(scenes, labels)));
  const ids = labels.map(({ id }) => id);
  const hierarchy = hierarchyOf(ids, labels);
  if (clips && clips.labels.join() !== ids.join())
    throw new Error('the clips’ outputs are of a model with other labels');

  const plain = { calibration: { scale: ids.map(() => 1), offset: ids.map(() => 0) }, hierarchy };
  const windows: KnownWindows[] = clips ? [windowsOfClips(clips, CLIP_WINDOW_WEIGHT)] : [];
  for (const { set, outputs } of sets) {
    const judged = await judgedScenes(set, outputs, labels, plain);
    const ofLogits = judged.map((scene) => ({ ...scene, values: scene.windows.logits }));
    windows.push(windowsOfScenes(ofLogits, ids.length, outputs.windowSeconds, STRIDE));
  }
  const ofMoments = fitMoments(windows, ids.length);
  const calibration = clips
    ? { ...ofMoments, clip: fitClipLine(clips, { calibration: ofMoments, hierarchy }) }
    : ofMoments;

  const ofSets = await Promise.all(
    sets.map(async ({ set, outputs }) => {
      const judged = await judgedScenes(set, outputs, labels, { calibration, hierarchy });
      const ofProbabilities = judged.map((scene) => ({ ...scene, values: scene.probabilities }));
      return {
        words: `${set.scenes.length} scenes of “${basename(set.root)}”, ${hoursOf(judged).toFixed(2)} hours`,
        thresholds: fitEventThresholds(judged, ids.length),
        moments: momentsByLabel(ofProbabilities, ids.length, outputs.windowSeconds, STRIDE),
      };
    }),
  );
  const sureOf = (label: number): number | null => {
    const outputs = pooledMoments(ofSets.map(({ moments }) => moments[label] as ScoredOutputs));
    return lowestThresholdWithPrecision(outputs, SURE)?.threshold ?? null;
  };
  return {
    from: [...ofSets.map(({ words }) => words), ...(clips ? [`${clips.clips.length} clips`] : [])].join(', '),
    calibration,
    thresholds: {
      default: ids.map((_, label) => Math.max(...ofSets.map(({ thresholds }) => thresholds[label] as number))),
      precision95: ids.map((_, label) => sureOf(label)),
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
  if (!isHeardAsToday(known.index)) {
    throw new Error(`the outputs in ${folder} lack windows that are heard again after a rise: tag the scenes again`);
  }
  if (known.logits.labels.join() !== labels.map(({ id }) => id).join()) {
    throw new Error(`the outputs in ${folder} are of a model with other labels`);
  }
  return known.logits;
}
