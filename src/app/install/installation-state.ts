import type { Watchable } from '../state-holder';

/** What the page shows of the app's installation. Replaced as a whole on every change. */
export interface InstallationState {
  /**
   * `refused`: another window of Earmark is listening or training, and a new version would interrupt it. `taken`:
   * another window switched to the new version; this one still runs the old one. `looking`: the person asked for a
   * newer version; `absent` and `unreachable`: there is none, or it could not be downloaded.
   */
  readonly update: 'none' | 'ready' | 'refused' | 'taken' | 'looking' | 'absent' | 'unreachable';
  /** Something is running in this window that a reload would interrupt. */
  readonly busy: boolean;
  /** `by-hand`: the browser installs only from its own menu, as on iOS. */
  readonly install: 'none' | 'offered' | 'by-hand';
}

/** The page's commands; `Installation` implements them. */
export interface InstallationCommands extends Watchable<InstallationState> {
  /** Reloads the page in the new version. Refuses while anything is running in any window. */
  takeUpdate(): Promise<void>;
  /**
   * Looks for a newer version, and switches to it as {@link takeUpdate} does. Reloading alone would start the same
   * version again: the service worker keeps it.
   */
  findUpdate(): Promise<void>;
  /** Shows the browser's install prompt. */
  install(): Promise<void>;
}
