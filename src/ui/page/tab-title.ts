import { type AppCommands, type AppState, goesOn } from '../../app/state';
import { tabOf } from '../kit/tabs';
import { HeadLabels } from '../listen/meters/head-labels';
import { deafnessOf } from '../listen/stages/deafness';
import { HeardBoard } from '../listen/stages/heard-board';
import { LANGUAGE_EVENT, languageEvents, t } from '../messages/messages';
import heardIcon from './icon-heard.svg?inline';

/** A sound stays in the title for this long, because a tab is not always in sight. */
const HEARD_MS = 20_000;

/** How often the tab checks whether sound has stopped arriving. New sounds are shown at once. */
const CHECK_MS = 2000;

/**
 * Shows in the browser tab what is open, whether Earmark is listening, and what was just heard: a hidden tab still
 * reports.
 */
class TabTitle {
  readonly #app: AppCommands;
  readonly #labels = new HeadLabels();
  #board = new HeardBoard();
  #soundMs = performance.now();
  /** Its address until it has been read. */
  #usualIcon = iconLink()?.href ?? '';

  constructor(app: AppCommands) {
    this.#app = app;
    app.tags.subscribe(({ tags }) => {
      this.#soundMs = performance.now();
      if (tags.head === app.teach.state.active) this.#take(tags.probabilities);
      this.#write();
    });
    let phase = app.state.phase;
    app.subscribe((state) => {
      if (phase !== 'listening' && state.phase === 'listening') {
        this.#board = new HeardBoard();
        this.#soundMs = performance.now();
      }
      phase = state.phase;
      this.#write();
    });
    window.addEventListener('hashchange', () => this.#write());
    languageEvents.addEventListener(LANGUAGE_EVENT, () => this.#write());
    setInterval(() => this.#write(), CHECK_MS);
    void this.#readUsualIcon();
  }

  /** Later changes of the icon must not ask the server for it: that would tell it when something is heard. */
  async #readUsualIcon(): Promise<void> {
    const response = await fetch(this.#usualIcon).catch(() => undefined);
    if (response?.ok) this.#usualIcon = URL.createObjectURL(await response.blob());
  }

  #take(probabilities: ArrayLike<number>): void {
    this.#labels.update(this.#app.state.model, this.#app.teach.state);
    this.#board.take(this.#labels.labels, this.#labels.toldOf(probabilities), performance.now());
  }

  #write(): void {
    const { state } = this.#app;
    const heard = state.settings.heardInTitle && state.phase === 'listening' ? this.#heard : undefined;
    const title = this.#titleOf(state, heard);
    if (document.title !== title) document.title = title;
    showIcon(heard === undefined ? this.#usualIcon : heardIcon);
  }

  get #heard(): string | undefined {
    const [newest] = this.#board.rows(1, performance.now());
    return newest && (newest.agoMs ?? 0) <= HEARD_MS ? newest.name : undefined;
  }

  #titleOf(state: AppState, heard: string | undefined): string {
    const tab = tabOf(location.hash);
    const usual = tab === 'listen' ? t.app.title : t.app.titleOf(t.views[tab]);
    if (!goesOn(state) || state.demo) return heard === undefined ? usual : t.app.titleOf(heard);
    if (state.phase === 'starting') return usual;
    if (deafnessOf(state, this.#soundMs, performance.now())) return t.app.titleOf(t.stages.notListening);
    return heard === undefined ? t.app.listeningTitle : t.app.heardTitle(heard);
  }
}

/** Follows the app from now on. Until then the title of the page's first drawing stays. */
export function startTabTitle(app: AppCommands): void {
  new TabTitle(app);
}

function iconLink(): HTMLLinkElement | null {
  return document.querySelector<HTMLLinkElement>('link[rel="icon"]');
}

function showIcon(address: string): void {
  const link = iconLink();
  if (link && link.href !== address) link.href = address;
}
