import type { AlertMeans } from '../../../shared/contracts/diary/alert-rules';
import type { Source } from '../../state-holder';

/** What a person is to be told. */
export interface Alert {
  readonly label: string;
  /** The label's name when it was heard. */
  readonly labelName: string;
  readonly means: readonly AlertMeans[];
  /** When it began to sound, in milliseconds since the epoch. */
  readonly startMs: number;
  /** Id of the event; undefined for a test. */
  readonly event?: string;
}

/** The page's half of the alerts. The rules are among the diary's settings. */
export interface AlertCommands extends Source<Alert> {
  /** Tells subscribers of an alert that a person wants to try. */
  test(alert: Alert): void;
}
