import type { TrainableModel } from '../../model/engine/loaded-model';
import type { Exemplars } from '../../model/folder/exemplars';
import { EarmarkError } from '../../shared/contracts/messages/problem';
import type { Head, TrainingProgress, TrainingRequest } from '../../shared/contracts/model/head';
import { badMessage } from '../checked-tagger';
import { trainHead } from './train-head';

/** One running training. */
interface Job {
  stopped: boolean;
  /** Never fails. */
  readonly ended: Promise<void>;
}

/** Trains heads for one model, one at a time. */
export class HeadTrainer {
  readonly #model: TrainableModel;
  readonly #openExemplars: () => Promise<Exemplars>;
  #exemplars: Promise<Exemplars> | undefined;
  #job: Job | undefined;

  /** @param openExemplars fetches the model's exemplars; called when they are first needed. */
  constructor(model: TrainableModel, openExemplars: () => Promise<Exemplars>) {
    this.#model = model;
    this.#openExemplars = openExemplars;
  }

  /** See `TaggerApi.trainHead`. */
  async train(request: TrainingRequest, onProgress: (progress: TrainingProgress) => void): Promise<Head | undefined> {
    if (this.#job !== undefined) throw badMessage('a head is being trained already');
    let end = (): void => {};
    const job: Job = { stopped: false, ended: new Promise((resolve) => (end = resolve)) };
    this.#job = job;
    try {
      const exemplars = await this.#readyExemplars();
      const shouldStop = (): boolean => job.stopped;
      return await trainHead(request, { folder: this.#model.folder, exemplars, onProgress, shouldStop });
    } catch (error) {
      throw trainingFailure(error);
    } finally {
      this.#job = undefined;
      end();
    }
  }

  /** Stops the training and waits for its end. Does nothing if there is none. */
  async stop(): Promise<void> {
    if (this.#job === undefined) return;
    this.#job.stopped = true;
    await this.#job.ended;
  }

  /** The model's exemplars, fetched once. After a failure they are fetched again. */
  #readyExemplars(): Promise<Exemplars> {
    this.#exemplars ??= this.#openExemplars().catch((error: unknown) => {
      this.#exemplars = undefined;
      throw error;
    });
    return this.#exemplars;
  }
}

/** What a training failed with, including lack of memory. */
function trainingFailure(cause: unknown): EarmarkError {
  if (cause instanceof EarmarkError) return cause;
  return new EarmarkError({ code: 'training-failed', detail: (cause as Error).message }, { cause });
}
