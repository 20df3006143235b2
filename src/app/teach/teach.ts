import { proxy, type Remote, transfer } from 'comlink';
import type { Head, TrainingProgress } from '../../shared/contracts/head';
import type { Notice } from '../../shared/contracts/notice';
import { EarmarkError } from '../../shared/contracts/problem';
import type { Settings } from '../../shared/contracts/settings';
import type { ModelInfo, TaggerApi } from '../../shared/contracts/tagger-api';
import { fileNameOf } from '../files/save-file';
import { TeachClips } from './teach-clips';
import { SHIPPED_HEAD, type TeachCommands } from './teach-state';

/** Which heads tag the sound. */
type HeadsChosen = Pick<Settings, 'head' | 'comparedHead'>;

/** Recording, labelling, training, proof and heads: joins the store, the worker and the page. */
export class Teach extends TeachClips implements TeachCommands {
  #stopAsked = false;
  /** What was said of a chosen head that belongs to another model. */
  #waits: Notice | undefined;

  /** A worker has loaded a model: the chosen heads are applied before anything is tagged. Never fails. */
  async useWorker(api: Remote<TaggerApi>, model: ModelInfo): Promise<void> {
    let lose: (error: Error) => void = () => {};
    const lost = new Promise<never>((_, reject) => {
      lose = reject;
    });
    // It is looked at only while something waits for the worker.
    lost.catch(() => undefined);
    this.tagging = { api, model, lost, lose };
    this.change({ active: SHIPPED_HEAD, compared: undefined });
    if (this.host.settings.head !== SHIPPED_HEAD || this.host.settings.comparedHead !== '') await this.applyHeads();
  }

  /** The worker is gone, and with it a training or a recording. */
  loseWorker(): void {
    this.tagging?.lose(new EarmarkError({ code: 'training-interrupted' }));
    this.tagging = undefined;
    if (this.state.recordingSinceMs !== undefined) {
      this.change({ notice: { code: 'recording-lost' } });
    }
    this.endRecordingTimer();
  }

  /** Takes the heads that the settings name; those that are gone or do not fit leave the model's own. */
  async applyHeads(): Promise<void> {
    const tagging = this.tagging;
    if (!tagging) return;
    const { head, comparedHead } = this.host.settings;
    try {
      // Thousands of clips must not be waited for where a few heads are all that is needed.
      if (this.state.storage !== 'ready') this.change({ heads: await this.parts.heads.list() });
      const { backbone } = tagging.model;
      const chosen = this.#headOf(head);
      const waits = chosen !== SHIPPED_HEAD && chosen.backbone !== backbone;
      this.#sayWaiting(waits ? chosen : undefined);
      const active = waits ? SHIPPED_HEAD : chosen;
      const activeId = waits ? SHIPPED_HEAD : head;
      // One that was deleted elsewhere, or belongs to another model, is no reason to go without the active one.
      const fits = this.state.heads.some((other) => other.id === comparedHead && other.backbone === backbone);
      const isThere = comparedHead === SHIPPED_HEAD || fits;
      const compared = isThere && comparedHead !== activeId ? this.#headOf(comparedHead) : undefined;
      await tagging.api.setHeads(compared === undefined ? [active] : [active, compared]);
      this.change({ active: activeId, compared: compared === undefined ? undefined : comparedHead });
    } catch (error) {
      await tagging.api.setHeads([SHIPPED_HEAD]);
      this.change({ active: SHIPPED_HEAD, compared: undefined });
      this.fail(error);
    }
  }

