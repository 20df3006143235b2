import { type ClipInfo, labelId, type TaughtLabel } from '../../../shared/contracts/clip';
import type { NamedClip } from '../../../shared/contracts/messages/notice';
import { EarmarkError } from '../../../shared/contracts/messages/problem';
import type { ClipChange } from '../../../store/clips/clip-library';
import type { Playback } from '../playback';
import type { TeachShared } from '../stored-lists';
import type { Draft, DraftCommands, DraftDecision } from '../teach-state';
import { removalStep, type Undo } from '../undo';
import { noteLabels } from './last-labels';

/** The snippet in the editor: shown, trimmed, labelled and saved. */
export class Drafts implements DraftCommands {
  readonly #shared: TeachShared;
  readonly #undo: Undo;
  readonly #playback: Playback;
  /** What the person decided about the draft, not saved yet. */
  #unsaved: DraftDecision | undefined;

  constructor(shared: TeachShared, undo: Undo, playback: Playback) {
    this.#shared = shared;
    this.#undo = undo;
    this.#playback = playback;
  }

  open(clipId: string): Promise<void> {
    return this.#shared.notices.attempt(async () => {
      const { draft, clips } = this.#shared.holder.state;
      if (draft?.clip?.id === clipId) return;
      await this.saveEdits();
      const clip = clips.find(({ id }) => id === clipId);
      if (!clip) throw new EarmarkError({ code: 'clip-missing' });
      await this.showClip(clip, await this.#shared.parts.library.samples(clipId));
    });
  }

  edit(decision: DraftDecision): void {
    this.#unsaved = decision;
    const clipId = this.#shared.holder.state.draft?.clip?.id;
    if (clipId !== undefined)
      this.#shared.parts.unsavedEdit.save({ clipId, ...decision, labels: [...decision.labels] });
  }

  label(labels: readonly TaughtLabel[]): Promise<void> {
    return this.#shared.notices.attempt(async () => {
      const { draft } = this.#shared.holder.state;
      if (!draft) return;
      const { name, samples, sampleRateHz } = draft;
      const whole = { name, startSeconds: 0, endSeconds: samples.length / sampleRateHz };
      await this.#save({ ...whole, ...this.#unsaved, labels, reviewed: true });
    });
  }

  /** Opens the editor again in which something was typed before the page was reloaded. */
  restore(): Promise<void> {
    return this.#shared.notices.attempt(async () => {
      const edit = this.#shared.parts.unsavedEdit.load();
      const clip = this.#shared.holder.state.clips.find(({ id }) => id === edit?.clipId);
      if (!edit || !clip) return;
      const samples = await this.#shared.parts.library.samples(clip.id);
      // Another snippet may have been kept meanwhile.
      if (this.#shared.holder.state.draft) return;
      await this.showClip(clip, samples, edit);
    });
  }

  save(decision: DraftDecision): Promise<void> {
    return this.#shared.notices.attempt(() => this.#save(decision));
  }

  close(): void {
    this.#playback.stopDraft();
    this.#forget();
    this.#shared.holder.change({ draft: undefined, justKept: undefined });
  }

  startTeaching(name: string): Promise<void> {
    return this.#shared.notices.attempt(async () =>
      this.#shared.holder.change({ teaching: { id: labelId(name), name: name.trim() } }),
    );
  }

  endTeaching(): void {
    this.#shared.holder.change({ teaching: undefined });
  }

  /**
   * Call before another snippet enters the editor. If saving fails, the draft stays there with everything that was
   * typed.
   */
  async saveEdits(): Promise<void> {
    if (this.#unsaved) await this.#save(this.#unsaved);
  }

  /** Shows a clip of the library in the editor, with what was decided about it before. */
  showClip(clip: ClipInfo, samples: Draft['samples'], unsaved?: DraftDecision): Promise<void> {
    const labels = this.#shared.holder.state.labels.filter(({ id }) => clip.labels.includes(id));
    const { sampleRateHz, heardLive = false } = clip;
    return this.show({
      clip,
      ...named(clip),
      heardLive,
      labels,
      samples,
      sampleRateHz,
      ...(unsaved ? { unsaved } : {}),
    });
  }

  /** Shows a snippet in the editor, and its picture once computed. */
  async show(draft: Draft): Promise<void> {
    this.#playback.stopDraft();
    this.#forget();
    const { teaching } = this.#shared.holder.state;
    if (teaching && draft.labels.length === 0 && !draft.clip?.reviewed) draft = { ...draft, labels: [teaching] };
    this.#shared.holder.change({ draft });
    if (draft.unsaved) this.edit(draft.unsaved);
    await this.draw();
  }

  /** Computes the picture of the snippet in the editor. Without a model it is not known how. */
  async draw(): Promise<void> {
    const { draft } = this.#shared.holder.state;
    const spec = this.#shared.tagger.tagging?.model.spec;
    if (!draft || draft.picture || !spec) return;
    const { snippetPicture } = await import('./snippet-picture');
    const picture = await snippetPicture(draft.samples, spec);
    if (this.#shared.holder.state.draft === draft) this.#shared.holder.change({ draft: { ...draft, picture } });
  }

  /** Nothing typed is left to be saved. */
  #forget(): void {
    this.#unsaved = undefined;
    this.#shared.parts.unsavedEdit.save(undefined);
  }

  async #save(decision: DraftDecision): Promise<void> {
    const { draft, clips } = this.#shared.holder.state;
    if (!draft) return;
    const { name, labels, reviewed, startSeconds, endSeconds } = decision;
    const start = Math.round(startSeconds * draft.sampleRateHz);
    const end = Math.min(draft.samples.length, Math.round(endSeconds * draft.sampleRateHz));
    const { library } = this.#shared.parts;
    // A clip deleted elsewhere, or by the browser, is saved again.
    const listed = clips.some(({ id }) => id === draft.clip?.id);
    if (draft.clip && listed && start === 0 && end === draft.samples.length) {
      await this.#change(draft.clip.id, { name, labels, reviewed });
    } else {
      const { sampleRateHz, clip, keptAtMs, heardLive } = draft;
      const samples = draft.samples.slice(start, end);
      const origin = { keptAtMs, heardLive, ...(clip?.fileName ? { fileName: clip.fileName } : {}) };
      const kept = await library.add({ samples, sampleRateHz, name, labels, reviewed, ...origin });
      if (!kept.added) await this.#change(kept.clip.id, { name, labels, reviewed });
      // The kept part is on disk. Only now may the original be deleted.
      if (clip && listed && kept.clip.id !== clip.id) {
        const removed = removalStep(await library.remove([clip.id]));
        await this.#undo.offer(removed, { code: 'clip-trimmed', clip: { name, keptAtMs } });
      }
    }
    if (reviewed) noteLabels(this.#shared, labels);
    this.#shared.notices.saved();
    this.close();
    await this.#shared.lists.refresh();
  }

  async #change(clipId: string, change: ClipChange): Promise<void> {
    const changed = await this.#shared.parts.library.update(clipId, change);
    const [clip] = changed.now;
    if (clip && changed.differs) await this.#undo.offer(changed, { code: 'clip-changed', clip: named(clip) });
  }
}

/** What a text needs to name a clip. */
export function named({ name, keptAtMs }: ClipInfo): NamedClip {
  return { name, keptAtMs };
}
