import { EarmarkError, type Problem } from '../contracts/messages/problem';

/** The part of Comlink's transfer handlers that is needed. Only the threads' own folders import Comlink. */
interface Handlers {
  get(name: string): Handler | undefined;
  set(name: string, handler: Handler): unknown;
}

interface Handler {
  // biome-ignore lint/suspicious/noExplicitAny: Comlink's own types.
  canHandle(value: unknown): value is any;
  // biome-ignore lint/suspicious/noExplicitAny: Comlink's own types.
  serialize(value: any): [any, Transferable[]];
  // biome-ignore lint/suspicious/noExplicitAny: Comlink's own types.
  deserialize(value: any): any;
}

/** Name of Comlink's handler for thrown values. */
const THROWN = 'throw';

/**
 * Lets an {@link EarmarkError} cross threads with its code and parameters; Comlink alone carries only a name and a
 * message. Call it once on each side, with Comlink's `transferHandlers`.
 */
export function carryEarmarkErrors(handlers: Handlers): void {
  const plain = handlers.get(THROWN);
  if (!plain) throw new Error('Comlink has no handler for what is thrown');
  handlers.set(THROWN, {
    canHandle: plain.canHandle,
    serialize: (thrown: { readonly value: unknown }) =>
      thrown.value instanceof EarmarkError ? [{ problem: thrown.value.problem }, []] : plain.serialize(thrown),
    deserialize: (received: { readonly problem?: Problem }) => {
      if (received.problem) throw new EarmarkError(received.problem);
      return plain.deserialize(received);
    },
  });
}
