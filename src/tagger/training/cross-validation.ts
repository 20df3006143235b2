import { headLogits } from '../../model/head/head';
import { type TrainedWeights, trainWeights } from '../../model/head/weights-trainer';
import { median } from '../../shared/lib/math/quantile';
import { Pauses } from '../../shared/lib/pause';
import { stratifiedFolds } from '../../teach/folds';
import type { HeadTraining } from './head-training';
import { rowsOf, type TrainingRows, type TrainingUnit } from './training-rows';

/** Decides splits and row order. Fixed, so that the same clips always give the same head. */
const SEED = 20_170_101;
/** One fifth of a fold's training clips is set aside for early stopping. */
const TRAINING_SHARES = [4, 1];
/** Epochs if nothing is set aside: after this many, L2 holds the weights in place. */
const EPOCHS_OF_FEW = 24;
/**
 * L2's pull if nothing is set aside. Chosen with `npm run bench:teach` on the sounds of extra-development-sounds.csv: with 3 and
 * 5 clips of each, 0.917 and 0.959 of AUC instead of the 0.913 and 0.956 of the usual pull.
 */
const PULL_OF_FEW = 0.1;
/** Minimum epochs of the head itself. */
const FEWEST_EPOCHS = 5;

/** Results of the folds' heads. */
export interface CrossValidation {
  /** For all rows, each by a head that was not trained on it, [rows, labels]; empty without folds. */
  readonly logits: Float32Array;
  /** The median of the folds' best epochs; undefined without folds. */
  readonly epochs: number | undefined;
}

/** Trains a head without each fold in turn, and applies it to that fold. @returns undefined if it was stopped. */
export async function crossValidate(training: HeadTraining): Promise<CrossValidation | undefined> {
  const { folds, rows, labels, stopsEarly } = training;
  if (folds === 0) return { logits: new Float32Array(0), epochs: undefined };
  const { data, units } = rows;
  const foldOf = unitFolds(training, folds);
  const logits = new Float32Array((data.embeddings.length / data.size) * labels.length);
  const epochs: number[] = [];
  const pauses = new Pauses();
  for (let fold = 0; fold < folds; fold++) {
    const heard = units.filter((_, i) => foldOf[i] !== fold);
    const left = units.filter((_, i) => foldOf[i] === fold);
    const aside = stopsEarly ? validationUnits(heard, rows) : undefined;
    const trained = await train(training, {
      part: fold,
      train: aside ? heard.filter((unit) => !aside.has(unit)) : heard,
      ...(aside ? { aside } : { epochs: EPOCHS_OF_FEW }),
    });
    if (trained === undefined) return undefined;
    epochs.push(trained.epoch);
    for (const { firstRow, rows: count } of left) {
      await pauses.take();
      const own = data.embeddings.subarray(firstRow * data.size, (firstRow + count) * data.size);
      logits.set(headLogits(own, trained), firstRow * labels.length);
    }
  }
  return { logits, epochs: Math.round(median(epochs)) };
}

/** The fold of every unit. Exemplars are grouped by label, so they are dealt out in turn. */
function unitFolds({ rows }: HeadTraining, folds: number): number[] {
  const ofClips = stratifiedFolds(
    rows.units.slice(0, rows.clips).map(({ labels }) => labels),
    Array<number>(folds).fill(1),
    SEED,
  );
  return rows.units.map((_, i) => (i < rows.clips ? (ofClips[i] as number) : i % folds));
}

function validationUnits(heard: readonly TrainingUnit[], { units, clips }: TrainingRows): Set<TrainingUnit> {
  const firstExemplar = units[clips];
  const own = heard.filter((unit) => firstExemplar === undefined || unit.firstRow < firstExemplar.firstRow);
  const part = stratifiedFolds(
    own.map(({ labels }) => labels),
    TRAINING_SHARES,
    SEED,
  );
  const every = TRAINING_SHARES.reduce((sum, share) => sum + share, 0);
  const exemplars = heard.slice(own.length).filter((_, i) => i % every === 0);
  return new Set([...own.filter((_, i) => part[i] === 1), ...exemplars]);
}

interface Part {
  readonly part: number;
  readonly train: readonly TrainingUnit[];
  readonly aside?: ReadonlySet<TrainingUnit>;
  readonly epochs?: number;
}

function train(training: HeadTraining, { part, train, aside, epochs }: Part): Promise<TrainedWeights | undefined> {
  const { rows, start, folds, stopsEarly, shouldStop, onProgress } = training;
  return trainWeights(rows.data, rowsOf(train), {
    start,
    seed: SEED + part,
    shouldStop,
    ...(stopsEarly ? {} : { pull: PULL_OF_FEW }),
    ...(aside === undefined ? {} : { validation: rowsOf([...aside]) }),
    ...(epochs === undefined ? {} : { epochs }),
    onEpoch: (epoch) => onProgress({ part, parts: folds + 1, stage: part < folds ? 'proof' : 'head', ...epoch }),
  });
}

/** Trains on all clips. @returns undefined if it was stopped. */
export function trainOnAll(training: HeadTraining, epochs = EPOCHS_OF_FEW): Promise<TrainedWeights | undefined> {
  const { folds, rows } = training;
  return train(training, { part: folds, train: rows.units, epochs: Math.max(FEWEST_EPOCHS, epochs) });
}
