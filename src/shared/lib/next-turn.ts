/**
 * Waits for one turn of the event loop.
 *
 * By a message instead of a timer, because browsers hold back the timers of loops by 4 ms each.
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
