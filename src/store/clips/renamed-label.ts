import type { TaughtLabel } from '../../shared/contracts/clip';
import type { Database } from '../database';
import { inPieces } from './in-pieces';

/** What a renaming changed, to be taken back. */
export interface LabelBefore {
  readonly label: TaughtLabel;
  /** Clips that had the label. */
  readonly clipIds: readonly string[];
  /** Those of them that had the new name's label as well. */
  readonly hadBoth: ReadonlySet<string>;
}

/** A label that has another name, and can get its old one back. */
export class RenamedLabel {
  readonly #database: Database;
  readonly #before: LabelBefore;

  constructor(
    database: Database,
    /** The label that the clips have now. */
    readonly label: TaughtLabel,
    /** Whether there were two before. */
    readonly merged: boolean,
    before: LabelBefore,
  ) {
    this.#database = database;
    this.#before = before;
  }

  /** Gives the label its old name back, in every clip that it was taken from and that still has the new one. */
  restore(): Promise<void> {
    const { label, clipIds, hadBoth } = this.#before;
    const now = this.label;
    return this.#database.write(['clips', 'labels'], async (transaction) => {
      const clips = transaction.objectStore('clips');
      await transaction.objectStore('labels').put(label);
      if (now.id === label.id) return;
      if (!this.merged) await transaction.objectStore('labels').delete(now.id);
      await inPieces(clipIds, async (id) => {
        const clip = await clips.get(id);
        if (!clip?.labels.includes(now.id)) return;
        const labels = hadBoth.has(id)
          ? [...clip.labels, label.id]
          : clip.labels.map((own) => (own === now.id ? label.id : own));
        await clips.put({ ...clip, labels });
      });
    });
  }
}
