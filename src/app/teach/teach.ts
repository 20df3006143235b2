import type { Remote } from 'comlink';
import { EarmarkError } from '../../shared/contracts/messages/problem';
import type { ModelInfo, TaggerApi } from '../../shared/contracts/tagger-api';
import { whenCalled } from '../../store/when-called';
import { StateHolder } from '../state-holder';
import { Drafts } from './editor/drafts';
import type { Heads } from './heads';
import { Notices } from './notices';
import { Playback } from './playback';
import { Snippets } from './snippets';
import { StoredLists, type TeachShared } from './stored-lists';
import { TaggerLink, Tagging } from './tagger-link';
import type { TeachHost, TeachParts } from './teach-parts';
import {
  type ClipCommands,
  emptyTeachState,
  SHIPPED_HEAD,
  type TeachCommands,
  type TeachState,
  type TrainingCommands,
  type TransferCommands,
} from './teach-state';
import { Undo } from './undo';

/** Recording, labelling, training, proof and heads: combines the parts that do the work. */
export class Teach implements TeachCommands {
  readonly #holder = new StateHolder<TeachState>(emptyTeachState);
  readonly #host: TeachHost;
  readonly #tagger = new TaggerLink();
  readonly subscribe = this.#holder.subscribe;
  /** For the benchmark. */
  readonly parts: TeachParts;
  readonly notices = new Notices(this.#holder);
  readonly store: StoredLists;
  readonly undo: Undo;
  readonly playback: Playback;
  readonly drafts: Drafts;
  readonly snippets: Snippets;
  readonly clips: ClipCommands;
  readonly transfers: TransferCommands;
  readonly heads: Heads;
  readonly training: TrainingCommands;

  constructor(parts: TeachParts, host: TeachHost) {
    this.parts = parts;
    this.#host = host;
    const holder = this.#holder;
    const { notices } = this;
    holder.change({ lastLabels: parts.lastLabels.load() ?? [] });
    const lists = new StoredLists(parts, holder, notices);
    this.store = lists;
    const shared: TeachShared = { parts, host, holder, notices, lists, tagger: this.#tagger };
    this.undo = new Undo(holder, notices, lists);
    this.playback = new Playback(parts, holder, notices);
    this.drafts = new Drafts(shared, this.undo, this.playback);
    this.snippets = new Snippets(shared, this.drafts);
    this.clips = this.#late(async () => {
      const { Clips } = await import('./clips');
      return new Clips(shared, this.undo, this.drafts);
    });
    this.heads = this.#late(async () => {
      const { Heads } = await import('./heads');
      return new Heads(shared, this.undo);
    });
    const transfers = whenCalled(async () => {
      const { Transfers } = await import('./transfers');
      return new Transfers(shared);
    });
    this.transfers = {
      importFiles: (files) => {
        // Handles the rejection until the code that awaits them is loaded.
        files.catch(() => undefined);
        return transfers.importFiles(files).catch((error: unknown) => {
          notices.fail(error);
          return false;
        });
      },
      exportDataset: () => notices.attempt(() => transfers.exportDataset()),
      exportBackup: () => notices.attempt(() => transfers.exportBackup()),
      takeSettings: () => notices.attempt(() => transfers.takeSettings()),
      leaveSettings: () => notices.attempt(() => transfers.leaveSettings()),
    };
    this.training = this.#late(async () => {
      const { Training } = await import('./training');
      return new Training(shared, this.heads);
    });
  }

  /** A part whose code is fetched when first needed. If that fails, the page says so. */
  #late<Part extends { readonly [Method in keyof Part]: (...values: never[]) => Promise<void> }>(
    make: () => Promise<Part>,
  ): Part {
    const part = whenCalled(make);
    return new Proxy(part, {
      get:
        (_, method) =>
        (...values: never[]) =>
          this.notices.attempt(() => part[method as keyof Part](...values)),
    });
  }

  /** Reads what is stored, and opens the editor that a reload closed. */
  async start(): Promise<void> {
    await this.store.open();
    await this.drafts.restore();
  }

  embeddings(backbone: string): Promise<ReadonlyMap<string, Float32Array>> {
    const ids = this.state.clips.map(({ id }) => id);
    return this.parts.embeddings.get(ids, backbone);
  }

  get state(): TeachState {
    return this.#holder.state;
  }

  /** A worker has loaded a model: the chosen heads are applied before anything is tagged. Never fails. */
  async useWorker(api: Remote<TaggerApi>, model: ModelInfo): Promise<void> {
    this.#tagger.tagging = new Tagging(api, model);
    this.#holder.change({ active: SHIPPED_HEAD, compared: undefined });
    const { head, comparedHead } = this.#host.settings;
    if (head !== SHIPPED_HEAD || comparedHead !== '') await this.heads.apply();
    void this.notices.attempt(() => this.drafts.draw());
  }

  /** The worker is gone, and with it a training or a recording. */
  loseWorker(): void {
    this.#tagger.tagging?.lose(new EarmarkError({ code: 'training-interrupted' }));
    this.#tagger.tagging = undefined;
    this.snippets.loseWorker();
  }
}