  /** Tells of the chosen head that it waits for its model, and takes that back once none waits. */
  #sayWaiting(head: Head | undefined): void {
    if (this.#waits !== undefined && this.state.notice === this.#waits) this.change({ notice: undefined });
    this.#waits = head && { code: 'head-waits', head: head.name };
    if (this.#waits !== undefined) this.change({ notice: this.#waits });
  }

  async train(name: string): Promise<void> {
    if (this.state.training) return;
    this.#stopAsked = false;
    this.change({ losses: [], training: { stage: 'clips', done: 0, total: 0 }, notice: undefined });
    try {
      await this.attempt(() => this.#train(name));
    } finally {
      this.change({ training: undefined });
    }
  }

  async #train(name: string): Promise<void> {
    // Before a minute's work of which nothing could be saved.
    await this.parts.writer.require();
    const { api, model, lost } = this.worker();
    const { clips: all, labels } = this.state;
    const { library, embeddings } = this.parts;
    const { embedClips } = await import('./embed-clips');
    const clips = await embedClips(
      all.filter(({ reviewed }) => reviewed),
      {
        library,
        embeddings,
        backbone: model.backbone,
        embed: (sound) => Promise.race([api.embedClip(transfer(sound, [sound.samples.buffer])), lost]),
        onProgress: (done, total) => this.change({ training: { stage: 'clips', done, total } }),
        shouldStop: () => this.#stopAsked,
      },
    );
    const stopped: Notice = { code: 'training-stopped' };
    if (!clips) return this.change({ notice: stopped });
    await this.#dropUnreachableEmbeddings(model.backbone);
    const request = { id: crypto.randomUUID(), name: name.trim(), createdAtMs: Date.now(), labels, clips };
    const buffers = [...new Set(clips.map((clip) => clip.embeddings.buffer))];
    const onProgress = proxy((progress: TrainingProgress) => this.#takeProgress(progress));
    const head = await Promise.race([api.trainHead(transfer(request, buffers), onProgress), lost]);
    if (!head) return this.change({ notice: stopped });
    await this.parts.heads.add(head);
    await this.refresh();
    await this.useHead(head.id);
    this.change({ notice: { code: 'head-trained', head: head.name } });
  }

  /** Now that all clips are known to this network: what older ones made of them takes room for nothing. */
  async #dropUnreachableEmbeddings(backbone: string): Promise<void> {
    // Without the list of models it is not known what is out of reach; the next training tries again.
    const models = await this.host.modelNames().catch(() => undefined);
    if (models) await this.parts.embeddings.dropUnreachable(backbone, models);
  }

  #takeProgress(progress: TrainingProgress): void {
    const losses = [...this.state.losses, progress];
    this.change({ losses, training: { stage: 'epochs', progress, stopping: this.#stopAsked } });
  }

  async stopTraining(): Promise<void> {
    const { training } = this.state;
    this.#stopAsked = true;
    if (training?.stage !== 'epochs') return;
    this.change({ training: { ...training, stopping: true } });
    await this.attempt(async () => {
      const { api, lost } = this.worker();
      await Promise.race([api.stopTraining(), lost]);
    });
  }

  async useHead(id: string): Promise<void> {
    const compared = this.host.settings.comparedHead;
    await this.host.changeSettings({ head: id, comparedHead: compared === id ? '' : compared });
  }

  async compareHead(id: string | undefined): Promise<void> {
    await this.host.changeSettings({ comparedHead: id ?? '' });
  }

  renameHead(id: string, name: string): Promise<void> {
    return this.attempt(async () => {
      if (name.trim() === '') return;
      await this.parts.heads.rename(id, name);
      await this.refresh();
    });
  }

  removeHead(id: string): Promise<void> {
    return this.attempt(async () => {
      const head = this.state.heads.find((candidate) => candidate.id === id);
      if (!head) return;
      const before = this.#choice;
      if (before.head === id) await this.useHead(SHIPPED_HEAD);
      if (before.comparedHead === id) await this.compareHead(undefined);
      const after = this.#choice;
      await this.parts.heads.remove(id);
      await this.replaceRemoval(
        { restore: () => this.#bringBack(head, before, after), discard: async () => {} },
        { code: 'head-deleted', head: head.name },
      );
      await this.refresh();
    });
  }

  get #choice(): HeadsChosen {
    const { head, comparedHead } = this.host.settings;
    return { head, comparedHead };
  }

  /** Puts a deleted head back in the place that it had, unless another one was chosen meanwhile. */
  async #bringBack(head: Head, before: HeadsChosen, after: HeadsChosen): Promise<void> {
    await this.parts.heads.add(head);
    await this.refresh();
    const now = this.#choice;
    if (now.head !== after.head || now.comparedHead !== after.comparedHead) return;
    await this.host.changeSettings(before);
  }

  exportHead(id: string): Promise<void> {
    return this.attempt(async () => {
      const { api, lost } = this.worker();
      const head = this.#headOf(id) as Head;
      const file = fileNameOf(`${head.name} head`, 'zip');
      this.parts.saveFile(await Promise.race([api.exportHead(head), lost]), file);
      this.change({ notice: { code: 'head-exported', head: head.name, file } });
    });
  }

  #headOf(id: string): 'shipped' | Head {
    if (id === SHIPPED_HEAD) return SHIPPED_HEAD;
    const head = this.state.heads.find((candidate) => candidate.id === id);
    if (head) return head;
    throw new EarmarkError({ code: 'head-gone' });
  }
}
