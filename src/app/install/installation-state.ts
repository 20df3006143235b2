import type { Watchable } from '../state-holder';

/** What the page shows of the app's installation. Replaced as a whole on every change. */
export interface InstallationState {
  /**
   * `refused`: another window of Earmark is listening or training, and a new version would interrupt it. `taken`:
   * another window switched to the new version; this one still runs the old one.
   */
  readonly update: 'none' | 'ready' | 'refused' | 'taken';
  /** Something is running in this window that a reload would interrupt. */
  readonly busy: boolean;
  /** `by-hand`: the browser installs only from its own menu, as on iOS. */
  readonly install: 'none' | 'offered' | 'by-hand';
}

/** The page's commands; `Installation` implements them. */
export interface InstallationCommands extends Watchable<InstallationState> {
  /** Reloads the page in the new version. Refuses while anything is running in any window. */
  takeUpdate(): Promise<void>;
  /** Shows the browser's install prompt. */
  install(): Promise<void>;
}
