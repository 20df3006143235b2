import type { Watchable } from '../state-holder';

/** What the page draws of the installed app. Replaced whole on every change. */
export interface InstallationState {
  /**
   * `refused`: another window of Earmark listens or trains, and a new version would cut that off. `taken`: another window
   * took the new version, and this one still runs the old one.
   */
  readonly update: 'none' | 'ready' | 'refused' | 'taken';
  /** Something goes on in this window that a reload would cut off. */
  readonly busy: boolean;
  /** `by-hand`: the browser installs only from its own menu, as on iOS. */
  readonly install: 'none' | 'offered' | 'by-hand';
}

/** What the page can ask for; `Installation` is the real one. */
export interface InstallationCommands extends Watchable<InstallationState> {
  /** Reloads the page in the new version; refuses while anything goes on in any window. */
  takeUpdate(): Promise<void>;
  /** Shows the browser's own question. */
  install(): Promise<void>;
}
