import * as comlink from 'comlink';
import { beforeAll, expect, it } from 'vitest';
import { carryOneWayCalls, oneWay } from '../../../src/shared/lib/one-way';

beforeAll(() => carryOneWayCalls(comlink.transferHandlers));

/** What the other side offers: it calls back as often as it is told. */
const other = {
  async call(back: (...values: unknown[]) => unknown, times: number): Promise<unknown[]> {
    return Array.from({ length: times }, (_, i) => back(i, { i }));
  },
};

it('calls in their order, with all parameters, and without an answer', async () => {
  const { port1, port2 } = new MessageChannel();
  comlink.expose(other, port1);
  const remote = comlink.wrap<typeof other>(port2);
  const calls: unknown[][] = [];
  const last = new Promise<void>((resolve) => {
    const answers = remote.call(
      oneWay((...values: unknown[]) => {
        calls.push(values);
        if (calls.length === 3) resolve();
      }),
      3,
    );
    void answers.then((told) => expect(told).toEqual([undefined, undefined, undefined]));
  });
  await last;
  expect(calls).toEqual([
    [0, { i: 0 }],
    [1, { i: 1 }],
    [2, { i: 2 }],
  ]);
  port1.close();
  port2.close();
});

it('a function that is not marked cannot be carried', async () => {
  const { port1, port2 } = new MessageChannel();
  comlink.expose(other, port1);
  const remote = comlink.wrap<typeof other>(port2);
  await expect(remote.call(() => undefined, 1)).rejects.toThrow('could not be cloned');
  port1.close();
  port2.close();
});
