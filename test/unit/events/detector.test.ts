import { describe, expect, it } from 'vitest';
import {
  type DetectionChange,
  EventDetector,
  type EventTiming,
  type LabelThresholds,
} from '../../../src/events/detector';
import { seededRandom } from '../support/random';

const STEP = 0.125;
const timing: EventTiming = {
  holdSeconds: 1,
  gapSeconds: 2,
  shortestSeconds: 0.25,
  sureSeconds: Number.POSITIVE_INFINITY,
  suddenRiseDb: Number.POSITIVE_INFINITY,
  suddenSeconds: 0,
  longestSeconds: 60,
  onsetDelaySeconds: 0.25,
  riseSeconds: 0,
  riseShare: 0,
  riseDelaySeconds: 0,
  steepRiseDb: 8,
  endDelaySeconds: 1.5,
};
const dog: LabelThresholds = { on: 0.5, off: 0.3 };

/** Feeds one label's probabilities, one window every 125 ms; window 0 ends at 0 s. */
function detect(
  probabilities: readonly number[],
  changes: Partial<EventTiming> = {},
  thresholds = dog,
  levels: readonly number[] = probabilities.map((probability) => -40 + probability),
): DetectionChange[] {
  let ids = 0;
  const detector = new EventDetector([thresholds], { ...timing, ...changes }, () => `e${ids++}`);
  const heard = probabilities.flatMap((probability, index) =>
    detector.push({ windowEndSeconds: index * STEP, probabilities: [probability], levelDb: levels[index] as number }),
  );
  return [...heard, ...detector.finish()];
}

const ended = (changes: readonly DetectionChange[]) =>
  changes.filter(({ kind }) => kind === 'end').map(({ detection }) => detection);
const kinds = (changes: readonly DetectionChange[]) => changes.map(({ kind }) => kind).join(' ');
/** `seconds` of windows at that probability. */
const during = (seconds: number, probability: number): number[] => Array(Math.round(seconds / STEP)).fill(probability);

