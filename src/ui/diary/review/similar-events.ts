import type { DiaryCommands } from '../../../app/diary/diary-state';
import { SimilarityIndex } from '../../../events/diary/similarity';
import type { SoundEvent } from '../../../shared/contracts/sound-event';

/** Events that are compared: the newest. */
const MOST_COMPARED = 100_000;
const READ_AT_ONCE = 2000;
const MOST_SIMILAR = 24;
/** Events that may be added before all are read again. */
const MOST_LATER = 5000;

/** What is asked of the diary. */
type Diary = Pick<DiaryCommands, 'find' | 'rows'>;

/** An event that sounds like another one. */
export interface SimilarEvent {
  readonly event: SoundEvent;
  /** −1 to 1. */
  readonly cosine: number;
}

/** What is compared. */
interface Compared {
  /** The backbone and the size of its embeddings: those of different backbones mean different things. */
  readonly about: string;
  readonly index: SimilarityIndex;
  /** Keys of the events in the index, by row. */
  readonly keys: number[];
  /** Keys of all events that were read. */
  readonly read: Set<number>;
}

/** Finds events that sound alike, by the embeddings at their peaks. */
export class SimilarEvents {
  readonly #diary: Diary;
  #compared: Compared | undefined;

  constructor(diary: Diary) {
    this.#diary = diary;
  }

  /** The events most similar to one, itself left out. None if it has no embedding. */
  async to(event: SoundEvent): Promise<SimilarEvent[]> {
    const { embedding, backbone } = event;
    if (!embedding || backbone === undefined) return [];
    const { index, keys } = await this.#comparedWith(backbone, embedding.length);
    // Some may have been deleted since.
    const nearest = index.nearest(embedding, 2 * MOST_SIMILAR);
    const wanted = Uint32Array.from(nearest, ({ row }) => keys[row] as number);
    const found = { count: wanted.length, keys: wanted, startsMs: new Float64Array(wanted.length) };
    const events = await this.#diary.rows(found, 0, wanted.length);
    return nearest
      .flatMap(({ cosine }, i) => {
        const similar = events[i];
        return similar && similar.id !== event.id ? [{ event: similar, cosine }] : [];
      })
      .slice(0, MOST_SIMILAR);
  }

  /** The newest events. Those that were read before are not read again. */
  async #comparedWith(backbone: string, size: number): Promise<Compared> {
    const found = await this.#diary.find({});
    const newest = found.keys.subarray(0, MOST_COMPARED);
    const about = `${backbone} ${size}`;
    let compared = this.#compared;
    const missingIn = ({ read }: Compared): Uint32Array => newest.filter((key) => !read.has(key));
    if (compared?.about !== about || missingIn(compared).length > compared.index.room) {
      const index = new SimilarityIndex(size, newest.length + MOST_LATER);
      compared = { about, index, keys: [], read: new Set() };
    }
    const missing = missingIn(compared);
    for (let from = 0; from < missing.length; from += READ_AT_ONCE) {
      await this.#read(compared, missing.subarray(from, from + READ_AT_ONCE), backbone, size);
    }
    this.#compared = compared;
    return compared;
  }

  async #read({ index, keys, read }: Compared, some: Uint32Array, backbone: string, size: number): Promise<void> {
    const found = { count: some.length, keys: some, startsMs: new Float64Array(some.length) };
    const events = await this.#diary.rows(found, 0, some.length);
    for (const [i, event] of events.entries()) {
      const key = some[i] as number;
      read.add(key);
      if (event?.backbone !== backbone || event.embedding?.length !== size) continue;
      index.add(event.embedding);
      keys.push(key);
    }
  }
}
