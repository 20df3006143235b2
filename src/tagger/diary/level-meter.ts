import { AWeighting } from '../../dsp/a-weighting';
import { sumOfSquares } from '../../dsp/sum-of-squares';
import { LEVEL_SPAN_SECONDS, type LevelSpan } from '../../shared/contracts/sound-event';

/** The time constant “fast” of sound level meters: minimum and maximum are those of levels over this long. */
const FAST_SECONDS = 0.125;

/** In dBFS. Lower than what 16 bits can hold; digital silence counts as this. */
const LOWEST_DB = -120;

const SPAN_MS = 1000 * LEVEL_SPAN_SECONDS;

/** Sums over samples. */
interface Sums {
  squares: number;
  weightedSquares: number;
  samples: number;
}

/** A part of a span. */
interface Part extends Sums {
  readonly startMs: number;
  minimum: number;
  maximum: number;
}

/** Measures the levels of what is heard, per span of time of day. It gives spans in parts, which the store joins. */
export class LevelMeter {
  readonly #sampleRateHz: number;
  readonly #weighting: AWeighting;
  #fast: Sums = noSums();
  /** Parts of spans since they were last taken, oldest first. */
  #parts: Part[] = [];

  constructor(sampleRateHz: number) {
    this.#sampleRateHz = sampleRateHz;
    this.#weighting = new AWeighting(sampleRateHz);
  }

  /** @param endMs time of day at the end of the samples. */
  push(samples: Float32Array, endMs: number): void {
    this.#fast.squares += sumOfSquares(samples);
    this.#fast.weightedSquares += this.#weighting.squares(samples);
    this.#fast.samples += samples.length;
    if (this.#fast.samples >= FAST_SECONDS * this.#sampleRateHz) this.#add(endMs);
  }

  /** What was heard of each span since the last call, oldest first. */
  take(): LevelSpan[] {
    const spans = this.#parts.map((part) => this.#levelsOf(part));
    this.#parts = [];
    return spans;
  }

  #add(endMs: number): void {
    const { squares, weightedSquares, samples } = this.#fast;
    this.#fast = noSums();
    const meanSquare = squares / samples;
    const durationMs = (1000 * samples) / this.#sampleRateHz;
    const startMs = SPAN_MS * Math.floor((endMs - durationMs / 2) / SPAN_MS);
    let part = this.#parts.at(-1);
    if (part?.startMs !== startMs) {
      part = { startMs, ...noSums(), minimum: Number.POSITIVE_INFINITY, maximum: 0 };
      this.#parts.push(part);
    }
    part.squares += squares;
    part.weightedSquares += weightedSquares;
    part.samples += samples;
    part.minimum = Math.min(part.minimum, meanSquare);
    part.maximum = Math.max(part.maximum, meanSquare);
  }

  #levelsOf({ startMs, minimum, maximum, squares, weightedSquares, samples }: Part): LevelSpan {
    return {
      startMs,
      minimumDb: decibels(minimum),
      meanDb: decibels(squares / samples),
      maximumDb: decibels(maximum),
      laeqDb: decibels(weightedSquares / samples),
      heardSeconds: samples / this.#sampleRateHz,
    };
  }
}

function noSums(): Sums {
  return { squares: 0, weightedSquares: 0, samples: 0 };
}

/** From a mean square. */
function decibels(meanSquare: number): number {
  return Math.max(LOWEST_DB, 10 * Math.log10(meanSquare));
}
