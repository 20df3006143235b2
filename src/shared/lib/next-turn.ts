/**
 * Waits for one turn of the event loop.
 *
 * Uses a message, because browsers clamp nested timers to 4 ms.
 */
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
