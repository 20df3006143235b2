import type { BackendName } from '../../shared/contracts/backend';
import { EarmarkError } from '../../shared/contracts/messages/problem';
import type { ModelInfo } from '../../shared/contracts/tagger-api';
import type { TaggerWorker, WorkerDeath } from './tagger-worker';

/** What a model costs on this device, and what is known about it. */
export interface MeasuredModel {
  readonly model: ModelInfo;
  /** The one that would be chosen for it automatically. */
  readonly backend: BackendName;
  /** Median time of its network for one tag, in milliseconds. */
  readonly tagMs: number;
  readonly tagsPerSecond: number;
  /** Mean AUC of its labels on sounds that it had not heard, from its figures; undefined without any. */
  readonly meanAuc?: number | undefined;
}

/**
 * Loads a model beside the one in use, in a worker of its own, and measures it there.
 *
 * @param modelUrl absolute, ending in `/`. @throws EarmarkError as `TaggerApi.load`, or worker-died.
 */
export async function measureModel(
  startWorker: (onDeath: (death: WorkerDeath) => void) => TaggerWorker,
  modelUrl: string,
  tagsPerSecond: number,
): Promise<MeasuredModel> {
  let worker: TaggerWorker | undefined;
  try {
    const model = await new Promise<ModelInfo>((resolve, reject) => {
      worker = startWorker((death) => reject(new EarmarkError({ code: 'worker-died', ...death })));
      worker.api.load(modelUrl, 'auto', tagsPerSecond).then(resolve, reject);
    });
    const { taken, trials } = model.backend;
    const trial = trials.find(({ backend }) => backend === taken);
    // An automatic choice is always made by time.
    if (trial === undefined || !('medianMs' in trial)) throw new Error(`${taken} was chosen without a time`);
    return { model, backend: taken, tagMs: trial.medianMs, tagsPerSecond, meanAuc: meanAuc(model) };
  } finally {
    worker?.terminate();
  }
}

function meanAuc({ figures }: ModelInfo): number | undefined {
  const known = figures?.labels.flatMap(({ auc }) => (auc === null ? [] : [auc])) ?? [];
  return known.length === 0 ? undefined : known.reduce((sum, auc) => sum + auc, 0) / known.length;
}
