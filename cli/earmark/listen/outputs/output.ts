import type { ClipLine, EventLine } from '../event-line';

/** One window of what is heard. */
export interface HeardWindow {
  /** Its end, in milliseconds since the epoch. */
  readonly timeMs: number;
  /** In dB of full scale; −Infinity for digital silence. */
  readonly levelDb: number;
  readonly probabilities: ArrayLike<number>;
}

/** Something that is told what is heard. It never holds up the listening. */
export interface Output {
  event?(line: EventLine): void;
  window?(window: HeardWindow): void;
  /** The sound of an event was written. */
  clip?(line: ClipLine): void;
  /** So much sound was lost: the source was away, or faster than this machine. */
  lost?(seconds: number): void;
  /** Ends it: what it still holds is sent, if that goes quickly. */
  close?(): Promise<void>;
}

/** Says a sentence to the person who runs the program. */
export type Say = (sentence: string) => void;
