import { proxy, transfer } from 'comlink';
import type { Notice } from '../../shared/contracts/messages/notice';
import type { TrainingClip, TrainingProgress } from '../../shared/contracts/model/head';
import type { StateHolder } from '../state-holder';
import type { Heads } from './heads';
import type { Notices } from './notices';
import type { StoredLists } from './stored-lists';
import type { TaggerLink, Tagging } from './tagger-link';
import type { TeachHost, TeachParts } from './teach-parts';
import type { TeachState, TrainingCommands } from './teach-state';

const stopped: Notice = { code: 'training-stopped' };

/** Trains a head with the reviewed clips, keeps it and uses it. */
export class Training implements TrainingCommands {
  readonly #parts: TeachParts;
  readonly #host: TeachHost;
  readonly #holder: StateHolder<TeachState>;
  readonly #notices: Notices;
  readonly #lists: StoredLists;
  readonly #heads: Heads;
  readonly #tagger: TaggerLink;
  #stopAsked = false;

  constructor(
    parts: TeachParts,
    host: TeachHost,
    holder: StateHolder<TeachState>,
    notices: Notices,
    lists: StoredLists,
    heads: Heads,
    tagger: TaggerLink,
  ) {
    this.#parts = parts;
    this.#host = host;
    this.#holder = holder;
    this.#notices = notices;
    this.#lists = lists;
    this.#heads = heads;
    this.#tagger = tagger;
  }

  async start(name: string): Promise<void> {
    if (this.#holder.state.training) return;
    this.#stopAsked = false;
    this.#holder.change({ losses: [], training: { stage: 'clips', done: 0, total: 0 }, notice: undefined });
    try {
      await this.#notices.attempt(() => this.#train(name));
    } finally {
      this.#holder.change({ training: undefined });
    }
  }

  async stop(): Promise<void> {
    const { training } = this.#holder.state;
    this.#stopAsked = true;
    if (training?.stage !== 'epochs') return;
    this.#holder.change({ training: { ...training, stopping: true } });
    await this.#notices.attempt(() => this.#tagger.require().ask((api) => api.stopTraining()));
  }

  async #train(name: string): Promise<void> {
    // Checked before spending a minute on a head that could not be saved.
    await this.#parts.writer.require();
    const tagging = this.#tagger.require();
    const { labels } = this.#holder.state;
    const clips = await this.#embed(tagging);
    if (!clips) return this.#holder.change({ notice: stopped });
    await this.#dropUnreachableEmbeddings(tagging.model.backbone);
    const request = { id: crypto.randomUUID(), name: name.trim(), createdAtMs: Date.now(), labels, clips };
    const buffers = [...new Set(clips.map((clip) => clip.embeddings.buffer))];
    const onProgress = proxy((progress: TrainingProgress) => this.#takeProgress(progress));
    const head = await tagging.ask((api) => api.trainHead(transfer(request, buffers), onProgress));
    if (!head) return this.#holder.change({ notice: stopped });
    await this.#parts.heads.add(head);
    await this.#lists.refresh();
    await this.#heads.use(head.id);
    this.#holder.change({ notice: { code: 'head-trained', head: head.name } });
  }

  /** The backbone's embeddings of the reviewed clips; undefined if it was stopped. */
  async #embed(tagging: Tagging): Promise<TrainingClip[] | undefined> {
    const { embedClips } = await import('./embed-clips');
    return embedClips(
      this.#holder.state.clips.filter(({ reviewed }) => reviewed),
      {
        library: this.#parts.library,
        embeddings: this.#parts.embeddings,
        backbone: tagging.model.backbone,
        embed: (sound) => tagging.ask((api) => api.embedClip(transfer(sound, [sound.samples.buffer]))),
        onProgress: (done, total) => this.#holder.change({ training: { stage: 'clips', done, total } }),
        shouldStop: () => this.#stopAsked,
      },
    );
  }

  /** Embeddings of all clips exist for this network now, so those of older ones only waste space. */
  async #dropUnreachableEmbeddings(backbone: string): Promise<void> {
    // Without the list of models it is unknown which ones are unreachable. The next training tries again.
    const models = await this.#host.modelNames().catch(() => undefined);
    if (models) await this.#parts.embeddings.dropUnreachable(backbone, models);
  }

  #takeProgress(progress: TrainingProgress): void {
    const losses = [...this.#holder.state.losses, progress];
    this.#holder.change({ losses, training: { stage: 'epochs', progress, stopping: this.#stopAsked } });
  }
}
