import { logitProbabilities } from '../../model/head/head';
import { hierarchyOf } from '../../model/head/hierarchy';
import type { Head, TrainingRequest } from '../../shared/contracts/model/head';
import { assembleProof } from '../../teach/proof';
import { assembleHead } from './assemble-head';
import { crossValidate, trainOnAll } from './cross-validation';
import { withoutForgetting } from './forgetting';
import { calibrationOf, clipLogits } from './head-calibration';
import { prepareTraining, type TrainingParts } from './head-training';

/**
 * Trains a head on a person's clips and measures it by cross-validation.
 *
 * Labels of the model that no clip holds keep weights and calibration bit for bit. Labels that a clip holds start at
 * their weights, are pulled towards them, and are trained with the shipped exemplars as well. If they still lose more
 * than 0.005 of mean AUC on these, they move back towards the shipped weights as far as needed.
 *
 * If every label has 25 clips, each fold of the cross-validation stops early on a part of its own clips. The head
 * itself then trains on all clips for as many epochs as the median fold needed. With fewer clips nothing is set aside,
 * and everything trains for a fixed number of epochs. Calibration and thresholds are fitted to the folds' heads'
 * outputs for the clips that they were not trained on.
 *
 * @returns undefined if it was stopped.
 * @throws EarmarkError too-few-clips if no clip holds a label; training-failed.
 */
export async function trainHead(request: TrainingRequest, parts: TrainingParts): Promise<Head | undefined> {
  const training = await prepareTraining(request, parts);
  const folds = await crossValidate(training);
  if (folds === undefined) return undefined;
  const trained = await trainOnAll(training, folds.epochs);
  if (trained === undefined) return undefined;
  const { head, shippedAuc } = await withoutForgetting(training, trained);
  const lines = await calibrationOf(training, folds.logits, head);
  const calibration = { scale: lines.map((line) => line.scale), offset: lines.map((line) => line.offset) };
  const ids = training.labels.map(({ id }) => id);
  const hierarchy = hierarchyOf(ids, parts.folder.labels);
  const proof = await assembleProof({
    folds: training.folds,
    labels: training.labels,
    clips: training.request.clips,
    probabilities: logitProbabilities(clipLogits(training, folds.logits), { calibration, hierarchy }),
    shippedAuc,
  });
  const { id, name, createdAtMs } = request;
  return { id, name, createdAtMs, backbone: parts.folder.backbone, ...assembleHead(training, head, lines), proof };
}
