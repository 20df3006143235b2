/**
 * Turns the probabilities of moving windows into events: what sounded, from when to when.
 *
 * Pure: the page's worker, recordings and the command line share it. All times are seconds on the clock of the sound.
 */
import { isLonger } from './is-longer';
import { type Onset, OnsetFinder, type OnsetTiming } from './onset-finder';
import { type Detection, type Moment, Sounding } from './sounding';

/** When a label counts as heard, and when it no longer does. */
export interface LabelThresholds {
  /** An event begins at this probability. */
  readonly on: number;
  /** It continues while the probability is at least this; at most `on`. */
  readonly off: number;
  /**
   * After a steep rise of the level it begins at this probability already, if a window filled with the sound agrees; never
   * below `on` if not given.
   */
  readonly steep?: number;
}

/** Time constants of events, in seconds. */
export interface EventTiming extends OnsetTiming {
  /** How long a label may stay below its off threshold before its event ends. */
  readonly holdSeconds: number;
  /** Two soundings of one label are one event if the pause between them is not longer than this. */
  readonly gapSeconds: number;
  /** A probability that stays up for less than this is not an event, unless it is sure. */
  readonly shortestSeconds: number;
  /** An event is sure once it has been at its on threshold for so long; a probability twice as high counts twice. */
  readonly sureSeconds: number;
  /** It is sure at once if its level rose by at least this at its onset, in dB … */
  readonly suddenRiseDb: number;
  /** … and its onset is not longer ago than this. */
  readonly suddenSeconds: number;
  /** A longer event is cut into pieces of this length. */
  readonly longestSeconds: number;
  /** How long after its end a sound keeps its window above the off threshold, because it has not left the window yet. */
  readonly endDelaySeconds: number;
}

/** For each label that has others above it: its place, and theirs. */
export type LabelHierarchy = readonly { readonly label: number; readonly above: readonly number[] }[];

/**
 * While a narrower label is at this share of its on threshold, an event of the broader one is told only after this long: a
 * rooster is a bird half a second before it is a rooster, and would be both in the diary.
 */
const NARROWER_SHARE = 0.5;
const NARROWER_SECONDS = 1;

/** A window tells at most about this much sound: nothing is sure of few windows. */
const LONGEST_STEP_SECONDS = 0.125;

/** `start` comes first and `end` last; `update`s between them report that it still sounds. All carry the same id. */
export interface DetectionChange {
  readonly kind: 'start' | 'update' | 'end';
  readonly detection: Detection;
}

/**
 * Follows all labels of one sound. Of what is heard under several names it tells the narrowest: while a crow is heard, a
 * bird and an animal are not events of their own.
 */
export class EventDetector {
  readonly #thresholds: readonly LabelThresholds[];
  readonly #hierarchy: LabelHierarchy;
  /** The labels below each label. */
  readonly #narrower: readonly (readonly number[])[];
  readonly #timing: EventTiming;
  /** A sounding that comes back this long after its last window above the off threshold is the same, however it rises. */
  readonly #patienceSeconds: number;
  /** An event that ended longer ago than this cannot be continued: no onset is found so late. */
  readonly #longestPauseSeconds: number;
  readonly #newId: () => string;
  readonly #soundings: (Sounding | undefined)[];
  readonly #onsets: OnsetFinder;
  /** End of the last window in which each label sounded. */
  readonly #lastHeardSeconds: number[];
  #lastSeconds = Number.NEGATIVE_INFINITY;
  /** From the window before to the newest. */
  #stepSeconds = Number.POSITIVE_INFINITY;

