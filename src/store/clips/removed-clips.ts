import type { ClipInfo, TaughtLabel } from '../../shared/contracts/clip';
import type { Database } from '../database';
import { deleteUnlisted, keepLabels } from './clip-records';

/** Clips removed from the list. They can come back until their samples are deleted. */
export class RemovedClips {
  readonly #database: Database;
  readonly #labels: readonly TaughtLabel[];

  constructor(
    database: Database,
    /** As they were. */
    readonly clips: readonly ClipInfo[],
    labels: readonly TaughtLabel[],
  ) {
    this.#database = database;
    this.#labels = labels;
  }

  /**
   * Puts the clips back as they were.
   *
   * @returns the restored clips. A clip stays away if the same sound was kept again in the meantime.
   */
  restore(): Promise<ClipInfo[]> {
    return this.#database.write(['clips', 'labels', 'unlisted'], async (transaction) => {
      const clips = transaction.objectStore('clips');
      const restored: ClipInfo[] = [];
      for (const clip of this.clips) {
        const waits = (await transaction.objectStore('unlisted').getKey(clip.id)) !== undefined;
        if (!waits || (await clips.index('hash').getKey(clip.hash)) !== undefined) continue;
        await clips.put(clip);
        await transaction.objectStore('unlisted').delete(clip.id);
        restored.push(clip);
      }
      const used = new Set(restored.flatMap(({ labels }) => labels));
      await keepLabels(
        transaction,
        this.#labels.filter(({ id }) => used.has(id)),
      );
      return restored;
    });
  }

  /** Gives up the undo and frees the samples' storage. */
  discard(): Promise<void> {
    const ids = this.clips.map(({ id }) => id);
    return this.#database.write(['samples', 'embeddings', 'unlisted'], (transaction) =>
      deleteUnlisted(transaction, ids),
    );
  }
}
