import { modelOfBackbone } from '../../shared/lib/backbone-id';
import type { Database } from '../database';

/** A backbone's embeddings of clips, [windows, embedding size], row-major, so that no clip is computed twice. */
export class EmbeddingCache {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** This backbone's embeddings of the given clips, by clip id. */
  get(clipIds: readonly string[], backbone: string): Promise<Map<string, Float32Array>> {
    return this.#database.read(['embeddings'], async (transaction) => {
      const store = transaction.objectStore('embeddings');
      const found = await Promise.all(clipIds.map(async (id) => [id, await store.get([id, backbone])] as const));
      return new Map(
        found.filter((entry): entry is readonly [string, Float32Array] => entry[1] instanceof Float32Array),
      );
    });
  }

  /** Remembers embeddings by clip id. Clips deleted meanwhile are left out. */
  async put(embeddings: ReadonlyMap<string, Float32Array>, backbone: string): Promise<void> {
    await this.#database.write(['samples', 'embeddings'], async (transaction) => {
      for (const [id, values] of embeddings) {
        if ((await transaction.objectStore('samples').getKey(id)) === undefined) continue;
        await transaction.objectStore('embeddings').put(values, [id, backbone]);
      }
    });
  }

  /**
   * Deletes what nobody will ask for again: embeddings by older weights of the same model, and by models that no longer
   * exist.
   *
   * @param backbone of the model in use.
   * @param models names of the available models.
   */
  async dropUnreachable(backbone: string, models: readonly string[]): Promise<void> {
    const current = modelOfBackbone(backbone);
    const isReachable = (other: string): boolean => {
      const model = modelOfBackbone(other);
      return model === current ? other === backbone : models.includes(model);
    };
    await this.#database.write(['embeddings'], async (transaction) => {
      const store = transaction.objectStore('embeddings');
      for (const key of await store.getAllKeys()) {
        if (!isReachable(key[1])) await store.delete(key);
      }
    });
  }
}
