import type { DiaryCommands } from '../../../app/diary/diary-state';
import { SimilarityIndex } from '../../../events/diary/similarity';
import type { SoundEvent } from '../../../shared/contracts/sound-event';

/** Events that are compared: the newest. */
const MOST_COMPARED = 100_000;
const READ_AT_ONCE = 2000;
const MOST_SIMILAR = 24;

/** What is asked of the diary. */
type Diary = Pick<DiaryCommands, 'find' | 'rows' | 'event'>;

/** An event that sounds like another one. */
export interface SimilarEvent {
  readonly event: SoundEvent;
  /** −1 to 1. */
  readonly cosine: number;
}

/** Finds events that sound alike, by the embeddings at their peaks. */
export class SimilarEvents {
  readonly #diary: Diary;
  #built: { readonly about: string; readonly index: SimilarityIndex; readonly ids: readonly string[] } | undefined;

  constructor(diary: Diary) {
    this.#diary = diary;
  }

  /** The events most similar to one, itself left out. None if it has no embedding. */
  async to(event: SoundEvent): Promise<SimilarEvent[]> {
    const { embedding, backbone } = event;
    if (!embedding || backbone === undefined) return [];
    const { index, ids } = await this.#indexOf(backbone, embedding.length);
    const nearest = index.nearest(embedding, MOST_SIMILAR + 1).filter(({ row }) => ids[row] !== event.id);
    const found = await Promise.all(
      nearest.map(async ({ row, cosine }) => ({ event: await this.#diary.event(ids[row] as string), cosine })),
    );
    return found.filter((similar): similar is SimilarEvent => similar.event !== undefined).slice(0, MOST_SIMILAR);
  }

  /** Embeddings of different backbones mean different things. */
  async #indexOf(backbone: string, size: number) {
    const found = await this.#diary.find({});
    const about = `${backbone} ${size} ${found.count}`;
    if (this.#built?.about === about) return this.#built;
    const count = Math.min(found.count, MOST_COMPARED);
    const index = new SimilarityIndex(size, count);
    const ids: string[] = [];
    for (let from = 0; from < count; from += READ_AT_ONCE) {
      for (const event of await this.#diary.rows(found, from, Math.min(count, from + READ_AT_ONCE))) {
        if (event?.backbone !== backbone || event.embedding?.length !== size) continue;
        index.add(event.embedding);
        ids.push(event.id);
      }
    }
    this.#built = { about, index, ids };
    return this.#built;
  }
}
