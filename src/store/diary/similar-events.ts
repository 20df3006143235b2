import type { SimilarEvent } from '../../shared/contracts/diary/diary-query';
import type { SoundEvent } from '../../shared/contracts/sound-event';
import { type Similar, SimilarityIndex } from '../../shared/lib/math/similarity';
import type { Database } from '../database';
import { readEmbeddings } from './blocks/event-blocks';
import { isEmbedded, type StoredEmbeddings } from './blocks/event-embeddings';
import type { Changes } from './event-changes';

/** Events that are compared: the newest. */
const MOST_COMPARED = 100_000;
/** Events that may be added before all are read again. */
const MOST_LATER = 5000;
const MOST_SIMILAR = 24;

/** An event by its key. */
interface SimilarKey extends Pick<Similar, 'cosine'> {
  readonly key: number;
}

/** What is compared: embeddings of one size and backbone, because those of different ones mean different things. */
class Compared {
  readonly #backbone: string;
  readonly #size: number;
  readonly #index: SimilarityIndex;
  /** Keys of the rows in the index, ascending. */
  readonly #keys: Uint32Array;

  /** @param blocks the oldest first. */
  constructor(backbone: string, size: number, blocks: readonly StoredEmbeddings[]) {
    this.#backbone = backbone;
    this.#size = size;
    const most = blocks.reduce((sum, { keys }) => sum + keys.length, 0) + MOST_LATER;
    this.#index = new SimilarityIndex(size, most);
    this.#keys = new Uint32Array(most);
    for (const { keys, bytes } of blocks) {
      this.#keys.set(keys, this.#index.count);
      this.#index.addBytes(bytes);
    }
  }

  isAbout(backbone: string, size: number): boolean {
    return this.#backbone === backbone && this.#size === size;
  }

  nearest(embedding: Uint16Array, most: number): SimilarKey[] {
    return this.#index.nearest(embedding, most).map(({ row, cosine }) => ({ key: this.#keys[row] as number, cosine }));
  }

  /** Takes the newest state of an event. @returns whether there was room for it. */
  take(key: number, event: SoundEvent | undefined): boolean {
    if (!isEmbedded(event) || !this.isAbout(event.backbone, event.embedding.length)) return true;
    const { count } = this.#index;
    const row = this.#keys.subarray(0, count).indexOf(key);
    if (row >= 0) this.#index.replace(row, event.embedding);
    // A key below the highest is an event that is too old to be compared.
    else if (count > 0 && key < (this.#keys[count - 1] as number)) return true;
    else if (this.#index.room === 0) return false;
    else {
      this.#keys[count] = key;
      this.#index.add(event.embedding);
    }
    return true;
  }
}

/** Finds the newest events that sound like one, by the embeddings at their peaks: read once, they follow every change. */
export class SimilarEvents {
  readonly #database: Database;
  #reading: Promise<Compared> | undefined;
  #compared: Compared | undefined;
  /** What was changed while they were being read. */
  #missed: Changes[] = [];

  constructor(database: Database) {
    this.#database = database;
  }

  /** The events most similar to one, itself left out, best first. None if it has no embedding. */
  async to(
    event: SoundEvent,
    rowsOf: (keys: readonly number[]) => Promise<(SoundEvent | undefined)[]>,
  ): Promise<SimilarEvent[]> {
    if (!isEmbedded(event)) return [];
    const { embedding, backbone } = event;
    let compared = await this.#reading;
    if (!compared?.isAbout(backbone, embedding.length)) {
      this.#reading = this.#read(backbone, embedding.length);
      compared = await this.#reading;
    }
    // Some may have been deleted since.
    const nearest = compared.nearest(embedding, 2 * MOST_SIMILAR);
    const rows = await rowsOf(nearest.map(({ key }) => key));
    const others = nearest.flatMap(({ cosine }, i) => {
      const similar = rows[i];
      return similar && similar.id !== event.id ? [{ event: similar, cosine }] : [];
    });
    return others.slice(0, MOST_SIMILAR);
  }

  apply(changes: Changes): void {
    if (this.#compared && !takeAll(this.#compared, changes)) this.#forget();
    else if (this.#reading && !this.#compared) this.#missed.push(changes);
  }

  async #read(backbone: string, size: number): Promise<Compared> {
    this.#compared = undefined;
    this.#missed = [];
    try {
      const blocks: StoredEmbeddings[] = [];
      let count = 0;
      for await (const block of readEmbeddings(this.#database)) {
        const own = block.filter((some) => some.backbone === backbone && some.size === size);
        blocks.unshift(...own);
        count += own.reduce((sum, { keys }) => sum + keys.length, 0);
        if (count >= MOST_COMPARED) break;
      }
      const compared = new Compared(backbone, size, blocks);
      for (const changes of this.#missed) takeAll(compared, changes);
      this.#compared = compared;
      return compared;
    } catch (error) {
      this.#forget();
      throw error;
    }
  }

  #forget(): void {
    this.#reading = undefined;
    this.#compared = undefined;
  }
}

/** @returns whether there was room for all. */
function takeAll(compared: Compared, changes: Changes): boolean {
  return [...changes].every(([key, event]) => compared.take(key, event));
}
