import type { ClipInfo, TaughtLabel } from '../../shared/contracts/clip';
import type { NamedClip, Notice, UndoOffer } from '../../shared/contracts/notice';
import { EarmarkError, isPassing } from '../../shared/contracts/problem';
import { LONGEST_RECORDING_SECONDS } from '../../shared/contracts/recent-past';
import type { CapturedSound, HeldSound, ModelInfo } from '../../shared/contracts/tagger-api';
import type { ClipsChange } from '../../store/clips/clip-library';
import type { DroppedFiles } from '../files/dropped-files';
import { importNotice } from './import-notice';
import { TeachCore } from './teach-core';
import type { Draft, DraftDecision, Transfer } from './teach-state';

/** Id under which the snippet in the editor is played. */
const DRAFT = 'draft';

/** Id under which a part of the last minutes is played. */
const PAST = 'past';

/** The first paint does without. */
const wavCode = () => import('../../shared/lib/wav');

/** Clips: keeping, labelling, playing, and taking them in and out. */
export abstract class TeachClips extends TeachCore {
  #recordingTimer: ReturnType<typeof setTimeout> | undefined;
  #stopPlaying: (() => void) | undefined;
  /** What was decided of the draft, and is not saved yet. */
  #unsaved: DraftDecision | undefined;
  /** Ends when what is imported or exported is done. */
  #transfers: Promise<void> = Promise.resolve();

  keepRecent(seconds: number): Promise<void> {
    return this.attempt(async () => {
      const { api, model, lost } = this.worker();
      await this.#keep(await Promise.race([api.keepRecent(seconds), lost]), model);
    });
  }

  async holdRecent(): Promise<HeldSound | undefined> {
    let sound: HeldSound | undefined;
    await this.attempt(async () => {
      const { api, lost } = this.worker();
      sound = await Promise.race([api.holdRecent(), lost]);
    });
    return sound;
  }

  keepSound(sound: CapturedSound): Promise<void> {
    return this.attempt(async () => this.#keep(sound, this.worker().model));
  }

  playSound(samples: Int16Array, sampleRateHz: number): Promise<void> {
    return this.#play(PAST, async () => (await wavCode()).encodeWav(samples, sampleRateHz));
  }

  startRecording(): Promise<void> {
    return this.attempt(async () => {
      const { api } = this.worker();
      this.endRecordingTimer();
      await api.startRecording();
      this.#recordingTimer = setTimeout(() => void this.finishRecording(), 1000 * LONGEST_RECORDING_SECONDS);
      this.change({ recordingSinceMs: performance.now() });
    });
  }

  finishRecording(): Promise<void> {
    return this.attempt(async () => {
      const { api, model, lost } = this.worker();
      this.endRecordingTimer();
      await this.#keep(await Promise.race([api.finishRecording(), lost]), model);
    });
  }

  /** Listening ended; a recording ends with it, and is kept. */
  async listeningEnds(): Promise<void> {
    if (this.state.recordingSinceMs !== undefined) await this.finishRecording();
  }

  openClip(id: string): Promise<void> {
    return this.attempt(async () => {
      if (this.state.draft?.clip?.id === id) return;
      await this.#saveEdits();
      const clip = this.state.clips.find((candidate) => candidate.id === id);
      if (!clip) throw new EarmarkError({ code: 'clip-missing' });
      await this.#openDraft({ clip, ...this.#draftOf(clip), samples: await this.parts.library.samples(id) });
    });
  }

  editDraft(decision: DraftDecision): void {
    this.#unsaved = decision;
  }

  saveDraft(decision: DraftDecision): Promise<void> {
    return this.attempt(() => this.#save(decision));
  }

  closeDraft(): void {
    if (this.state.playing === DRAFT) this.#stopPlaying?.();
    this.#unsaved = undefined;
    this.change({ draft: undefined, justKept: undefined });
  }

  async discardDraft(): Promise<void> {
    const clip = this.state.draft?.clip;
    this.closeDraft();
    if (clip) await this.removeClips([clip.id]);
  }

  play(clipId: string): Promise<void> {
    return this.#play(clipId, () => this.parts.library.wav(clipId));
  }

  playDraft(startSeconds: number, endSeconds: number): Promise<void> {
    return this.#play(DRAFT, async () => {
      const { samples, sampleRateHz } = this.state.draft as Draft;
      const part = samples.subarray(Math.round(startSeconds * sampleRateHz), Math.round(endSeconds * sampleRateHz));
      const { encodeWav } = await wavCode();
      return encodeWav(part, sampleRateHz);
    });
  }

