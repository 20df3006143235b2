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

/** A message instead of a timer, because browsers hold back the timers of loops by 4 ms each. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = () => {
      port2.close();
      resolve();
    };
    port1.postMessage(undefined);
  });
}
