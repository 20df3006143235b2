import { EarmarkError, type Problem } from '../contracts/messages/problem';

/** The part of Comlink's transfer handlers that is needed; only the threads' own folders import Comlink. */
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

/** Name of the handler for what a method throws. */
const THROWN = 'throw';

/**
 * Lets an {@link EarmarkError} cross threads with its code and parameters; Comlink by itself takes a name and a message.
 * To be called once on either side, with Comlink's `transferHandlers`.
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
