import { proxy, transfer } from 'comlink';
import type { Notice } from '../../shared/contracts/messages/notice';
import type { TrainingClip, TrainingProgress } from '../../shared/contracts/model/head';
import type { Heads } from './heads';
import type { TeachShared } from './stored-lists';
import type { Tagging } from './tagger-link';
import type { TrainingCommands } from './teach-state';

const stopped: Notice = { code: 'training-stopped' };

/** Trains a head with the reviewed clips, keeps it and uses it. */
export class Training implements TrainingCommands {
  readonly #shared: TeachShared;
  readonly #heads: Heads;
  #stopAsked = false;

  constructor(shared: TeachShared, heads: Heads) {
    this.#shared = shared;
    this.#heads = heads;
  }

  async start(name: string): Promise<void> {
    if (this.#shared.holder.state.training) return;
    this.#stopAsked = false;
    this.#shared.holder.change({ losses: [], training: { stage: 'clips', done: 0, total: 0 }, notice: undefined });
    try {
      await this.#shared.notices.attempt(() => this.#train(name));
    } finally {
      this.#shared.holder.change({ training: undefined });
    }
  }

  async stop(): Promise<void> {
    const { training } = this.#shared.holder.state;
    this.#stopAsked = true;
    if (training?.stage !== 'epochs') return;
    this.#shared.holder.change({ training: { ...training, stopping: true } });
    await this.#shared.notices.attempt(() => this.#shared.tagger.require().ask((api) => api.stopTraining()));
  }

  async #train(name: string): Promise<void> {
    // Checked before spending a minute on a head that could not be saved.
    await this.#shared.parts.writer.require();
    const tagging = this.#shared.tagger.require();
    const { labels } = this.#shared.holder.state;
    const clips = await this.#embed(tagging);
    if (!clips) return this.#shared.holder.change({ notice: stopped });
    await this.#dropUnreachableEmbeddings(tagging.model.backbone);
    const request = { id: crypto.randomUUID(), name: name.trim(), createdAtMs: Date.now(), labels, clips };
    const buffers = [...new Set(clips.map((clip) => clip.embeddings.buffer))];
    const onProgress = proxy((progress: TrainingProgress) => this.#takeProgress(progress));
    const head = await tagging.ask((api) => api.trainHead(transfer(request, buffers), onProgress));
    if (!head) return this.#shared.holder.change({ notice: stopped });
    await this.#shared.parts.heads.add(head);
    this.#shared.notices.saved();
    await this.#shared.lists.refresh();
    await this.#heads.use(head.id);
    this.#shared.holder.change({ notice: { code: 'head-trained', head: head.name } });
  }

  /** The backbone's embeddings of the reviewed clips; undefined if it was stopped. */
  async #embed(tagging: Tagging): Promise<TrainingClip[] | undefined> {
    const { embedClips } = await import('./embed-clips');
    return embedClips(
      this.#shared.holder.state.clips.filter(({ reviewed }) => reviewed),
      {
        library: this.#shared.parts.library,
        embeddings: this.#shared.parts.embeddings,
        backbone: tagging.model.backbone,
        embed: (sound) => tagging.ask((api) => api.embedClip(transfer(sound, [sound.samples.buffer]))),
        onProgress: (done, total) => this.#shared.holder.change({ training: { stage: 'clips', done, total } }),
        shouldStop: () => this.#stopAsked,
      },
    );
  }

  /** Embeddings of all clips exist for this network now, so those of older ones only waste space. */
  async #dropUnreachableEmbeddings(backbone: string): Promise<void> {
    // Without the list of models it is unknown which ones are unreachable. The next training tries again.
    const models = await this.#shared.host.modelNames().catch(() => undefined);
    if (models) await this.#shared.parts.embeddings.dropUnreachable(backbone, models);
  }

  #takeProgress(progress: TrainingProgress): void {
    const losses = [...this.#shared.holder.state.losses, progress];
    this.#shared.holder.change({ losses, training: { stage: 'epochs', progress, stopping: this.#stopAsked } });
  }
}
