import { LONGEST_RECORDING_SECONDS, REMEMBERED_SECONDS } from '../../shared/contracts/recent-past';
import { toInt16 } from '../../shared/lib/files/wav';

/**
 * Remembers what the microphone heard, so that a sound can be kept after it happened, or recorded from a mark.
 *
 * It takes captured samples at the capture's rate, and stores and returns 16-bit sound, the form in which clips are
 * stored.
 */
export class RecentSound {
  readonly #sampleRateHz: number;
  /** The newest samples. Once the ring is full, the oldest one is at `#next`. */
  readonly #ring: Int16Array<ArrayBuffer>;
  #next = 0;
  #held = 0;
  /** Chunks pushed since the mark; undefined without a mark. */
  #recording: Int16Array[] | undefined;
  #recordedSamples = 0;

  /** @param sampleRateHz rate of the samples that will be pushed. */
  constructor(sampleRateHz: number) {
    this.#sampleRateHz = sampleRateHz;
    this.#ring = new Int16Array(Math.ceil(REMEMBERED_SECONDS * sampleRateHz));
  }

  /** Takes the next samples of the stream, in a chunk of any length. They are copied. */
  push(samples: Float32Array): void {
    const piece = toInt16(samples);
    this.#record(piece);
    const size = this.#ring.length;
    // Only the end of a chunk longer than the ring would remain.
    const newest = piece.subarray(Math.max(0, piece.length - size));
    const beforeWrap = newest.subarray(0, size - this.#next);
    this.#ring.set(beforeWrap, this.#next);
    this.#ring.set(newest.subarray(beforeWrap.length), 0);
    this.#next = (this.#next + newest.length) % size;
    this.#held = Math.min(size, this.#held + newest.length);
  }

  /** Inserts silence for lost samples, so that the sounds before and after keep their distance. */
  skip(sampleCount: number): void {
    const most = Math.ceil(LONGEST_RECORDING_SECONDS * this.#sampleRateHz);
    this.push(new Float32Array(Math.min(sampleCount, most)));
  }

  /** A copy of the newest `seconds`; less if less was pushed, and at most {@link REMEMBERED_SECONDS}. */
  last(seconds: number): Int16Array<ArrayBuffer> {
    const length = Math.min(this.#held, Math.max(0, Math.round(seconds * this.#sampleRateHz)));
    const size = this.#ring.length;
    const start = (this.#next - length + size) % size;
    const copy = new Int16Array(length);
    const beforeWrap = this.#ring.subarray(start, Math.min(size, start + length));
    copy.set(beforeWrap);
    copy.set(this.#ring.subarray(0, length - beforeWrap.length), beforeWrap.length);
    return copy;
  }

  /** Records from the next pushed sample. Discards a recording in progress. */
  mark(): void {
    this.#recording = [];
    this.#recordedSamples = 0;
  }

  /**
   * Ends the recording.
   *
   * @returns what was pushed since the mark, up to its first {@link LONGEST_RECORDING_SECONDS}; empty without a mark.
   */
  takeSinceMark(): Int16Array<ArrayBuffer> {
    const taken = new Int16Array(this.#recordedSamples);
    let end = 0;
    for (const piece of this.#recording ?? []) {
      taken.set(piece, end);
      end += piece.length;
    }
    this.#recording = undefined;
    this.#recordedSamples = 0;
    return taken;
  }

  #record(piece: Int16Array): void {
    if (this.#recording === undefined) return;
    const room = Math.round(LONGEST_RECORDING_SECONDS * this.#sampleRateHz) - this.#recordedSamples;
    const taken = piece.subarray(0, Math.max(0, room));
    if (taken.length === 0) return;
    this.#recording.push(taken);
    this.#recordedSamples += taken.length;
  }
}
