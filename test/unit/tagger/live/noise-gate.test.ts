import { describe, expect, it } from 'vitest';
import { NoiseGate } from '../../../../src/tagger/live/noise-gate';

const WINDOW_SECONDS = 2;
const FLOOR_DB = -60;

/** Levels a quarter of a second apart. @returns for each whether anything can be heard. */
function heard(gate: NoiseGate, levelsDb: readonly number[], fromSeconds = 0): boolean[] {
  return levelsDb.map((levelDb, i) => gate.hears(levelDb, fromSeconds + i / 4));
}

describe('the noise gate', () => {
  it('opens with a sound as loud as its floor, and not with a quieter one', () => {
    expect(new NoiseGate(WINDOW_SECONDS, FLOOR_DB).hears(FLOOR_DB, 0)).toBe(true);
    expect(new NoiseGate(WINDOW_SECONDS, FLOOR_DB).hears(FLOOR_DB - 0.001, 0)).toBe(false);
    expect(new NoiseGate(WINDOW_SECONDS, FLOOR_DB).hears(Number.NEGATIVE_INFINITY, 0)).toBe(false);
  });

  it('stays open for as long as the sound is in the window: two seconds, which are eight quarters', () => {
    const gate = new NoiseGate(WINDOW_SECONDS, FLOOR_DB);
    const quiet = Array<number>(10).fill(-90);
    expect(heard(gate, [-30, ...quiet])).toEqual([...Array(8).fill(true), false, false, false]);
  });

  it('is held open by each further sound, and opens again after it has closed', () => {
    const gate = new NoiseGate(WINDOW_SECONDS, FLOOR_DB);
    const levels = [-30, -90, -90, -90, -40, ...Array<number>(8).fill(-90), -50];
    // The sound at the fifth quarter lasts up to the twelfth; the last one opens it again.
    expect(heard(gate, levels)).toEqual([...Array(12).fill(true), false, true]);
  });

  it('does not flicker while the level fluctuates around the floor', () => {
    const gate = new NoiseGate(WINDOW_SECONDS, FLOOR_DB);
    const levels = Array.from({ length: 40 }, (_, i) => FLOOR_DB + (i % 4 === 0 ? 1 : -1));
    expect(heard(gate, levels)).toEqual(Array(40).fill(true));
  });

  it('without a floor always hears something', () => {
    expect(heard(new NoiseGate(WINDOW_SECONDS, null), [-100, Number.NEGATIVE_INFINITY])).toEqual([true, true]);
  });

  it('knows, when it is switched on, what was heard just before', () => {
    const gate = new NoiseGate(WINDOW_SECONDS, null);
    heard(gate, [-30, -90, -90]);
    gate.setFloor(FLOOR_DB);
    // The sound at 0 s is in the window up to 1.75 s.
    expect(heard(gate, Array(6).fill(-90), 0.75)).toEqual([true, true, true, true, true, false]);
  });

  it('applies a lowered and a raised floor to what was just heard', () => {
    const gate = new NoiseGate(WINDOW_SECONDS, -20);
    expect(heard(gate, [-30, -90])).toEqual([false, false]);
    gate.setFloor(FLOOR_DB);
    expect(gate.hears(-90, 0.5)).toBe(true);
    gate.setFloor(-20);
    expect(gate.hears(-90, 0.75)).toBe(false);
  });

  it('switched off and on again, forgets what has left the window', () => {
    const gate = new NoiseGate(WINDOW_SECONDS, FLOOR_DB);
    heard(gate, [-30]);
    gate.setFloor(null);
    heard(gate, Array(8).fill(-90), 0.25);
    gate.setFloor(FLOOR_DB);
    expect(gate.hears(-90, 2.25)).toBe(false);
  });
});
