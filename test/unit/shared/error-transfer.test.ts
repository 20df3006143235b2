import * as comlink from 'comlink';
import { beforeAll, describe, expect, it } from 'vitest';
import { EarmarkError, type Problem, problemOf } from '../../../src/shared/contracts/messages/problem';
import { carryEarmarkErrors } from '../../../src/shared/lib/error-transfer';

/** Calls something on the other side of a channel, as between the page and its worker. */
async function overChannel(fail: () => unknown): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  comlink.expose({ fail }, port1);
  const remote = comlink.wrap<{ fail(): Promise<unknown> }>(port2);
  try {
    return await remote.fail();
  } catch (error) {
    return error;
  } finally {
    port1.close();
    port2.close();
  }
}

describe('an error that crosses threads', () => {
  // Node's channels speak the browser's language with `addEventListener` alone.
  beforeAll(() => carryEarmarkErrors(comlink.transferHandlers));

  it('keeps its code and all parameters', async () => {
    const reason: Problem = { code: 'file-unreadable', file: 'a.wav', fault: 'empty' };
    const problem: Problem = { code: 'dataset-damaged', file: 'set.zip', reason };
    const error = await overChannel(() => {
      throw new EarmarkError(problem);
    });
    expect(error).toBeInstanceOf(EarmarkError);
    expect((error as Error).name).toBe('dataset-damaged');
    expect(problemOf(error)).toEqual(problem);
  });

  it('of another kind arrives as Comlink carries it', async () => {
    const error = await overChannel(() => {
      throw new RangeError('out of range');
    });
    expect(error).toMatchObject({ name: 'RangeError', message: 'out of range' });
    expect(problemOf(error)).toEqual({ code: 'unexpected', detail: 'out of range' });
    expect(await overChannel(() => Promise.reject('only words'))).toBe('only words');
  });

  it('does not affect successful calls', async () => {
    expect(await overChannel(() => ({ problem: 'none' }))).toEqual({ problem: 'none' });
  });
});
