import { LogMelExtractor } from '../../dsp/log-mel';
import { RollingSpectrogram } from '../../dsp/rolling-spectrogram';
import { sumOfSquares } from '../../dsp/sum-of-squares';
import type { FeatureSpec } from '../../shared/contracts/model/feature-spec';

/** What arrived since the last tag. */
export interface Arrival {
  /** Normalised log-mel columns, oldest first, [columns, melBands]. */
  readonly columns: Float32Array;
  /** Whether columns are missing, because more arrived than a window holds. */
  readonly isCut: boolean;
  /** Root mean square of the samples, in dBFS; −Infinity for digital silence. */
  readonly levelDb: number;
  /** The same for the loudest hop. */
  readonly loudestDb: number;
}

/** Follows a live stream: keeps the newest window, and what arrived since the last call. */
export class LiveWindow {
  readonly #extractor: LogMelExtractor;
  readonly #spectrogram: RollingSpectrogram;
  readonly #melBands: number;
  readonly #hopSamples: number;
  /** The newest columns since the last call, at most one window. */
  readonly #arrived: Float32Array;
  #arrivedLength = 0;
  #isCut = false;
  #squares = 0;
  #samples = 0;
  #loudest = 0;

  constructor(spec: FeatureSpec) {
    this.#extractor = new LogMelExtractor(spec);
    this.#spectrogram = new RollingSpectrogram(spec);
    this.#melBands = spec.melBands;
    this.#hopSamples = spec.hopSamples;
    this.#arrived = new Float32Array(spec.frames * spec.melBands);
  }

  push(samples: Float32Array): void {
    this.#measure(samples);
    this.#extractor.push(samples, (column) => {
      this.#spectrogram.push(column);
      if (this.#arrivedLength === this.#arrived.length) {
        this.#arrived.copyWithin(0, this.#melBands);
        this.#arrivedLength -= this.#melBands;
        this.#isCut = true;
      }
      this.#arrived.set(column, this.#arrivedLength);
      this.#arrivedLength += this.#melBands;
    });
  }

  /** Notes the levels of the samples, hop by hop: a click is short, and a piece is long. */
  #measure(samples: Float32Array): void {
    const parts = Math.max(1, Math.round(samples.length / this.#hopSamples));
    for (let part = 0, start = 0; part < parts; part++) {
      const end = Math.round(((part + 1) * samples.length) / parts);
      const squares = sumOfSquares(samples, start, end);
      this.#squares += squares;
      if (end > start) this.#loudest = Math.max(this.#loudest, squares / (end - start));
      start = end;
    }
    this.#samples += samples.length;
  }

  /** Copies the newest window into `out`, [frames, melBands]. */
  copyWindow(out: Float32Array): void {
    this.#spectrogram.copyWindow(out);
  }

  /** Columns that {@link takeArrival} has not returned yet. */
  get waitingColumns(): number {
    return this.#arrivedLength / this.#melBands;
  }

  /**
   * Takes what arrived since the last call, in whole strides; columns that do not fill one wait for the next call. If
   * columns are missing, all of them are taken.
   */
  takeArrival(strideColumns: number): Arrival {
    const isCut = this.#isCut;
    const strideLength = strideColumns * this.#melBands;
    const length = isCut ? this.#arrivedLength : Math.floor(this.#arrivedLength / strideLength) * strideLength;
    const columns = this.#arrived.slice(0, length);
    const levelDb = decibels(this.#samples === 0 ? 0 : this.#squares / this.#samples);
    const loudestDb = decibels(this.#loudest);
    this.#arrived.copyWithin(0, length, this.#arrivedLength);
    this.#arrivedLength -= length;
    this.#isCut = false;
    this.#squares = 0;
    this.#samples = 0;
    this.#loudest = 0;
    return { columns, isCut, levelDb, loudestDb };
  }
}

/** From a mean square: 0 dB is full scale, −∞ is silence. */
function decibels(meanSquare: number): number {
  return 10 * Math.log10(meanSquare);
}
