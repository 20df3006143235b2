import type { ClipInfo } from '../../shared/contracts/clip';
import type { Database } from '../database';
import { goodRows } from '../row-schemas';
import { inPieces } from './in-pieces';

/** Clips whose names or labels were changed together, and can be changed back. */
export class ChangedClips {
  readonly #database: Database;
  /** As they were, in the order of `now`. */
  readonly #before: readonly ClipInfo[];

  constructor(
    database: Database,
    before: readonly ClipInfo[],
    /** As the change left them. */
    readonly now: readonly ClipInfo[],
  ) {
    this.#database = database;
    this.#before = before;
  }

  /** Whether anything is different now. */
  get differs(): boolean {
    return this.now.some((clip, i) => !isSame(clip, this.#before[i] as ClipInfo));
  }

  /**
   * Undoes only this change: a clip that was changed again since stays as it is, and a removed one stays removed.
   *
   * @returns how many clips were changed since.
   */
  restore(): Promise<number> {
    return this.#database.write(['clips'], async (transaction) => {
      const clips = transaction.objectStore('clips');
      let changedSince = 0;
      await inPieces([...this.now.entries()], async ([i, now]) => {
        const [clip] = goodRows(
          'clips',
          [await clips.get(now.id)].filter((row) => row !== undefined),
        );
        if (!clip) return;
        if (!isSame(clip, now)) {
          changedSince++;
          return;
        }
        const { name, labels, reviewed } = this.#before[i] as ClipInfo;
        await clips.put({ ...clip, name, labels, reviewed });
      });
      return changedSince;
    });
  }
}

/** Whether a person's decisions about both are the same. */
function isSame(a: ClipInfo, b: ClipInfo): boolean {
  const labels = new Set(b.labels);
  return (
    a.name === b.name &&
    a.reviewed === b.reviewed &&
    a.labels.length === b.labels.length &&
    a.labels.every((label) => labels.has(label))
  );
}
