import type { TaughtLabel } from '../../shared/contracts/clip';
import type { ClipsChange } from '../../store/clips/clip-library';
import type { NewClip } from '../../store/clips/clip-records';
import { type Drafts, named } from './editor/drafts';
import { noteLabels } from './editor/last-labels';
import type { TeachShared } from './stored-lists';
import type { ClipCommands, JudgedSound } from './teach-state';
import { removalStep, type Undo } from './undo';

/** Changes, names and deletes clips and labels of the library. All of it can be undone. */
export class Clips implements ClipCommands {
  readonly #shared: TeachShared;
  readonly #undo: Undo;
  readonly #drafts: Drafts;

  constructor(shared: TeachShared, undo: Undo, drafts: Drafts) {
    this.#shared = shared;
    this.#undo = undo;
    this.#drafts = drafts;
  }

  relabel(ids: readonly string[], change: ClipsChange): Promise<void> {
    noteLabels(this.#shared, change.addLabels ?? []);
    return this.#changeMany(ids, change, 'labels-changed');
  }

  keepJudged(sounds: AsyncIterable<JudgedSound>): Promise<void> {
    return this.#shared.notices.attempt(async () => {
      const { model } = this.#shared.tagger.require();
      const clips = judgedClips(sounds, model.spec.sampleRateHz);
      const { added, alreadyThere } = await this.#shared.parts.library.addAll(clips, []);
      this.#shared.notices.saved();
      await this.#shared.lists.refresh();
      const others = { heads: [], leftOut: 0, others: 0 };
      this.#shared.holder.change({ notice: { code: 'imported', clips: added.length, alreadyThere, ...others } });
    });
  }

  acceptLabels(ids: readonly string[]): Promise<void> {
    return this.#changeMany(ids, { reviewed: true }, 'labels-accepted');
  }

  renameLabel(id: string, to: TaughtLabel): Promise<void> {
    return this.#shared.notices.attempt(async () => {
      const before = this.#shared.holder.state.labels.find((label) => label.id === id);
      const renamed = await this.#shared.parts.library.renameLabel(id, to);
      this.#shared.notices.saved();
      const old = before ?? { id, name: id };
      const step = {
        restore: async () => {
          const kept = await renamed.restore();
          await this.#followRenaming(renamed.label.id, old);
          return kept;
        },
      };
      await this.#undo.offer(step, {
        code: renamed.merged ? 'labels-merged' : 'label-renamed',
        before: old,
        now: renamed.label,
      });
      await this.#followRenaming(id, renamed.label);
      await this.#shared.lists.refresh();
    });
  }

  /** Few people rename a label: the first paint does not need it. */
  async #followRenaming(from: string, to: TaughtLabel): Promise<void> {
    const { followRenaming } = await import('../diary/renaming');
    await followRenaming(this.#shared.host, from, to);
  }

  remove(ids: readonly string[]): Promise<void> {
    return this.#shared.notices.attempt(async () => {
      const { clips, draft } = this.#shared.holder.state;
      const only = ids.length === 1 ? clips.find(({ id }) => id === ids[0]) : undefined;
      await this.#undo.offer(
        removalStep(await this.#shared.parts.library.remove(ids)),
        only ? { code: 'clip-deleted', clip: named(only) } : { code: 'clips-deleted', clips: ids.length },
      );
      if (draft?.clip && ids.includes(draft.clip.id)) this.#drafts.close();
      await this.#shared.lists.refresh();
    });
  }

  async discardDraft(): Promise<void> {
    const clip = this.#shared.holder.state.draft?.clip;
    this.#drafts.close();
    if (clip) await this.remove([clip.id]);
  }

  exportSetAside(): Promise<void> {
    return this.#shared.notices.attempt(async () =>
      this.#shared.parts.saveFile(await this.#shared.parts.setAside.export(), 'earmark-damaged.zip'),
    );
  }

  deleteSetAside(): Promise<void> {
    return this.#shared.notices.attempt(async () => {
      await this.#shared.parts.setAside.remove();
      this.#shared.holder.change({ setAside: await this.#shared.parts.setAside.list() });
    });
  }

  #changeMany(ids: readonly string[], change: ClipsChange, done: 'labels-changed' | 'labels-accepted'): Promise<void> {
    return this.#shared.notices.attempt(async () => {
      const changed = await this.#shared.parts.library.updateMany(ids, change);
      this.#shared.notices.saved();
      await this.#undo.offer(changed, { code: done, clips: changed.now.length });
      await this.#shared.lists.refresh();
    });
  }
}

/** At the rate at which clips are kept. */
async function* judgedClips(sounds: AsyncIterable<JudgedSound>, sampleRateHz: number): AsyncGenerator<NewClip> {
  // The first paint does not need it.
  const { resampleInt16 } = await import('../../dsp/resampler');
  for await (const { samples: heard, sampleRateHz: heardRateHz, heardAtMs, labels } of sounds) {
    const samples = await resampleInt16(heard, heardRateHz, sampleRateHz);
    yield { samples, sampleRateHz, name: '', keptAtMs: heardAtMs, heardLive: true, labels, reviewed: true };
  }
}
