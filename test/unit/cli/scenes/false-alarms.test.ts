import { describe, expect, it } from 'vitest';
import { countEvents, hoursOf, type JudgedScene } from '../../../../cli/scenes/false-alarms';
import { fitEventThresholds } from '../../../../cli/scenes/fit-thresholds';
import type { LabelTruth } from '../../../../cli/scenes/truth';
import { labelThresholds } from '../../../../src/events/thresholds';

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
    },
    probabilities,
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