describe('an event', () => {
  it('starts at the on threshold and ends below the off threshold, less the delays of the window', () => {
    // Up in the windows that end at 2 to 5.875 s; then 0.4 keeps it, 0.2 does not.
    const [event, ...others] = ended(
      detect([...during(2, 0), ...during(4, 0.9), ...during(1, 0.4), ...during(5, 0.2)]),
    );
    expect(others).toEqual([]);
    expect(event).toMatchObject({ startSeconds: 1.75, endSeconds: 6.875 - 1.5, peakProbability: 0.9, threshold: 0.5 });
    // 32 windows of 0.9 and 8 of 0.4.
    expect(event?.meanProbability).toBeCloseTo((32 * 0.9 + 8 * 0.4) / 40, 12);
    expect(event?.peakLevelDb).toBeCloseTo(-39.1, 12);
  });

  it('starts where the rise to the on threshold began, however long it took, but after the event before', () => {
    const rise = { riseSeconds: 2, riseShare: 0.1, riseDelaySeconds: 0.5 };
    // From 0.02 in the background up in eight windows from the one that ends at 4 s on; 0.1 of the way is 0.068.
    const slope = Array.from({ length: 8 }, (_, i) => 0.07 + 0.05 * i);
    const [slow] = ended(detect([...during(4, 0.02), ...slope, ...during(2, 0.9), ...during(5, 0)], rise));
    expect(slow?.startSeconds).toBe(4 - 0.5);
    // What goes on for all of that time is no rise.
    const [steady] = ended(detect([...during(4, 0.07), ...during(2.5, 0.2), ...during(2, 0.9), ...during(5, 0)], rise));
    expect(steady?.startSeconds).toBe(6.5 - 0.5);
    const course = [...during(4, 0), ...during(0.5, 0.9), ...during(1.125, 0.29), ...during(2, 0.9), ...during(5, 0)];
    const [, again] = ended(detect(course, { ...rise, gapSeconds: 0 }));
    expect(again?.startSeconds).toBe(4.375);
  });

  describe('starts where the level rose most before its probability did', () => {
    const rise = { riseSeconds: 3, riseShare: 0.02, riseDelaySeconds: 0.39, gapSeconds: 0 };
    /** One label that is heard in the windows that end from 4 to 6 s; each window has the level of its newest sound. */
    const startWith = (levelAt: (seconds: number) => number, stepSeconds = STEP): number | undefined => {
      const detector = new EventDetector([dog], { ...timing, ...rise }, () => 'e');
      const windows = Array.from({ length: Math.round(12 / stepSeconds) }, (_, i) => i * stepSeconds);
      const heard = windows.flatMap((windowEndSeconds) => {
        const probabilities = [windowEndSeconds >= 4 && windowEndSeconds <= 6 ? 0.9 : 0.01];
        return detector.push({ windowEndSeconds, probabilities, levelDb: levelAt(windowEndSeconds) });
      });
      return ended([...heard, ...detector.finish()])[0]?.startSeconds;
    };

    it('to the window, and the strongest rise of several', () => {
      expect(startWith((s) => (s > 3.5 ? -30 : -60))).toBe(3.5);
      expect(startWith((s) => (s > 3.625 ? -30 : s > 3 ? -55 : -60))).toBe(3.625);
      // One window in three carries on for as long as the others.
      expect(startWith((s) => (s > 3.5 ? -30 : -60), 0.5)).toBe(3.5);
    });

    it('and the usual delay before its probability where no level rose, or only long before or after', () => {
      expect(startWith(() => -60)).toBe(4 - 0.39);
      expect(startWith((s) => (s > 3.5 ? -59.5 : -60))).toBe(4 - 0.39);
      expect(startWith((s) => (s > 2.25 ? -30 : -60))).toBe(4 - 0.39);
      expect(startWith((s) => (s > 4.5 ? -30 : -60))).toBe(4 - 0.39);
    });

    it('also out of digital silence', () => {
      expect(startWith((s) => (s > 3.5 ? -30 : Number.NEGATIVE_INFINITY))).toBe(3.5);
      expect(startWith(() => Number.NEGATIVE_INFINITY)).toBe(4 - 0.39);
    });

    it('and is reported at once if that was loud enough, and not long ago', () => {
      const reportedAfter = (riseDb: number, suddenSeconds = 0.5): number => {
        const detector = new EventDetector(
          [dog],
          { ...timing, ...rise, shortestSeconds: 0.5, suddenRiseDb: 10, suddenSeconds },
          () => 'e',
        );
        const windows = Array.from({ length: 50 }, (_, i) => i * STEP);
        return windows.findIndex((windowEndSeconds) => {
          const probabilities = [windowEndSeconds >= 4 ? 0.5 : 0.01];
          const levelDb = windowEndSeconds > 3.5 ? -60 + riseDb : -60;
          return detector.push({ windowEndSeconds, probabilities, levelDb }).length > 0;
        });
      };
      expect(reportedAfter(10.1) * STEP).toBe(4);
      expect(reportedAfter(9.9) * STEP).toBe(4.5);
      expect(reportedAfter(10.1, 0.375) * STEP).toBe(4.5);
    });

    describe('at its steep threshold, if a window filled with the sound agrees', () => {
      const near = { ...dog, steep: 0.4 };
      /** Levels rise at 3.5 s; from 4 s on the label is a little below its on threshold, and the sound ends at 6 s. */
      function hear(filled: number, { riseDb = 9, steep = near.steep, probability = 0.45, stepSeconds = STEP } = {}) {
        const detector = new EventDetector(
          [{ ...near, steep }],
          { ...timing, ...rise, suddenRiseDb: 4, suddenSeconds: 1 },
          () => 'e',
        );
        const asked: [number, number][] = [];
        const changes: (DetectionChange & { atSeconds: number })[] = [];
        for (let atSeconds = 0; atSeconds < 12; atSeconds += stepSeconds) {
          const probabilities = [atSeconds >= 4 && atSeconds <= 6 ? probability : 0.01];
          const levelDb = atSeconds > 3.5 ? -60 + riseDb : -60;
          const soundSeconds = detector.unsureSoundSeconds({ windowEndSeconds: atSeconds, probabilities });
          if (soundSeconds !== undefined) asked.push([atSeconds, soundSeconds]);
          const filledProbabilities = soundSeconds === undefined ? undefined : [filled];
          const moment = { windowEndSeconds: atSeconds, probabilities, filledProbabilities, levelDb };
          changes.push(...detector.push(moment).map((change) => ({ ...change, atSeconds })));
        }
        return { asked, changes };
      }

      it('is told at once, and goes on as any other', () => {
        const { asked, changes } = hear(0.4);
        expect(asked).toEqual([[4, 0.5]]);
        expect(changes[0]).toMatchObject({ kind: 'start', atSeconds: 4 });
        const [event, ...others] = ended(changes);
        expect(others).toEqual([]);
        expect(event).toMatchObject({ startSeconds: 3.5, endSeconds: 6 - 1.5, threshold: 0.4, peakProbability: 0.45 });
      });

      it('is asked again until the sound is a second old, and not begun without agreement', () => {
        const { asked, changes } = hear(0.39);
        expect(asked).toEqual([4, 4.125, 4.25, 4.375].map((seconds) => [seconds, seconds - 3.5]));
        expect(changes).toEqual([]);
      });

      it.each([
        ['after a smaller rise', { riseDb: 7.9 }],
        ['below its steep threshold', { probability: 0.39 }],
        ['without such a threshold', { steep: dog.on }],
        ['if it is heard anyway', { probability: 0.5 }],
      ])('is not asked %s', (_, how) => {
        expect(hear(1, how).asked).toEqual([]);
      });
    });

    it('but not before the windows of its last event', () => {
      const course = [...during(4, 0), ...during(2, 0.9), ...during(1.125, 0), ...during(2, 0.9), ...during(5, 0)];
      const detector = new EventDetector([dog], { ...timing, ...rise }, () => 'e');
      const heard = course.flatMap((probability, i) =>
        // The level rises again while the first event still sounds.
        detector.push({
          windowEndSeconds: i * STEP,
          probabilities: [probability],
          levelDb: i * STEP > 5.75 ? -30 : -60,
        }),
      );
      const [, again] = ended([...heard, ...detector.finish()]);
      expect(again?.startSeconds).toBe(7.125 - 0.39);
    });
  });

  it('does not start between the thresholds', () => {
    expect(detect([...during(3, 0.45), ...during(3, 0)])).toEqual([]);
  });

  it('is reported at its start, while it sounds and at its end, with one id', () => {
    const changes = detect([...during(0.5, 0.9), ...during(3, 0)]);
    expect(kinds(changes)).toBe('start update end');
    expect(new Set(changes.map(({ detection }) => detection.id)).size).toBe(1);
  });

  it('is not reported while it is shorter than the minimum', () => {
    expect(detect([...during(0.25, 0.9), ...during(5, 0)])).toEqual([]);
    expect(ended(detect([...during(0.375, 0.9), ...during(5, 0)]))).toHaveLength(1);
  });

  it('is reported before that if it is sure, the sooner the stronger it is', () => {
    const reportedAfter = (...course: number[]): number => {
      const detector = new EventDetector([dog], { ...timing, shortestSeconds: 0.5, sureSeconds: 0.37 }, () => 'e');
      const windows = [0, 0, ...course, ...during(1, 0.4)];
      return (
        windows.findIndex((probability, i) => {
          const moment = { windowEndSeconds: i * STEP, probabilities: [probability], levelDb: -40 };
          return detector.push(moment).some(({ kind }) => kind === 'start');
        }) - 2
      );
    };
    // At the threshold three windows are sure, and near twice of it two; below it none is: half a second is five windows.
    expect(reportedAfter(0.5, 0.5, 0.5, 0.5)).toBe(2);
    expect(reportedAfter(0.9, 0.9, 0.9)).toBe(1);
    expect(reportedAfter(0.6, 0.4, 0.6, 0.4)).toBe(4);
    expect(reportedAfter(0.6, 0.4, 0.6, 0.6, 0.6)).toBe(4);
  });

  it('lasts at least until it was noticed', () => {
    // Three windows: without that its end, 1.25 s back, would lie before its start.
    const [event] = ended(detect([...during(2, 0), ...during(0.375, 0.9), ...during(5, 0)]));
    expect(event).toMatchObject({ startSeconds: 1.75, endSeconds: 2 });
  });

  it('ends when the hold is over, not before', () => {
    const quiet = { gapSeconds: 0 };
    expect(ended(detect([...during(2, 0.9), ...during(0.875, 0), ...during(2, 0.4)], quiet))).toHaveLength(1);
    // The window 1.125 s after the last one above is too late, also above the on threshold.
    const two = ended(detect([...during(2, 0.9), ...during(1, 0), ...during(2, 0.9)], quiet));
    expect(two.map(({ startSeconds }) => startSeconds)).toEqual([-0.25, 2.75]);
  });

  it('needs the on threshold again after the hold, and the off threshold within it', () => {
    const bridging = { gapSeconds: 4 };
    const endingWith = (probability: number) =>
      ended(detect([...during(2, 0.9), ...during(2, 0), ...during(2, probability), ...during(9, 0)], bridging))[0];
    expect(endingWith(0.4)?.endSeconds).toBe(1.875 - 1.5);
    expect(endingWith(0.6)?.endSeconds).toBe(5.875 - 1.5);
  });

  it('bridges a pause as long as the gap, but no longer one', () => {
    // A sound that ends at 1 s keeps its window up until 2.5 s; the next one, from 1 s + pause, is noticed 0.25 s later.
    const events = (pauseSeconds: number) => {
      const quietSeconds = 1 + pauseSeconds + 0.25 - 2.5;
      return ended(
        detect([...during(2.625, 0.9), ...during(quietSeconds - STEP, 0), ...during(3, 0.9)], { gapSeconds: 3 }),
      );
    };
    expect(events(3)).toHaveLength(1);
    expect(events(3.125)).toHaveLength(2);
  });

  it('is one with the event before if their own times are closer than the gap, however the later one rose', () => {
    const random = seededRandom(5);
    const rise = {
      riseSeconds: 3,
      riseShare: 0.02,
      riseDelaySeconds: 0.39,
      onsetDelaySeconds: 1.2,
      endDelaySeconds: 1.1,
    };
    let pairs = 0;
    for (let run = 0; run < 300; run++) {
      // Ramps between levels: probabilities fall and rise quickly or slowly.
      const course = [0, 0, 0, 0];
      while (course.length < 400) {
        const [from, to, windows] = [
          course.at(-1) as number,
          random() < 0.5 ? 0.4 * random() : random(),
          1 + 20 * random(),
        ];
        for (let i = 1; i <= windows; i++) course.push(from + ((to - from) * i) / windows);
      }
      const levels = course.map(() => (random() < 0.2 ? -30 : -60));
      const events = ended(detect(course, rise, dog, levels));
      for (const [i, event] of events.slice(1).entries()) {
        if (event.continues !== undefined) continue;
        pairs++;
        const pause = event.startSeconds - (events[i]?.endSeconds ?? Number.NaN);
        expect(pause, `run ${run}`).toBeGreaterThan(timing.gapSeconds);
      }
    }
    expect(pairs).toBeGreaterThan(300);
  });

  it('counts a bridged pause for its mean, but no other', () => {
    const [event] = ended(detect([...during(1, 0.8), ...during(0.5, 0.1), ...during(1, 0.8), ...during(5, 0)]));
    expect(event?.meanProbability).toBeCloseTo((16 * 0.8 + 4 * 0.1) / 20, 12);
  });

  it('is cut into seamless pieces', () => {
    const pieces = ended(detect([...during(35, 0.9), ...during(5, 0)], { longestSeconds: 10 }));
    expect(pieces.map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])).toEqual([
      [-0.25, 9.75],
      [9.75, 19.75],
      [19.75, 29.75],
      [29.75, 34.875 - 1.5],
    ]);
    expect(pieces.map(({ id, continues }) => [id, continues])).toEqual([
      ['e0', undefined],
      ['e1', 'e0'],
      ['e2', 'e1'],
      ['e3', 'e2'],
    ]);
  });

  it('ends with the sound that was lost', () => {
    const detector = new EventDetector([dog], timing, () => 'e');
    for (let index = 0; index < 8; index++) {
      detector.push({ windowEndSeconds: index * STEP, probabilities: [0.9], levelDb: -20 });
    }
    const changes = detector.push({ windowEndSeconds: 60, probabilities: [0.9], levelDb: -20 });
    expect(kinds(changes)).toBe('end');
    expect(changes[0]?.detection.endSeconds).toBe(0);
  });

  it('keeps the embedding of its strongest window, even if the buffer is reused', () => {
    const detector = new EventDetector([dog], { ...timing, shortestSeconds: 0 }, () => 'e');
    const embedding = new Float32Array(1);
    [0.6, 0.9, 0.7].forEach((probability, index) => {
      embedding[0] = index;
      detector.push({ windowEndSeconds: index * STEP, probabilities: [probability], levelDb: -20, embedding });
    });
    expect(detector.finish()[0]?.detection.peakEmbedding).toEqual(new Float32Array([1]));
  });

  it('is the same wherever in the sound it lies, although times are rounded', () => {
    // Windows of the shipped networks: every 8000 samples, the first after 524 more. A slow rise, up, a second of pause, up.
    const course = [...Array.from({ length: 14 }, (_, i) => 0.01 + 0.003 * i), 0.2, 0.6, 0.9, 0.9];
    const probabilities = [...course, 0.2, 0.2, 0.2, 0.35, 0.9, ...Array(2410).fill(0.9), ...Array(20).fill(0.01)];
    const rise = { riseSeconds: 2.5, riseShare: 0.02, riseDelaySeconds: 0.39, longestSeconds: 600 };
    const eventsFrom = (firstWindow: number): number[][] => {
      const detector = new EventDetector([dog], { ...timing, ...rise, gapSeconds: 0 }, () => '');
      const samples = (window: number): number => 8000 * (firstWindow + window) + 524;
      const heard = probabilities.flatMap((probability, window) =>
        detector.push({
          windowEndSeconds: samples(window) / 32_000,
          probabilities: [probability],
          levelDb: window < 10 ? -60 : -40,
        }),
      );
      return ended([...heard, ...detector.finish()]).map(({ startSeconds, endSeconds }) =>
        [startSeconds, endSeconds].map((seconds) => Number((seconds - firstWindow / 4).toFixed(6))),
      );
    };
    const events = eventsFrom(1);
    expect(events).toHaveLength(2);
    // Numbers tell times less exactly beyond each power of two.
    const places = [64, 128, 256, 512, 1024, 2048, 4096].flatMap((seconds) =>
      Array.from({ length: 24 }, (_, i) => 4 * seconds - i),
    );
    for (const place of places) expect(eventsFrom(place)).toEqual(events);
  });

  it('of one label does not depend on another one', () => {
    const random = seededRandom(4);
    const walk = () => Array.from({ length: 4_000 }, () => random() ** 12);
    const [one, two] = [walk(), walk()];
    const together = new EventDetector([dog, dog], timing, () => '');
    const both = one.flatMap((probability, index) =>
      together.push({
        windowEndSeconds: index * STEP,
        probabilities: [probability, two[index] as number],
        levelDb: -40,
      }),
    );
    const times = (changes: readonly DetectionChange[]) =>
      ended(changes).map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds]);
    const all = [...both, ...together.finish()];
    expect(times(all.filter(({ detection }) => detection.label === 0))).toEqual(times(detect(one)));
    expect(times(all.filter(({ detection }) => detection.label === 1))).toEqual(times(detect(two)));
    expect(times(all).length).toBeGreaterThan(20);
  });

  it('tells the narrowest name of what is heard, and a wider one where no narrower is heard', () => {
    const [animal, bird, crow] = [0, 1, 2];
    const hierarchy = [
      { label: crow, above: [bird, animal] },
      { label: bird, above: [animal] },
    ];
    const detector = new EventDetector([dog, dog, dog], timing, () => 'e', hierarchy);
    // A crow, another bird, and an animal that is no bird. Whatever is a crow is at least as surely a bird.
    const heard = [
      ...during(4, 0).map(() => [0.95, 0.9, 0.7]),
      ...during(4, 0).map(() => [0, 0, 0]),
      ...during(4, 0).map(() => [0.8, 0.8, 0.2]),
      ...during(4, 0).map(() => [0, 0, 0]),
      ...during(4, 0).map(() => [0.8, 0.1, 0.1]),
    ].flatMap((probabilities, index) => detector.push({ windowEndSeconds: index * STEP, probabilities, levelDb: -40 }));
    const told = ended([...heard, ...detector.finish()]);
    expect(told.map(({ label, startSeconds }) => [label, startSeconds])).toEqual([
      [crow, -0.25],
      [bird, 7.75],
      [animal, 15.75],
    ]);
  });
});

