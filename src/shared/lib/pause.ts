import { nextTurn } from './next-turn';

/** Work that holds a thread for longer would make the sound that is tagged beside it late. */
const LONGEST_STRETCH_MS = 12;

/** Lets others have the thread while long work goes on; what the work computes does not depend on it. */
export class Pauses {
  #since = performance.now();

  /** Waits for one turn of the event loop, where the last one is long enough ago. */
  async take(): Promise<void> {
    if (performance.now() - this.#since < LONGEST_STRETCH_MS) return;
    await nextTurn();
    this.#since = performance.now();
  }
}
