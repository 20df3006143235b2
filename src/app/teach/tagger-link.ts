import type { Remote } from 'comlink';
import { EarmarkError } from '../../shared/contracts/messages/problem';
import type { ModelInfo, TaggerApi } from '../../shared/contracts/tagger-api';

/** A worker with its model, until it is lost. */
export class Tagging {
  readonly api: Remote<TaggerApi>;
  readonly model: ModelInfo;
  /** Rejects when the worker ends: its own answers would never come. */
  readonly #lost: Promise<never>;
  #lose: (error: Error) => void = () => {};

  constructor(api: Remote<TaggerApi>, model: ModelInfo) {
    this.api = api;
    this.model = model;
    this.#lost = new Promise<never>((_, reject) => {
      this.#lose = reject;
    });
    // Only awaited while something waits for the worker.
    this.#lost.catch(() => undefined);
  }

  /** Asks the worker, and stops waiting if it ends. @throws what {@link lose} was given. */
  ask<Answer>(question: (api: Remote<TaggerApi>) => Promise<Answer>): Promise<Answer> {
    return Promise.race([question(this.api), this.#lost]);
  }

  lose(error: Error): void {
    this.#lose(error);
  }
}

/** The connection to the tagging worker, while there is one. */
export class TaggerLink {
  /** Undefined while no model is loaded. */
  tagging: Tagging | undefined;

  /** @throws EarmarkError model-not-loaded. */
  require(): Tagging {
    if (this.tagging) return this.tagging;
    throw new EarmarkError({ code: 'model-not-loaded' });
  }
}
