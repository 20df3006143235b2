import { describe, expect, it } from 'vitest';
import { countEvents, hoursOf } from '../../../../cli/scenes/false-alarms';
import { fitEventThresholds } from '../../../../cli/scenes/fit-thresholds';
import type { JudgedScene } from '../../../../cli/scenes/judged-scenes';
import type { LabelTruth } from '../../../../cli/scenes/truth';
import { labelThresholds, modelThresholds } from '../../../../src/events/thresholds';

const STEP = 0.25;
const HOUR = 3600;

/** One label's probabilities over an hour: 0, except for bursts of 3 s. */
function scene(
  bursts: readonly [startSeconds: number, probability: number][],
  truth: Partial<LabelTruth> = {},
): JudgedScene {
  const windows = HOUR / STEP;
  const probabilities = new Float32Array(windows);
  for (const [start, probability] of bursts) probabilities.fill(probability, start / STEP, (start + 3) / STEP);
  return {
    file: 'a.wav',
    kind: 'events',
    seconds: HOUR,
    windows: {
      firstEndSeconds: 0,
      stepSeconds: STEP,
      logits: new Float32Array(),
      levelsDb: new Float32Array(windows).fill(-40),
      filled: new Map(),
    },
    probabilities,
    filled: new Map(),
    truth: [{ sounding: [], unknown: [], ...truth }],
  };
}

const stretch = (startSeconds: number, endSeconds: number) => ({ startSeconds, endSeconds });

describe('events in scenes', () => {
  it('are false alarms unless the label sounds within a second, or may', () => {
    const heard = scene(
      [
        [100, 0.9],
        [200, 0.9],
        [300, 0.9],
        [400, 0.9],
      ],
      {
        // The first burst is in the sound, the second begins 0.9 s after one, the third is far from all.
        sounding: [stretch(100, 103), stretch(198, 198.7), stretch(900, 901)],
        unknown: [stretch(401, 402)],
      },
    );
    expect(countEvents([heard], [labelThresholds(0.5)])).toEqual([{ falseAlarms: 1, soundings: 3, found: 2 }]);
    expect(hoursOf([heard, heard])).toBe(2);
  });
});

/** An hour in which the level rises by 20 dB and then the probability to 0.4; the window heard again gives this one. */
function steepScene(again: number | undefined): JudgedScene {
  const quiet = scene([[100.5, 0.4]]);
  // The newest quarter of a second of the window that ends at 100 s is loud: 0.75 s later there is enough of it.
  quiet.windows.levelsDb.fill(-20, 100 / STEP, 104 / STEP);
  return again === undefined ? quiet : { ...quiet, filled: new Map([[100.5 / STEP, Float32Array.of(again)]]) };
}

describe('windows that are heard again after a steep rise', () => {
  const falseAlarms = (again: number | undefined, on: number): number =>
    countEvents([steepScene(again)], [modelThresholds(on)])[0]?.falseAlarms as number;

  it('begin events as in the page: if both windows have three quarters of the threshold’s odds', () => {
    expect(falseAlarms(0.9, 0.45)).toBe(1);
    expect(falseAlarms(0.3, 0.45)).toBe(0);
    expect(falseAlarms(0.9, 0.5)).toBe(0);
    expect(falseAlarms(undefined, 0.45)).toBe(0);
  });

  it('count for the default threshold', () => {
    const others = [scene([[2000, 0.9]]), scene([]), scene([])];
    // Odds of 0.4 to 0.6 are three quarters of those of 0.47. Without the window heard again it would be 0.41.
    expect(fitEventThresholds([steepScene(0.9), ...others], 1)[0]).toBeCloseTo(0.48, 6);
  });
});

describe('a default threshold', () => {
  it('is the lowest with at most one false alarm in four hours, since another may have been missed', () => {
    // From 0.64 on there is one false alarm, below it there are two.
    const scenes = [
      scene([
        [100, 0.9],
        [1000, 0.64],
      ]),
      scene([[2000, 0.3]]),
    ];
    const quiet = [scene([]), scene([])];
    expect(fitEventThresholds([...scenes, ...quiet], 1)[0]).toBeCloseTo(0.64, 6);
    // In two hours, none may be there.
    expect(fitEventThresholds(scenes, 1)[0]).toBeCloseTo(0.9, 6);
  });

  it('takes no account of sounds that are there', () => {
    const scenes = [
      scene(
        [
          [100, 0.9],
          [1000, 0.8],
        ],
        { sounding: [stretch(100, 103), stretch(1000, 1003)] },
      ),
    ];
    expect(fitEventThresholds(scenes, 1)[0]).toBeCloseTo(0.12, 6);
  });

  it('is the highest that was tried if even that is too low', () => {
    expect(
      fitEventThresholds(
        [
          scene([
            [100, 1],
            [1000, 1],
          ]),
        ],
        1,
      ),
    ).toEqual([0.99]);
  });

  it('does not fall below one that failed, although lower ones join two alarms to one', () => {
    // Two bursts 4 s apart: below 0.2, the pause between them belongs to the event.
    const joined = scene([
      [100, 0.9],
      [107, 0.9],
    ]);
    joined.probabilities.fill(0.15, 103 / STEP, 107 / STEP);
    const others = [scene([]), scene([]), scene([])];
    expect(countEvents([joined, ...others], [labelThresholds(0.25)])[0]?.falseAlarms).toBe(1);
    expect(countEvents([joined, ...others], [labelThresholds(0.5)])[0]?.falseAlarms).toBe(2);
    expect(fitEventThresholds([joined, ...others], 1)[0]).toBeCloseTo(0.9, 6);
  });
});