  relabel(ids: readonly string[], change: ClipsChange): Promise<void> {
    return this.#changeMany(ids, change, 'labels-changed');
  }

  acceptLabels(ids: readonly string[]): Promise<void> {
    return this.#changeMany(ids, { reviewed: true }, 'labels-accepted');
  }

  renameLabel(id: string, to: TaughtLabel): Promise<void> {
    return this.attempt(async () => {
      const before = this.state.labels.find((label) => label.id === id);
      const renamed = await this.parts.library.renameLabel(id, to);
      await this.replaceRemoval(
        { restore: () => renamed.restore(), discard: async () => {} },
        {
          code: renamed.merged ? 'labels-merged' : 'label-renamed',
          before: before ?? { id, name: id },
          now: renamed.label,
        },
      );
      await this.refresh();
    });
  }

  removeClips(ids: readonly string[]): Promise<void> {
    return this.attempt(async () => {
      const only = ids.length === 1 ? this.state.clips.find(({ id }) => id === ids[0]) : undefined;
      await this.#offerUndo(
        ids,
        only ? { code: 'clip-deleted', clip: named(only) } : { code: 'clips-deleted', clips: ids.length },
      );
      if (this.state.draft?.clip && ids.includes(this.state.draft.clip.id)) this.closeDraft();
      await this.refresh();
    });
  }

  async importFiles(files: Promise<DroppedFiles>): Promise<boolean> {
    let settled = false;
    // What is refused now would be refused again. They are looked at in their turn; until then this failure is handled.
    files.catch((error: unknown) => {
      settled = error instanceof EarmarkError;
    });
    await this.#transfer('import', async (onProgress) => {
      const { api, model, lost } = this.worker();
      const dropped = await files;
      const { importFiles } = await import('../files/import-files');
      const imported = await importFiles(dropped, {
        ...this.parts,
        sampleRateHz: model.spec.sampleRateHz,
        readHead: (zip) => Promise.race([api.importHead(zip, zip.name), lost]),
        onProgress,
      });
      settled = !imported.problems.some(isPassing);
      await this.refresh();
      this.report(imported.problems);
      return importNotice(imported);
    });
    return settled;
  }

  exportSetAside(): Promise<void> {
    return this.attempt(async () => this.parts.saveFile(await this.parts.setAside.export(), 'earmark-damaged.zip'));
  }

  deleteSetAside(): Promise<void> {
    return this.attempt(async () => {
      await this.parts.setAside.remove();
      this.change({ setAside: await this.parts.setAside.list() });
    });
  }

  exportDataset(): Promise<void> {
    return this.#transfer('export', async (onProgress) => {
      const { exportDataset } = await import('../../store/dataset/dataset-zip');
      const file = 'earmark-clips.zip';
      this.parts.saveFile(await exportDataset(this.parts.library, onProgress), file);
      return { code: 'clips-exported', clips: this.state.clips.length, file };
    });
  }

  async #save(decision: DraftDecision): Promise<void> {
    const { draft } = this.state;
    if (!draft) return;
    const { name, labels, reviewed, startSeconds, endSeconds } = decision;
    const start = Math.round(startSeconds * draft.sampleRateHz);
    const end = Math.min(draft.samples.length, Math.round(endSeconds * draft.sampleRateHz));
    const { library } = this.parts;
    // One that was deleted elsewhere, or by the browser, is saved anew.
    const listed = this.state.clips.some(({ id }) => id === draft.clip?.id);
    if (draft.clip && listed && start === 0 && end === draft.samples.length) {
      await library.update(draft.clip.id, { name, labels, reviewed });
    } else {
      const { sampleRateHz, clip, keptAtMs } = draft;
      const samples = draft.samples.slice(start, end);
      const kept = await library.add({ samples, sampleRateHz, name, labels, reviewed, keptAtMs });
      if (!kept.added) await library.update(kept.clip.id, { name, labels, reviewed });
      // The part that was kept is on the disk: only now the whole may go.
      if (clip && listed && kept.clip.id !== clip.id) {
        await this.#offerUndo([clip.id], { code: 'clip-trimmed', clip: { name, keptAtMs } });
      }
    }
    this.closeDraft();
    await this.refresh();
  }

  /** Before another snippet takes the editor: where this fails, the draft stays there with all that was typed. */
  async #saveEdits(): Promise<void> {
    if (this.#unsaved) await this.#save(this.#unsaved);
  }

  /** Saves first and shows then: a snippet that the person sees is on the disk. */
  async #keep(sound: CapturedSound, model: ModelInfo): Promise<void> {
    const { sampleRateHz } = model.spec;
    const { resampleInt16 } = await import('../../dsp/resampler');
    const samples = await resampleInt16(sound.samples, sound.sampleRateHz, sampleRateHz);
    const unnamed = { name: '', keptAtMs: Date.now() };
    const labels: TaughtLabel[] = [];
    await this.#saveEdits();
    try {
      const { clip } = await this.parts.library.add({ ...unnamed, samples, sampleRateHz, labels, reviewed: false });
      await this.refresh();
      this.change({ justKept: named(clip) });
      await this.#openDraft({ clip, ...this.#draftOf(clip), samples });
    } catch (error) {
      // It can still be heard and labelled, and saved once there is room.
      if (samples.length > 0) await this.#openDraft({ ...unnamed, labels, samples, sampleRateHz });
      throw error;
    }
  }

  #draftOf(clip: ClipInfo): Pick<Draft, 'name' | 'keptAtMs' | 'labels' | 'sampleRateHz'> {
    const labels = this.state.labels.filter(({ id }) => clip.labels.includes(id));
    return { ...named(clip), labels, sampleRateHz: clip.sampleRateHz };
  }

  async #openDraft(draft: Draft): Promise<void> {
    if (this.state.playing === DRAFT) this.#stopPlaying?.();
    this.#unsaved = undefined;
    this.change({ draft });
    const spec = this.tagging?.model.spec;
    if (!spec) return;
    const { snippetPicture } = await import('./snippet-picture');
    const picture = await snippetPicture(draft.samples, spec);
    if (this.state.draft === draft) this.change({ draft: { ...draft, picture } });
  }

  async #play(id: string, load: () => Promise<ArrayBuffer>): Promise<void> {
    const wasPlaying = this.state.playing === id;
    this.#stopPlaying?.();
    if (wasPlaying) return;
    await this.attempt(async () => {
      const wav = await load();
      this.change({ playing: id });
      this.#stopPlaying = this.parts.play(wav, (error) => {
        this.#stopPlaying = undefined;
        this.change({ playing: undefined });
        if (error !== undefined) this.fail(error);
      });
    });
  }

  #changeMany(ids: readonly string[], change: ClipsChange, done: 'labels-changed' | 'labels-accepted'): Promise<void> {
    return this.attempt(async () => {
      const { library } = this.parts;
      const chosen = new Set(ids);
      const before = this.state.clips.filter(({ id }) => chosen.has(id));
      await library.updateMany(ids, change);
      await this.replaceRemoval(
        { restore: () => library.restoreLabels(before), discard: async () => {} },
        { code: done, clips: ids.length },
      );
      await this.refresh();
    });
  }

  async #offerUndo(ids: readonly string[], undo: UndoOffer): Promise<void> {
    await this.replaceRemoval(await this.parts.library.remove(ids), undo);
  }

  /** One after another: what is dropped while an import goes on waits for its end. */
  #transfer(
    kind: Transfer['kind'],
    work: (onProgress: (done: number, total: number) => void) => Promise<Notice>,
  ): Promise<void> {
    this.#transfers = this.#transfers.then(async () => {
      this.change({ transfer: { kind, done: 0, total: 0 }, notice: undefined });
      await this.attempt(async () => {
        const notice = await work((done, total) => this.change({ transfer: { kind, done, total } }));
        this.change({ notice });
      });
      this.change({ transfer: undefined });
    });
    return this.#transfers;
  }

  protected endRecordingTimer(): void {
    clearTimeout(this.#recordingTimer);
    if (this.state.recordingSinceMs !== undefined) this.change({ recordingSinceMs: undefined });
  }
}

/** What a text about a clip needs to name it. */
function named({ name, keptAtMs }: ClipInfo): NamedClip {
  return { name, keptAtMs };
}