describe('an event of a broad label', () => {
  const [bird, rooster] = [0, 1];
  const hierarchy = [{ label: rooster, above: [bird] }];
  const detectBoth = (moments: readonly (readonly number[])[]): [string, number, number][] => {
    const sudden = { suddenRiseDb: 0, suddenSeconds: 1 };
    const detector = new EventDetector([dog, dog], { ...timing, ...sudden }, () => 'e', hierarchy);
    const changes = moments.map((probabilities, index) =>
      detector.push({ windowEndSeconds: index * STEP, probabilities, levelDb: -40 }),
    );
    return [...changes, detector.finish()].flatMap((at, index) =>
      at.map(({ kind, detection }): [string, number, number] => [kind, detection.label, index * STEP]),
    );
  };
  const both = (seconds: number, ...probabilities: number[]) => during(seconds, 0).map(() => probabilities);
  const told = (heard: readonly [string, number, number][]) => heard.filter(([kind]) => kind !== 'update');

  it('waits for a narrower one that is near its threshold, and does not become one if that is heard', () => {
    const heard = told(detectBoth([...both(0.5, 0.8, 0.4), ...both(2, 0.9, 0.8), ...both(4, 0, 0)]));
    expect(heard).toEqual([
      ['start', rooster, 0.5],
      ['end', rooster, 3.5],
    ]);
  });

  it('is told a second later if the narrower one does not come', () => {
    const heard = told(detectBoth([...both(3, 0.8, 0.4), ...both(4, 0, 0)]));
    expect(heard[0]).toEqual(['start', bird, 1]);
  });

  it('is told when it ends, if it ends while it waits', () => {
    const heard = told(detectBoth([...both(0.5, 0.8, 0.4), ...both(4, 0, 0)]));
    expect(heard).toEqual([
      ['start', bird, 1.5],
      ['end', bird, 1.5],
    ]);
  });

  it('is told at once if no narrower one is near', () => {
    const heard = told(detectBoth([...both(3, 0.8, 0.2), ...both(4, 0, 0)]));
    expect(heard[0]).toEqual(['start', bird, 0]);
  });
});

