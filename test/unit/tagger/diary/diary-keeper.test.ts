import { describe, expect, it } from 'vitest';
import { type ClipRule, defaultEventRules, type EventRules } from '../../../../src/shared/contracts/diary/event-rules';
import type { HeardClip, HeardEvent, HeardReport } from '../../../../src/shared/contracts/diary/heard';
import { DiaryKeeper } from '../../../../src/tagger/diary/diary-keeper';
import type { NamedHead } from '../../../../src/tagger/live/active-heads';
import { RecentSound } from '../../../../src/tagger/live/recent-sound';
import { seededRandom } from '../../support/random';

const RATE_HZ = 8000;
const HOP_SECONDS = 0.0125;
const HOP = RATE_HZ * HOP_SECONDS;
/** When listening begins. */
const START_MS = Date.parse('2026-03-29T00:30:00Z');

const head = {
  id: 'shipped',
  labels: ['dog', 'speech', 'rain'],
  names: ['Dog', 'Speech', 'Rain'],
  groups: ['animals', 'speech-and-music', 'nature'],
  model: { default: [0.4, 0.4, 0.4] },
  head: { hierarchy: [] },
} as unknown as NamedHead;

/** A listening session whose sound the test makes: a ramp, so that every sample tells its place. */
class Session {
  readonly reports: HeardReport[] = [];
  readonly keeper: DiaryKeeper;
  readonly #sound = new RecentSound(RATE_HZ);
  #hops = 0;
  /** Whether nothing can be predicted at the moment. */
  isBusy = false;
  nowMs = (seconds: number): number => START_MS + 1000 * seconds;

  constructor(rules: EventRules = defaultEventRules) {
    this.keeper = new DiaryKeeper({
      model: { name: 'fake', backbone: 'fake-1' },
      sound: this.#sound,
      sampleRateHz: RATE_HZ,
      windowSeconds: 1.9,
      rules,
      onHeard: (report) => this.reports.push(report),
    });
  }

  get seconds(): number {
    return this.#hops * HOP_SECONDS;
  }

