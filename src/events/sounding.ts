/** What was heard in the window that ends at `windowEndSeconds`. */
export interface Moment {
  readonly windowEndSeconds: number;
  /** One probability per label. */
  readonly probabilities: ArrayLike<number>;
  /** The same of a window that the sound since a steep rise fills, if one was asked for. */
  readonly filledProbabilities?: ArrayLike<number> | undefined;
  /** Level of the newest sound, in dBFS. */
  readonly levelDb: number;
  /** The backbone's embedding of the window, [embedding size]. */
  readonly embedding?: Float32Array;
}

/** A moment of a recording. */
export type RecordedMoment = Required<Omit<Moment, 'filledProbabilities'>>;

/** One sounding of one label. */
export interface Detection {
  readonly id: string;
  /** Index of the label. */
  readonly label: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly peakProbability: number;
  /** Mean of the windows from the first above the on threshold to the last above the off threshold. */
  readonly meanProbability: number;
  readonly peakLevelDb: number;
  /** The embedding of the window with the peak probability, if windows carry one. */
  readonly peakEmbedding?: Float32Array;
  /** The on threshold that was applied. */
  readonly threshold: number;
  /** Id of the previous piece, if an event longer than the maximum was cut. */
  readonly continues?: string;
}

/** A label that is above its threshold, or was a short while ago. */
export class Sounding {
  readonly label: number;
  /** Whether it began with a clear rise of the level. */
  readonly isSudden: boolean;
  readonly #id: string;
  readonly #continues: string | undefined;
  readonly #threshold: number;
  readonly #startSeconds: number;
  /** Ends of the first and the newest window above the threshold. */
  #firstSeconds: number | undefined;
  #lastSeconds: number;
  #peakProbability = 0;
  #peakLevelDb = Number.NEGATIVE_INFINITY;
  #peakEmbedding: Float32Array | undefined;
  #sum = 0;
  #windows = 0;
  /** Windows in a pause count for the mean only if the label comes back. */
  #pauseSum = 0;
  #pauseWindows = 0;
  #evidenceSeconds = 0;
  /** Whether its start has been reported. */
  isReported = false;
  /** Whether its start was clear enough to be reported, but waits for a narrower label. */
  isHeldBack = false;

  private constructor(
    label: number,
    threshold: number,
    startSeconds: number,
    lastSeconds: number,
    id: string,
    isSudden: boolean,
    continues?: string,
  ) {
    this.label = label;
    this.#threshold = threshold;
    this.#startSeconds = startSeconds;
    this.#lastSeconds = lastSeconds;
    this.#id = id;
    this.isSudden = isSudden;
    this.#continues = continues;
  }

  static startedAt(startSeconds: number, label: number, threshold: number, id: string, isSudden: boolean): Sounding {
    return new Sounding(label, threshold, startSeconds, startSeconds, id, isSudden);
  }

  /** The next piece of a sounding that is cut at `startSeconds`. */
  next(startSeconds: number, id: string): Sounding {
    return new Sounding(this.label, this.#threshold, startSeconds, this.#lastSeconds, id, false, this.#id);
  }

  /** End of the newest window above the off threshold. */
  get lastSeconds(): number {
    return this.#lastSeconds;
  }

  /** How long its windows have been above the threshold. */
  get noticedSeconds(): number {
    return this.#firstSeconds === undefined ? 0 : this.#lastSeconds - this.#firstSeconds;
  }

  /** How long it has been at its on threshold without a break; a probability twice as high counts twice. */
  get evidenceSeconds(): number {
    return this.#evidenceSeconds;
  }

  /** Takes a window in which the label is heard. @param stepSeconds how much sound it tells about. */
  extend(probability: number, { windowEndSeconds, levelDb, embedding }: Moment, stepSeconds: number): void {
    const strength = probability / this.#threshold;
    this.#evidenceSeconds = strength >= 1 ? this.#evidenceSeconds + stepSeconds * strength : 0;
    this.#firstSeconds ??= windowEndSeconds;
    this.#lastSeconds = windowEndSeconds;
    this.#sum += this.#pauseSum + probability;
    this.#windows += this.#pauseWindows + 1;
    this.#pauseSum = 0;
    this.#pauseWindows = 0;
    this.#peakLevelDb = Math.max(this.#peakLevelDb, levelDb);
    if (probability <= this.#peakProbability) return;
    this.#peakProbability = probability;
    // The window's embedding may be a view of a buffer that the next window overwrites.
    this.#peakEmbedding = embedding?.slice();
  }

  /** Takes a window in which the label is not heard, but may come back. */
  pause(probability: number): void {
    this.#evidenceSeconds = 0;
    this.#pauseSum += probability;
    this.#pauseWindows += 1;
  }

  /** What is known so far. Needs a window taken by `extend`. */
  detection(endDelaySeconds: number): Detection {
    const firstSeconds = this.#continues === undefined ? (this.#firstSeconds as number) : this.#startSeconds;
    return {
      id: this.#id,
      label: this.label,
      startSeconds: this.#startSeconds,
      // A sound lasts at least until its first window detected it.
      endSeconds: Math.max(firstSeconds, this.#lastSeconds - endDelaySeconds),
      peakProbability: this.#peakProbability,
      meanProbability: this.#sum / this.#windows,
      peakLevelDb: this.#peakLevelDb,
      threshold: this.#threshold,
      ...(this.#peakEmbedding && { peakEmbedding: this.#peakEmbedding }),
      ...(this.#continues !== undefined && { continues: this.#continues }),
    };
  }
}