  /**
   * @param thresholds one pair per label, in the order of the probabilities.
   * @param newId gives each event a unique id.
   * @param hierarchy of the labels; without one, each label is followed alone.
   * @throws RangeError for thresholds that are not 0 ≤ off ≤ steep ≤ on, or times that are negative or contradict each other.
   */
  constructor(
    thresholds: readonly LabelThresholds[],
    timing: EventTiming,
    newId: () => string,
    hierarchy: LabelHierarchy = [],
  ) {
    for (const { on, off, steep = on } of thresholds) {
      if (!(off >= 0 && off <= steep && steep <= on)) {
        throw new RangeError(`thresholds must satisfy 0 ≤ off ≤ steep ≤ on: off ${off}, steep ${steep}, on ${on}`);
      }
    }
    if (Object.values(timing).some((seconds) => !(seconds >= 0))) throw new RangeError('times must not be negative');
    if (timing.longestSeconds <= timing.shortestSeconds)
      throw new RangeError('longestSeconds must exceed shortestSeconds');
    this.#thresholds = thresholds;
    this.#timing = timing;
    this.#onsets = new OnsetFinder(timing);
    // A pause begins `endDelaySeconds` before the window shows its start, and ends `onsetDelaySeconds` before the
    // window shows its end.
    const { holdSeconds, gapSeconds, onsetDelaySeconds, endDelaySeconds } = timing;
    this.#patienceSeconds = Math.max(holdSeconds, gapSeconds + onsetDelaySeconds - endDelaySeconds);
    this.#longestPauseSeconds = gapSeconds + this.#onsets.longestSeconds;
    this.#newId = newId;
    this.#hierarchy = hierarchy;
    this.#narrower = thresholds.map((_, broad) =>
      hierarchy.filter(({ above }) => above.includes(broad)).map(({ label }) => label),
    );
    this.#soundings = thresholds.map(() => undefined);
    this.#lastHeardSeconds = thresholds.map(() => Number.NEGATIVE_INFINITY);
  }

  /**
   * Takes the next window.
   *
   * @returns what changed, in label order.
   * @throws RangeError if the number of probabilities differs from that of the labels, or the window does not end after
   * the last one.
   */
  push(moment: Moment): DetectionChange[] {
    const { probabilities, windowEndSeconds } = moment;
    if (probabilities.length !== this.#thresholds.length) {
      throw new RangeError(`${probabilities.length} probabilities for ${this.#thresholds.length} labels`);
    }
    if (!(windowEndSeconds > this.#lastSeconds)) {
      throw new RangeError(`a window that ends at ${windowEndSeconds} s came after one at ${this.#lastSeconds} s`);
    }
    // It is unknown what sounded while sound was lost, so no event spans the gap.
    const isSoundLost = isLonger(windowEndSeconds - this.#lastSeconds, this.#patienceSeconds);
    const changes = isSoundLost ? this.finish() : [];
    this.#stepSeconds = windowEndSeconds - this.#lastSeconds;
    this.#lastSeconds = windowEndSeconds;
    if (isSoundLost) this.#onsets.forget();
    this.#onsets.push(moment);
    const covered = this.#coveredLabels(moment);
    for (let label = 0; label < this.#thresholds.length; label++) {
      changes.push(...this.#follow(label, covered.has(label), moment));
    }
    return changes;
  }

  /**
   * How much of the newest sound should fill a window of its own, for the `filledProbabilities` of a moment that `push` has
   * not taken yet: the sound since a steep rise of the level, if a label that is not heard yet is near its on threshold.
   */
  unsureSoundSeconds(moment: Pick<Moment, 'windowEndSeconds' | 'probabilities'>): number | undefined {
    const isUnsure = this.#thresholds.some(({ on, steep = on }, label) => {
      const probability = moment.probabilities[label] as number;
      return probability >= steep && probability < on && !this.#goesOn(label, this.#timing.holdSeconds, moment);
    });
    return isUnsure ? this.#onsets.steepSoundSeconds(moment.windowEndSeconds) : undefined;
  }

  /** Labels above one that is heard. */
  #coveredLabels(moment: Moment): ReadonlySet<number> {
    const covered = new Set<number>();
    for (const { label, above } of this.#hierarchy) {
      const { off } = this.#thresholds[label] as LabelThresholds;
      const isHeard = this.#goesOn(label, this.#patienceSeconds, moment)
        ? (moment.probabilities[label] as number) >= off
        : this.#reachedThreshold(label, moment) !== undefined;
      if (isHeard) for (const place of above) covered.add(place);
    }
    return covered;
  }

  /** Ends everything that still sounds: listening stopped, or the recording is over. */
  finish(): DetectionChange[] {
    return this.#soundings.flatMap((_, label) => this.#end(label));
  }

  #follow(label: number, isCovered: boolean, moment: Moment): DetectionChange[] {
    const { off } = this.#thresholds[label] as LabelThresholds;
    const probability = isCovered ? 0 : (moment.probabilities[label] as number);
    const sounding = this.#soundings[label];
    if (isCovered && sounding && !sounding.isReported) {
      // What has not been told yet is told under the narrower name.
      this.#soundings[label] = undefined;
      return [];
    }
    const goesOn = this.#goesOn(label, this.#timing.holdSeconds, moment);
    const reached = goesOn || isCovered ? undefined : this.#reachedThreshold(label, moment);
    if (!sounding) return reached === undefined ? [] : this.#start(label, reached, moment);
    const isPatient = this.#goesOn(label, this.#patienceSeconds, moment);
    if (!isPatient && !this.#canContinue(sounding, reached, moment)) {
      return [...this.#end(label), ...this.#follow(label, isCovered, moment)];
    }
    if (goesOn ? probability >= off : reached !== undefined) return this.#extend(sounding, probability, moment);
    sounding.pause(probability);
    return [];
  }

  /** Whether a label sounded not longer ago than this. */
  #goesOn(label: number, seconds: number, { windowEndSeconds }: Pick<Moment, 'windowEndSeconds'>): boolean {
    const sounding = this.#soundings[label];
    return sounding !== undefined && !isLonger(windowEndSeconds - sounding.lastSeconds, seconds);
  }

  /** The threshold by which a label begins to be heard; undefined if it does not. */
  #reachedThreshold(label: number, { probabilities, filledProbabilities }: Moment): number | undefined {
    const { on, steep = on } = this.#thresholds[label] as LabelThresholds;
    const probability = probabilities[label] as number;
    if (probability >= on) return on;
    const filled = filledProbabilities?.[label];
    return filled !== undefined && Math.min(probability, filled) >= steep ? steep : undefined;
  }

  #start(label: number, threshold: number, moment: Moment): DetectionChange[] {
    const { suddenRiseDb, suddenSeconds } = this.#timing;
    const { seconds, riseDb } = this.#onset(label, threshold);
    const isSudden = riseDb >= suddenRiseDb && !isLonger(moment.windowEndSeconds - seconds, suddenSeconds);
    const started = Sounding.startedAt(seconds, label, threshold, this.#newId(), isSudden);
    return this.#extend(started, moment.probabilities[label] as number, moment);
  }

  /** Whether two events would be closer to each other than the gap, or may prove to be: only the later one's rise tells. */
  #canContinue(sounding: Sounding, reached: number | undefined, moment: Moment): boolean {
    if (!sounding.isReported) return false;
    const { gapSeconds, endDelaySeconds } = this.#timing;
    const { label, endSeconds } = sounding.detection(endDelaySeconds);
    if (reached !== undefined) return !isLonger(this.#onset(label, reached).seconds - endSeconds, gapSeconds);
    return !isLonger(moment.windowEndSeconds - endSeconds, this.#longestPauseSeconds);
  }

  /** Where a sound began that has just brought its window to a threshold. */
  #onset(label: number, threshold: number): Onset {
    return this.#onsets.find(label, threshold, this.#lastHeardSeconds[label] as number);
  }

  /**
   * Takes a window in which the label sounds. Reports what has lasted long enough, and cuts what has lasted too long.
   */
  #extend(sounding: Sounding, probability: number, moment: Moment): DetectionChange[] {
    const { shortestSeconds, longestSeconds, endDelaySeconds, sureSeconds } = this.#timing;
    sounding.extend(probability, moment, Math.min(this.#stepSeconds, LONGEST_STEP_SECONDS));
    this.#lastHeardSeconds[sounding.label] = moment.windowEndSeconds;
    this.#soundings[sounding.label] = sounding;
    const isSure = sounding.isSudden || !isLonger(sureSeconds, sounding.evidenceSeconds);
    if (!isSure && isLonger(shortestSeconds, sounding.noticedSeconds)) return [];
    if (!sounding.isReported && this.#waitsForNarrower(sounding, moment)) {
      sounding.isHeldBack = true;
      return [];
    }
    const kind = sounding.isReported ? 'update' : 'start';
    sounding.isReported = true;
    const detection = sounding.detection(endDelaySeconds);
    const changes: DetectionChange[] = [{ kind, detection }];
    if (isLonger(longestSeconds, detection.endSeconds - detection.startSeconds)) return changes;
    this.#soundings[sounding.label] = sounding.next(detection.endSeconds, this.#newId());
    return [...changes, { kind: 'end', detection }];
  }

  /** Whether a label below this one may be what sounds. */
  #waitsForNarrower({ label, noticedSeconds }: Sounding, { probabilities }: Moment): boolean {
    const isNear = (narrower: number): boolean => {
      const { on } = this.#thresholds[narrower] as LabelThresholds;
      return (probabilities[narrower] as number) >= NARROWER_SHARE * on;
    };
    return isLonger(NARROWER_SECONDS, noticedSeconds) && (this.#narrower[label] as readonly number[]).some(isNear);
  }

  #end(label: number): DetectionChange[] {
    const sounding = this.#soundings[label];
    this.#soundings[label] = undefined;
    if (!sounding || !(sounding.isReported || sounding.isHeldBack)) return [];
    const detection = sounding.detection(this.#timing.endDelaySeconds);
    const start: DetectionChange[] = sounding.isReported ? [] : [{ kind: 'start', detection }];
    return [...start, { kind: 'end', detection }];
  }
}
