import { LONGEST_RECORDING_SECONDS, REMEMBERED_SECONDS } from '../../shared/contracts/recent-past';
import { fromInt16, toInt16 } from '../../shared/lib/wav';

/**
 * Remembers what the microphone heard, so that a sound can be kept after it happened, or recorded from a mark on.
 *
 * It takes and gives the captured samples at the rate of the capture. `takeSinceMark` gives, sample for sample, what was
 * pushed; `last` gives it as 16-bit sound, the form in which clips are stored: two minutes are long.
 */
export class RecentSound {
  readonly #sampleRateHz: number;
  /** The newest samples; the oldest of them lies at `#next` once the ring is full. */
  readonly #ring: Int16Array<ArrayBuffer>;
  #next = 0;
  #held = 0;
  /** Pieces pushed since the mark; undefined while there is none. */
  #recording: Float32Array[] | undefined;
  #recordedSamples = 0;

  /** @param sampleRateHz rate of the samples that will be pushed. */
  constructor(sampleRateHz: number) {
    this.#sampleRateHz = sampleRateHz;
    this.#ring = new Int16Array(Math.ceil(REMEMBERED_SECONDS * sampleRateHz));
  }

  /** Seconds since the mark that are recorded, at most {@link LONGEST_RECORDING_SECONDS}; 0 without a mark. */
  get recordedSeconds(): number {
    return this.#recordedSamples / this.#sampleRateHz;
  }

  /** Takes the next samples of the stream, in a piece of any length. They are copied. */
  push(samples: Float32Array): void {
    this.#record(samples);
    const size = this.#ring.length;
    // Of a piece longer than the ring only the end would be left.
    const newest = toInt16(samples.subarray(Math.max(0, samples.length - size)));
    const beforeWrap = newest.subarray(0, size - this.#next);
    this.#ring.set(beforeWrap, this.#next);
    this.#ring.set(newest.subarray(beforeWrap.length), 0);
    this.#next = (this.#next + newest.length) % size;
    this.#held = Math.min(size, this.#held + newest.length);
  }

  /** Lets silence stand where samples were lost, so that what was heard before and after keeps its distance. */
  skip(sampleCount: number): void {
    const most = Math.ceil(LONGEST_RECORDING_SECONDS * this.#sampleRateHz);
    this.push(new Float32Array(Math.min(sampleCount, most)));
  }

  /** A copy of the newest `seconds`; less where less was pushed or {@link REMEMBERED_SECONDS} are fewer. */
  last(seconds: number): Float32Array {
    return fromInt16(this.lastIntegers(seconds));
  }

  /** The same as 16-bit integers, as they are held. */
  lastIntegers(seconds: number): Int16Array<ArrayBuffer> {
    const length = Math.min(this.#held, Math.max(0, Math.round(seconds * this.#sampleRateHz)));
    const size = this.#ring.length;
    const start = (this.#next - length + size) % size;
    const copy = new Int16Array(length);
    const beforeWrap = this.#ring.subarray(start, Math.min(size, start + length));
    copy.set(beforeWrap);
    copy.set(this.#ring.subarray(0, length - beforeWrap.length), beforeWrap.length);
    return copy;
  }

  /** Records from the next pushed sample on. A recording that was going on is given up. */
  mark(): void {
    this.#recording = [];
    this.#recordedSamples = 0;
  }

  /**
   * Ends the recording.
   *
   * @returns what was pushed since the mark, its first {@link LONGEST_RECORDING_SECONDS} at most; empty without a mark.
   */
  takeSinceMark(): Float32Array {
    const taken = new Float32Array(this.#recordedSamples);
    let end = 0;
    for (const piece of this.#recording ?? []) {
      taken.set(piece, end);
      end += piece.length;
    }
    this.#recording = undefined;
    this.#recordedSamples = 0;
    return taken;
  }

  #record(samples: Float32Array): void {
    if (this.#recording === undefined) return;
    const room = Math.round(LONGEST_RECORDING_SECONDS * this.#sampleRateHz) - this.#recordedSamples;
    const piece = samples.slice(0, Math.max(0, room));
    if (piece.length === 0) return;
    this.#recording.push(piece);
    this.#recordedSamples += piece.length;
  }
}