  /** Hears so long; `probabilities` are those of dog, speech and rain. */
  hear(seconds: number, probabilities: readonly number[] = [0, 0, 0], speaker = head): this {
    for (let hop = 0; hop < Math.round(seconds / HOP_SECONDS); hop++) {
      const first = this.#hops * HOP;
      const samples = Float32Array.from({ length: HOP }, (_, i) => sampleAt(first + i));
      this.#hops++;
      this.#sound.push(samples);
      this.keeper.takePiece(
        { samples, endSeconds: this.seconds, waitingPieces: 0, droppedPieces: 0 },
        this.nowMs(this.seconds),
      );
      if (this.#hops % 10 !== 0 || this.isBusy) continue;
      const embedding = Float32Array.of(this.seconds, 1);
      this.keeper.takeMoment(speaker, { windowEndSeconds: this.seconds, probabilities, levelDb: -40, embedding });
    }
    return this;
  }

  /** The newest state of each event, in the order of their starts. */
  get events(): HeardEvent[] {
    return [...new Map(this.reports.flatMap(({ events }) => events).map((event) => [event.id, event])).values()];
  }

  get clips(): HeardClip[] {
    return this.reports.flatMap(({ clips }) => clips);
  }
}

/** The sample at a place, as far as 16 bits can tell. */
function sampleAt(place: number): number {
  return ((place % 60_000) - 30_000) / 32_768;
}

/** Where the first sample of a clip was, and whether all others follow it. */
function placeOf({ samples }: HeardClip): { first: number; isWhole: boolean } {
  const values = Array.from(samples, (value) => Math.round((value / 32_767) * 32_768) + 30_000);
  const first = values[0] as number;
  return { first, isWhole: values.every((value, i) => apart(value, first + i) <= 2) };
}

/** How far apart two places are, as far as samples tell. */
function apart(a: number, b: number): number {
  const difference = (((a - b) % 60_000) + 60_000) % 60_000;
  return Math.min(difference, 60_000 - difference);
}

const rule: ClipRule = { secondsBefore: 1, secondsAfter: 3, longestSeconds: 10, untilEnd: false };
const rulesFor = (clip: ClipRule, more: Partial<EventRules> = {}): EventRules => ({
  ...defaultEventRules,
  labels: { dog: { clip } },
  ...more,
});

describe('the diary of a listening session', () => {
  it('reports a start at once, its course every 0.4 s of sound at most, and its end', () => {
    const session = new Session().hear(5).hear(4, [0.8, 0, 0]);
    const starts = session.reports.filter(({ events }) => events.length > 0);
    expect(starts[0]?.events).toMatchObject([{ label: 'dog', labelName: 'Dog', isOpen: true, threshold: 0.4 }]);
    // At twice the threshold it is sure with its second window, at 5.25 s; then at the first window, one every 125 ms, that is 0.375 s later.
    expect(starts).toHaveLength(1 + Math.floor((9 - 5.25) / 0.375));
    session.hear(8);
    const [dog, ...others] = session.events as [HeardEvent];
    expect(others).toEqual([]);
    expect(dog.isOpen).toBe(false);
    expect(dog.startMs).toBe(START_MS + 1000 * (5.125 - 0.39));
    expect(dog).toMatchObject({ model: 'fake', head: 'shipped', backbone: 'fake-1', peakLevelDb: -40 });
    // The first window with the highest probability, in binary16: 5.125 and 1.
    expect([...(dog.embedding as Uint16Array)]).toEqual([0x4520, 0x3c00]);
  });

  it('ends what sounds when listening ends, or the head or the rules change', () => {
    const session = new Session().hear(2).hear(2, [0.8, 0, 0]);
    session.hear(2, [0.8, 0, 0], { ...head, id: 'kitchen' });
    session.keeper.setRules({ ...defaultEventRules, labels: { dog: { threshold: 0.5 } } });
    session.hear(2, [0.8, 0, 0]);
    session.keeper.finish();
    expect(session.events.map(({ head: id, threshold, isOpen }) => [id, threshold, isOpen])).toEqual([
      ['shipped', 0.4, false],
      ['kitchen', 0.4, false],
      ['shipped', 0.5, false],
    ]);
  });

  it('makes no events of ignored labels', () => {
    const rules = { ...defaultEventRules, labels: { dog: { ignored: true } } };
    const session = new Session(rules).hear(2).hear(4, [0.9, 0, 0.9]).hear(4);
    expect(session.events.map(({ label }) => label)).toEqual(['rain']);
  });

  it('reports levels of all that was heard', () => {
    const session = new Session().hear(25);
    session.keeper.finish();
    const levels = session.reports.flatMap((report) => report.levels);
    expect(levels.reduce((sum, { heardSeconds }) => sum + heardSeconds, 0)).toBeCloseTo(25, 6);
    expect(new Set(levels.map(({ startMs }) => startMs))).toEqual(
      new Set([START_MS, START_MS + 10_000, START_MS + 20_000]),
    );
  });

  it('keeps the length of an event while the device’s clock is set back in it', () => {
    const session = new Session().hear(2).hear(2, [0.8, 0, 0]);
    session.nowMs = (seconds) => START_MS + 1000 * seconds - 3_600_000;
    session.hear(4, [0.8, 0, 0]).hear(4);
    const [{ startMs, endMs }] = session.events as [HeardEvent];
    expect(startMs).toBe(START_MS + 1000 * (2.125 - 0.39));
    expect(endMs).toBe(START_MS + 1000 * (8 - 1.1));
  });
});

describe('sounds of events', () => {
  it('are cut to the sample, with the onset inside, in 100 of 100', () => {
    const random = seededRandom(1);
    const session = new Session(rulesFor(rule)).hear(3);
    const onsets = Array.from({ length: 100 }, () => {
      session.hear(4 + HOP_SECONDS * Math.floor(80 * random()));
      const onset = session.seconds;
      session.hear(1, [0.8, 0, 0]).hear(6);
      return onset;
    });
    expect(session.clips).toHaveLength(100);
    const byId = new Map(session.events.map((event) => [event.id, event]));
    for (const [i, clip] of session.clips.entries()) {
      const { startMs } = byId.get(clip.event) as HeardEvent;
      const { first, isWhole } = placeOf(clip);
      expect(isWhole).toBe(true);
      const at = Math.round(((startMs - 1000 - START_MS) / 1000) * RATE_HZ);
      // Half a millisecond is what whole milliseconds lose.
      expect(apart(at, first)).toBeLessThanOrEqual(2 + RATE_HZ / 2000);
      expect(clip.startMs).toBe(startMs - 1000);
      expect(clip.samples).toHaveLength(4 * RATE_HZ);
      const onset = (onsets[i] as number) - (clip.startMs - START_MS) / 1000;
      expect(onset).toBeGreaterThan(0);
      expect(onset).toBeLessThan(4);
    }
  });

  it('last as long as the event, up to their longest', () => {
    const session = new Session(rulesFor({ ...rule, untilEnd: true })).hear(3).hear(3, [0.8, 0, 0]).hear(10);
    session.hear(30, [0.8, 0, 0]);
    const [short, long] = session.clips as [HeardClip, HeardClip];
    const [{ startMs, endMs }] = session.events as [HeardEvent];
    expect(short.samples.length / RATE_HZ).toBeCloseTo((endMs - startMs) / 1000 + 1 + 3, 2);
    // Cut while it still sounds.
    expect(long.samples).toHaveLength(10 * RATE_HZ);
  });

  it('are not kept with speech in any window that touches them, which is counted', () => {
    const counted = (more: Partial<EventRules>): [number, number] => {
      const session = new Session(rulesFor(rule, more)).hear(3).hear(1, [0.8, 0, 0]).hear(1, [0, 0.35, 0]).hear(8);
      session.keeper.finish();
      return [session.clips.length, session.reports.reduce((sum, report) => sum + report.droppedForSpeech, 0)];
    };
    expect(counted({})).toEqual([0, 1]);
    expect(counted({ speechThreshold: 0.4 })).toEqual([1, 0]);
    expect(counted({ speechThreshold: null })).toEqual([1, 0]);
  });

  it.each([
    ['in the seconds before', [0, 0.9, 0], [0.8, 0, 0], [0, 0, 0], 0],
    ['in the event', [0, 0, 0], [0.8, 0.9, 0], [0, 0, 0], 0],
    ['in the seconds after', [0, 0, 0], [0.8, 0, 0], [0, 0.9, 0], 0],
    ['nowhere', [0, 0, 0], [0.8, 0, 0], [0, 0, 0], 1],
  ])('are judged over their whole length: speech %s', (_, before, during, after, kept) => {
    // Ten seconds before, and six after the end.
    const long = { secondsBefore: 10, secondsAfter: 6, longestSeconds: 40, untilEnd: true };
    const session = new Session(rulesFor(long)).hear(6).hear(0.5, before).hear(8).hear(3, during).hear(4);
    session.hear(0.5, after).hear(12);
    expect(session.clips.length).toBe(kept);
  });

  it('are not kept if the head knows no speech, unless the filter is off', () => {
    const deaf = { ...head, labels: ['dog', 'chatter', 'rain'] };
    const kept = (more: Partial<EventRules>): number => {
      const session = new Session(rulesFor(rule, more)).hear(3, undefined, deaf).hear(2, [0.8, 0, 0], deaf);
      return session.hear(8, undefined, deaf).clips.length;
    };
    expect([kept({}), kept({ speechThreshold: null })]).toEqual([0, 1]);
  });

  it('are not kept if a part was not judged, because the worker was too busy', () => {
    const long = { secondsBefore: 10, secondsAfter: 3, longestSeconds: 40, untilEnd: false };
    const kept = (busySeconds: number): number => {
      const session = new Session(rulesFor(long)).hear(5);
      session.isBusy = true;
      session.hear(busySeconds);
      session.isBusy = false;
      return session.hear(3).hear(3, [0.8, 0, 0]).hear(8).clips.length;
    };
    expect([kept(1.9), kept(4)]).toEqual([1, 0]);
  });

  it('follow the group’s rule, unless the label’s own says otherwise', () => {
    const groupClips = { animals: rule, nature: rule };
    const session = new Session({ ...defaultEventRules, labels: { rain: { clip: null } }, groupClips });
    session.hear(3).hear(2, [0.8, 0, 0.8]).hear(8);
    expect(session.clips.map(({ event }) => session.events.find(({ id }) => id === event)?.label)).toEqual(['dog']);
  });

  it('are cut as far as they were heard when listening ends', () => {
    const session = new Session(rulesFor(rule)).hear(3).hear(1, [0.8, 0, 0]);
    session.keeper.finish();
    const [{ samples }] = session.clips as [HeardClip];
    expect(samples.length / RATE_HZ).toBeCloseTo(4 - (3.125 - 0.39 - 1), 2);
  });
});
