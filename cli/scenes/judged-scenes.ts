import { type LogitReading, logitProbabilities } from '../../src/model/head/head';
import type { Label } from '../../src/shared/contracts/model/label';
import type { JudgedScene } from './false-alarms';
import { describedLabels, meaningsOf } from './meanings';
import type { SceneLogits, WindowLogits } from './scene-logits';
import type { SceneSet } from './scene-set';
import { sceneTruth } from './truth';

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
    return {
      file: scene.file,
      kind: scene.kind,
      seconds: scene.seconds,
      windows,
      probabilities: logitProbabilities(windows.logits, reading),
      truth: sceneTruth(scene, ids, meanings),
    };
  });
}
