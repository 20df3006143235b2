import { EarmarkError, type Problem } from '../contracts/messages/problem';
import type { TransferHandlers } from './transfer-handlers';

/** Name of Comlink's handler for thrown values. */
const THROWN = 'throw';

/**
 * Lets an {@link EarmarkError} cross threads with its code and parameters; Comlink alone carries only a name and a
 * message. Call it once on each side, with Comlink's `transferHandlers`.
 */
export function carryEarmarkErrors(handlers: TransferHandlers): void {
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
