import { describe, expect, it, vi } from 'vitest';
import { Feed, StateHolder, until } from '../../../src/app/state-holder';

interface Lamp {
  readonly on: boolean;
  readonly colour?: string;
}

describe('a state holder', () => {
  it('replaces its state and leaves the previous one unchanged', () => {
    const lamp = new StateHolder<Lamp>({ on: false, colour: 'red' });
    const before = lamp.state;
    lamp.change({ on: true });
    expect(lamp.state).toEqual({ on: true, colour: 'red' });
    expect(before).toEqual({ on: false, colour: 'red' });
  });

  it('removes a field that is undefined', () => {
    const lamp = new StateHolder<Lamp>({ on: false, colour: 'red' });
    lamp.change({ colour: undefined });
    expect('colour' in lamp.state).toBe(false);
  });

  it('reports the current state and every later one, until the subscription ends', () => {
    const lamp = new StateHolder<Lamp>({ on: false });
    const listener = vi.fn();
    const end = lamp.subscribe(listener);
    lamp.change({ on: true });
    end();
    lamp.change({ on: false });
    expect(listener.mock.calls).toEqual([[{ on: false }], [{ on: true }]]);
  });

  it('leaves everyone with the newest state if a listener changes it', () => {
    const lamp = new StateHolder<Lamp>({ on: false });
    lamp.subscribe(({ on, colour }) => {
      if (on && colour === undefined) lamp.change({ colour: 'green' });
    });
    const told: Lamp[] = [];
    lamp.subscribe((state) => told.push(state));
    lamp.change({ on: true });
    expect(told.at(-1)).toEqual({ on: true, colour: 'green' });
  });
});

describe('a feed', () => {
  it('does not notify a listener that was removed by the one before it', () => {
    const feed = new Feed<number>();
    const second = vi.fn();
    let end = (): void => {};
    feed.subscribe(() => end());
    end = feed.subscribe(second);
    feed.tell(1);
    expect(second).not.toHaveBeenCalled();
  });

  it('notifies a listener that was added twice through its other subscription when one ends', () => {
    const feed = new Feed<number>();
    const listener = vi.fn();
    const end = feed.subscribe(listener);
    feed.subscribe(listener);
    end();
    feed.tell(1);
    expect(listener).toHaveBeenCalledTimes(1);
  });
});

describe('until', () => {
  it('waits for the state, and then stops listening', async () => {
    const lamp = new StateHolder<Lamp>({ on: false });
    const isSo = vi.fn(({ on }: Lamp) => on);
    const waiting = until(lamp, isSo);
    lamp.change({ on: true });
    await waiting;
    lamp.change({ on: false });
    expect(isSo).toHaveBeenCalledTimes(2);
  });

  it('ends at once if the state is already there', async () => {
    const lamp = new StateHolder<Lamp>({ on: true });
    const isSo = vi.fn(({ on }: Lamp) => on);
    await until(lamp, isSo);
    lamp.change({ on: true });
    expect(isSo).toHaveBeenCalledTimes(1);
  });
});
