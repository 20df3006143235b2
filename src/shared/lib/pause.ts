import { nextTurn } from './next-turn';

/** Work that holds a thread for longer would delay the live tagging beside it. */
const LONGEST_STRETCH_MS = 12;

/** Yields the thread during long work. The results do not depend on it. */
export class Pauses {
  #since = performance.now();

  /** Waits for one turn of the event loop if the last one was long enough ago. */
  async take(): Promise<void> {
    if (performance.now() - this.#since < LONGEST_STRETCH_MS) return;
    await nextTurn();
    this.#since = performance.now();
  }
}
