import { describe, expect, it } from 'vitest';
import { RecentSound } from '../../../../src/tagger/live/recent-sound';

const RATE_HZ = 100;

/** Samples that each tell their place in the stream, each one of the 65,536 that 16 bits hold. */
const kept = (from: number, to: number): Int16Array =>
  Int16Array.from({ length: to - from }, (_, i) => (((from + i) * 7919) % 65_536) - 32_768);

/** The same, as they are captured. */
const ramp = (from: number, to: number): Float32Array => Float32Array.from(kept(from, to), (sample) => sample / 32_768);

/** Pushes the stream's samples up to `end` in pieces of the given sizes, over and over. */
function pushInPieces(sound: RecentSound, end: number, sizes: readonly number[]): void {
  for (let at = 0, i = 0; at < end; i++) {
    const next = Math.min(end, at + (sizes[i % sizes.length] as number));
    sound.push(ramp(at, next));
    at = next;
  }
}

describe('the last seconds', () => {
  it.each([
    ['before the ring is full', 4321, [320]],
    ['when the ring has just become full', 12_000, [320]],
    ['over the wrap', 12_345, [320]],
    ['after many turns', 98_765, [320]],
    ['with hops that divide nothing', 54_321, [1, 127, 999, 13]],
    ['with a piece as long as the ring', 36_000, [12_000]],
    ['with pieces longer than the ring', 70_001, [23_333]],
  ])('are what was pushed, %s', (_, end, sizes) => {
    const sound = new RecentSound(RATE_HZ);
    pushInPieces(sound, end, sizes);
    for (const seconds of [2, 32.17, 120]) {
      const length = Math.min(end, 100 * seconds);
      expect(sound.last(seconds)).toEqual(kept(end - length, end));
    }
  });

  it('end at two minutes', () => {
    const sound = new RecentSound(RATE_HZ);
    pushInPieces(sound, 25_000, [320]);
    expect(sound.last(600)).toEqual(kept(13_000, 25_000));
  });

  it('are rounded to 16 bits, and too loud a sound is clipped', () => {
    const sound = new RecentSound(RATE_HZ);
    sound.push(Float32Array.of(0.4 / 32_768, 0.6 / 32_768, 1.5, -1.5));
    expect([...sound.last(1)]).toEqual([0, 1, 32_767, -32_768]);
  });

  it('are empty before anything was heard', () => {
    expect(new RecentSound(RATE_HZ).last(120)).toEqual(new Int16Array(0));
  });

  it('are a copy, and pushed chunks are copied too: the worklet refills its hops', () => {
    const sound = new RecentSound(RATE_HZ);
    const hop = ramp(0, 100);
    sound.push(hop);
    hop.fill(0.7);
    sound.last(1).fill(8);
    expect(sound.last(1)).toEqual(kept(0, 100));
  });
});

describe('a recording from a mark', () => {
  it('holds every sample since the mark', () => {
    const sound = new RecentSound(RATE_HZ);
    pushInPieces(sound, 777, [320]);
    sound.mark();
    for (let at = 777; at < 4177; at += 125) sound.push(ramp(at, Math.min(4177, at + 125)));
    expect(sound.takeSinceMark()).toEqual(kept(777, 4177));
  });

  it('stops growing after a minute and keeps its beginning', () => {
    const sound = new RecentSound(RATE_HZ);
    sound.mark();
    pushInPieces(sound, 61_234, [701]);
    expect(sound.takeSinceMark()).toEqual(kept(0, 6000));
    expect(sound.last(10)).toEqual(kept(60_234, 61_234));
  });

  it('copies: the hop may be filled again', () => {
    const sound = new RecentSound(RATE_HZ);
    sound.mark();
    const hop = ramp(0, 100);
    sound.push(hop);
    hop.fill(7);
    expect(sound.takeSinceMark()).toEqual(kept(0, 100));
  });

  it('starts over at a second mark, and ends once it was taken', () => {
    const sound = new RecentSound(RATE_HZ);
    sound.mark();
    sound.push(ramp(0, 50));
    sound.mark();
    sound.push(ramp(50, 80));
    expect(sound.takeSinceMark()).toEqual(kept(50, 80));
    sound.push(ramp(80, 90));
    expect(sound.takeSinceMark()).toEqual(new Int16Array(0));
  });
});