describe('a detector', () => {
  const make = (thresholds: LabelThresholds, changes: Partial<EventTiming> = {}) =>
    new EventDetector([thresholds], { ...timing, ...changes }, () => 'e');

  it('rejects thresholds and times that make no sense', () => {
    expect(() => make({ on: 0.3, off: 0.5 })).toThrow(RangeError);
    expect(() => make({ on: 0.3, off: -0.1 })).toThrow(RangeError);
    expect(() => make({ on: Number.NaN, off: 0.1 })).toThrow(RangeError);
    expect(() => make({ on: 0.3, off: 0.1, steep: 0.4 })).toThrow(RangeError);
    expect(() => make({ on: 0.3, off: 0.1, steep: 0.05 })).toThrow(RangeError);
    expect(() => make(dog, { holdSeconds: -1 })).toThrow(RangeError);
    expect(() => make(dog, { gapSeconds: Number.NaN })).toThrow(RangeError);
    expect(() => make(dog, { longestSeconds: 0.25 })).toThrow(RangeError);
  });

  it('refuses windows of other labels, and windows out of order', () => {
    const detector = make(dog);
    expect(() => detector.push({ windowEndSeconds: 0, probabilities: [0, 0], levelDb: 0 })).toThrow(
      /2 probabilities for 1/,
    );
    detector.push({ windowEndSeconds: 1, probabilities: [0], levelDb: 0 });
    expect(() => detector.push({ windowEndSeconds: 1, probabilities: [0], levelDb: 0 })).toThrow(/came after/);
  });
});
