import { type LogitReading, logitProbabilities } from '../../src/model/head/head';
import type { Label } from '../../src/shared/contracts/model/label';
import { describedLabels, meaningsOf } from './meanings';
import type { SceneLogits, WindowLogits } from './scene-logits';
import type { SceneSet } from './scene-set';
import { type LabelTruth, sceneTruth } from './truth';

/** A scene with everything that judging it needs. */
export interface JudgedScene {
  readonly file: string;
  readonly kind: string;
  readonly seconds: number;
  readonly windows: WindowLogits;
  /** Calibrated, [windows, labels]. */
  readonly probabilities: Float32Array;
  /** Those of the windows that were heard again: [labels], by the window's place. */
  readonly filled: ReadonlyMap<number, Float32Array>;
  /** In the order of the labels. */
  readonly truth: readonly LabelTruth[];
}

/** Scenes with a model's calibrated probabilities, and the truth for its labels. */
export async function judgedScenes(
  { scenes }: SceneSet,
  { ofScene }: SceneLogits,
  labels: readonly Label[],
  reading: LogitReading,
): Promise<JudgedScene[]> {
  const meanings = meaningsOf(await describedLabels(labels));
  const ids = labels.map(({ id }) => id);
  return scenes.map((scene) => {
    const windows = ofScene.get(scene.file) as WindowLogits;
    const filled = [...windows.filled].map(
      ([window, logits]) => [window, logitProbabilities(logits, reading)] as const,
    );
    return {
      file: scene.file,
      kind: scene.kind,
      seconds: scene.seconds,
      windows,
      probabilities: logitProbabilities(windows.logits, reading),
      filled: new Map(filled),
      truth: sceneTruth(scene, ids, meanings),
    };
  });
}
