import type { Remote } from 'comlink';
import { EarmarkError } from '../../shared/contracts/messages/problem';
import type { ModelInfo, TaggerApi } from '../../shared/contracts/tagger-api';
import { StateHolder } from '../state-holder';
import { Clips } from './clips';
import { Drafts } from './drafts';
import { Heads } from './heads';
import { Notices } from './notices';
import { Playback } from './playback';
import { Snippets } from './snippets';
import { StoredLists } from './stored-lists';
import { TaggerLink, Tagging } from './tagger-link';
import type { TeachHost, TeachParts } from './teach-parts';
import { emptyTeachState, type TeachCommands, type TeachState } from './teach-state';
import { Training } from './training';
import { Transfers } from './transfers';
import { Undo } from './undo';

/** Recording, labelling, training, proof and heads: combines the parts that do the work. */
export class Teach implements TeachCommands {
  readonly #holder = new StateHolder<TeachState>(emptyTeachState);
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
  readonly clips: Clips;
  readonly transfers: Transfers;
  readonly heads: Heads;
  readonly training: Training;

  constructor(parts: TeachParts, host: TeachHost) {
    this.parts = parts;
    const holder = this.#holder;
    const tagger = this.#tagger;
    const { notices } = this;
    const lists = new StoredLists(parts, holder, notices);
    this.store = lists;
    this.undo = new Undo(holder, notices, lists);
    this.playback = new Playback(parts, holder, notices);
    this.drafts = new Drafts(parts, holder, notices, lists, this.undo, this.playback, tagger);
    this.snippets = new Snippets(parts, holder, notices, lists, this.drafts, tagger);
    this.clips = new Clips(parts, holder, notices, lists, this.undo, this.drafts);
    this.transfers = new Transfers(parts, host, holder, notices, lists, tagger);
    this.heads = new Heads(parts, host, holder, notices, lists, this.undo, tagger);
    this.training = new Training(parts, host, holder, notices, lists, this.heads, tagger);
  }

  get state(): TeachState {
    return this.#holder.state;
  }

  /** A worker has loaded a model: the chosen heads are applied before anything is tagged. Never fails. */
  async useWorker(api: Remote<TaggerApi>, model: ModelInfo): Promise<void> {
    this.#tagger.tagging = new Tagging(api, model);
    await this.heads.begin();
  }

  /** The worker is gone, and with it a training or a recording. */
  loseWorker(): void {
    this.#tagger.tagging?.lose(new EarmarkError({ code: 'training-interrupted' }));
    this.#tagger.tagging = undefined;
    this.snippets.loseWorker();
  }
}
