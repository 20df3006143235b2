import type { TaughtLabel } from '../../shared/contracts/clip';
import type { Database } from '../database';
import { keepLabels } from './clip-records';
import { everyClip, inPieces } from './in-pieces';

/** What a renaming changed, so that it can be undone. */
export interface LabelBefore {
  readonly label: TaughtLabel;
  /** Clips that had the label. */
  readonly clipIds: readonly string[];
  /** Those of them that also had the new name's label. */
  readonly hadBoth: ReadonlySet<string>;
}

/** A renamed label that can get its old name back. */
export class RenamedLabel {
  readonly #database: Database;
  readonly #before: LabelBefore;

  constructor(
    database: Database,
    /** The label that the clips have now. */
    readonly label: TaughtLabel,
    /** Whether two labels were merged. */
    readonly merged: boolean,
    before: LabelBefore,
  ) {
    this.#database = database;
    this.#before = before;
  }

  /**
   * Gives the label its old name back, in every clip that it was taken from and that still has the new one. A label
   * renamed again since, clips that got the new label since, and those that got the old one again stay as they are.
   *
   * @returns how many clips got either since.
   */
  restore(): Promise<number> {
    const { label, clipIds, hadBoth } = this.#before;
    const now = this.label;
    return this.#database.write(['clips', 'labels'], async (transaction) => {
      const clips = transaction.objectStore('clips');
      const labels = transaction.objectStore('labels');
      if (now.id === label.id) {
        if ((await labels.get(now.id))?.name === now.name) await labels.put(label);
        return 0;
      }
      // A label of this id that came since keeps its name where a clip has it.
      const isTaken = (await everyClip(transaction)).some((clip) => clip.labels.includes(label.id));
      if (isTaken) await keepLabels(transaction, [label]);
      else await labels.put(label);
      let gotOldOne = 0;
      await inPieces(clipIds, async (id) => {
        const clip = await clips.get(id);
        if (!clip?.labels.includes(now.id)) return;
        if (clip.labels.includes(label.id)) {
          gotOldOne++;
          return;
        }
        const given = hadBoth.has(id)
          ? [...clip.labels, label.id]
          : clip.labels.map((own) => (own === now.id ? label.id : own));
        await clips.put({ ...clip, labels: given });
      });
      if (this.merged) return gotOldOne;
      const having = (await everyClip(transaction)).filter((clip) => clip.labels.includes(now.id));
      if (having.length === 0) await labels.delete(now.id);
      return having.length;
    });
  }
}
