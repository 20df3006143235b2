import { describe, expect, it, vi } from 'vitest';
import { Rewind } from '../../../../src/app/rewind/rewind';
import type { TeachCommands } from '../../../../src/app/teach/teach-state';
import type { HeldSound, Tags } from '../../../../src/shared/contracts/tagger-api';
import { symmetricSpec as spec } from '../../../support/feature-spec';

const RATE_HZ = 100;

/** Twenty seconds of sound that ends at 20.02 s: each sample tells its hundredth of a second. */
const held: HeldSound = {
  samples: Int16Array.from({ length: 2002 }, (_, i) => i),
  sampleRateHz: RATE_HZ,
  endSeconds: 20.02,
};

function tags(windowEndSeconds: number): Tags {
  const rest = { heardAtMs: 0, levelDb: 0, isResting: false, modelMs: 0, tagsPerSecond: 1, droppedPieces: 0 };
  const columns = new Float32Array(8 * spec.melBands);
  return { ...rest, columns, windowEndSeconds, head: 'shipped', probabilities: new Float32Array(2) };
}

/** Twenty seconds were listened to. */
function listened(holdRecent = async (): Promise<HeldSound | undefined> => held) {
  const teach = { holdRecent: vi.fn(holdRecent), playSound: vi.fn(), keepSound: vi.fn() };
  const { holdRecent: hold, keepSound, playSound } = teach;
  const parts = { snippets: { holdRecent: hold, keepSound }, playback: { past: playSound } };
  const rewind = new Rewind(parts as unknown as TeachCommands);
  rewind.begin(spec);
  for (let second = 1; second <= 20; second++) rewind.take(tags(second));
  return { rewind, teach };
}

describe('freezing', () => {
  it('freezes the past while listening continues, and fetches its sound', async () => {
    const { rewind } = listened();
    const changed = vi.fn();
    rewind.subscribe(changed);
    changed.mockClear();
    const freezing = rewind.freeze();
    expect(rewind.state.frozen).toMatchObject({ atSeconds: 20 });
    expect(rewind.state.frozen?.sound).toBeUndefined();
    await freezing;
    expect(rewind.state.frozen?.sound).toBe(held);
    rewind.take(tags(21));
    expect(rewind.state.frozen?.history.newestSeconds).toBe(20);
    expect(rewind.state.live?.newestSeconds).toBe(21);
    expect(changed).toHaveBeenCalledTimes(2);
    rewind.goLive();
    expect(rewind.state.frozen).toBeUndefined();
    expect(changed).toHaveBeenCalledTimes(3);
  });

  it('does nothing before anything was heard', async () => {
    const rewind = new Rewind({} as TeachCommands);
    await rewind.freeze();
    rewind.begin(spec);
    await rewind.moveTo(3);
    expect(rewind.state.frozen).toBeUndefined();
  });

  it('ignores a sound that arrives after unfreezing', async () => {
    let send = (_: HeldSound): void => {};
    const { rewind, teach } = listened(() => new Promise((resolve) => (send = resolve)));
    const freezing = rewind.freeze();
    rewind.goLive();
    send(held);
    await freezing;
    expect(rewind.state.frozen).toBeUndefined();
    await rewind.hear();
    expect(teach.playSound).not.toHaveBeenCalled();
  });

  it('ends when listening starts again, with another clock', async () => {
    const { rewind } = listened();
    await rewind.freeze();
    rewind.begin(spec);
    expect(rewind.state.frozen).toBeUndefined();
    expect(rewind.state.live?.columnCount).toBe(0);
  });
});

describe('moving', () => {
  it('freezes at the moment, and stays within what is remembered', async () => {
    const { rewind } = listened();
    await rewind.moveTo(7.25);
    expect(rewind.state.frozen?.atSeconds).toBe(7.25);
    await rewind.moveTo(-5);
    expect(rewind.state.frozen?.atSeconds).toBe(1);
    await rewind.moveTo(99);
    expect(rewind.state.frozen?.atSeconds).toBe(20);
    expect(rewind.state.frozen?.sound).toBe(held);
  });
});

describe('hearing and keeping', () => {
  it.each([
    ['around the moment', 7.25, 625, 825],
    ['from the beginning, where there is no more', 1, 0, 200],
    ['up to the end, where there is no more', 20, 1802, 2002],
  ])('extracts the sound %s', async (_, seconds, start, end) => {
    const { rewind, teach } = listened();
    await rewind.moveTo(seconds);
    await rewind.hear();
    const [samples, rate] = teach.playSound.mock.calls[0] as [Int16Array, number];
    expect([samples[0], (samples.at(-1) ?? 0) + 1, samples.length, rate]).toEqual([start, end, 200, RATE_HZ]);
  });

  it('keeps as many seconds as were asked for', async () => {
    const { rewind, teach } = listened();
    await rewind.moveTo(10);
    await rewind.keep(5);
    const [{ samples, sampleRateHz }] = teach.keepSound.mock.calls[0] as [
      { samples: Int16Array; sampleRateHz: number },
    ];
    expect(sampleRateHz).toBe(RATE_HZ);
    expect(samples).toEqual(Int16Array.from({ length: 500 }, (_, i) => 750 + i));
    await rewind.keep(600);
    expect(teach.keepSound.mock.calls[1]?.[0].samples).toHaveLength(2002);
  });
});
