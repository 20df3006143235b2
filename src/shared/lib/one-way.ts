import type { TransferHandlers } from './transfer-handlers';

/** Name of the handler, the same on both sides. */
const ONE_WAY = 'one-way';

// biome-ignore lint/suspicious/noExplicitAny: a function of any parameters.
type Callback = (...values: any[]) => void;

const marked = new WeakSet<Callback>();

/**
 * Marks a function that another thread calls without an answer. Comlink alone sends an answer for each call, and waits for it:
 * several times a second, that costs more than what is said. Call {@link carryOneWayCalls} first, on both sides.
 */
export function oneWay<F extends Callback>(callback: F): F {
  marked.add(callback);
  return callback;
}

/** Lets functions that are {@link oneWay} cross threads. Call it once on each side, with Comlink's `transferHandlers`. */
export function carryOneWayCalls(handlers: TransferHandlers): void {
  handlers.set(ONE_WAY, {
    canHandle: (value: unknown): value is Callback => typeof value === 'function' && marked.has(value as Callback),
    serialize(callback: Callback) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }: MessageEvent<unknown[]>) => callback(...data);
      return [port2, [port2]];
    },
    deserialize(port: MessagePort): Callback {
      return (...values) => {
        port.postMessage(values);
      };
    },
  });
}
