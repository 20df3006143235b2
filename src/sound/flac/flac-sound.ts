import { type ByteSource, fourCharacters } from '../bytes';
import { piecesOf, without } from '../packet-decoder';
import { PIECE_FRAMES, type SoundFile, type SoundPiece } from '../sound-file';
import { type FlacFrameHeader, flacFrameAt } from './flac-frame';
import { FlacKernel, MOST_FRAME_BYTES, MOST_FRAMES_IN_PLACE } from './flac-kernel';
import { readFlacHeader, type StreamInfo } from './stream-info';

const CHUNK_BYTES = 256 * 1024;
/** Frames decoded at once, in samples. The last of them may begin just below. */
const BATCH_SAMPLES = MOST_FRAMES_IN_PLACE / 2;
/** Places at which a file is looked at to see whether its frames are numbered from its start to its end. */
const LOOKS = 8;
/** Searched for the last frame. */
const LAST_BYTES = 256 * 1024;
/** A search by halves ends when this much is left, and goes on in order. */
const SEARCH_ENDS_BYTES = 512 * 1024;
const MOST_HEADER_BYTES = 16;

interface Frame {
  readonly bytes: Uint8Array;
  readonly header: FlacFrameHeader;
  readonly firstSample: number;
}

function endOf({ firstSample, header }: Frame): number {
  return firstSample + header.frames;
}

/** A FLAC file. */
export class FlacSound implements SoundFile {
  readonly container = 'FLAC';
  readonly codec = 'FLAC';
  readonly bitsPerSample: number;
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly decoder = 'Earmark';
  readonly startTime = undefined;
  readonly claimedSeconds: number | undefined;
  readonly #source: ByteSource;
  readonly #info: StreamInfo;
  readonly #framesStart: number;
  #isJoined: Promise<boolean> | undefined;

  private constructor(source: ByteSource, info: StreamInfo, framesStart: number) {
    this.#source = source;
    this.#info = info;
    this.#framesStart = framesStart;
    this.bitsPerSample = info.bitsPerSample;
    this.channels = info.channels;
    this.sampleRateHz = info.sampleRateHz;
    this.claimedSeconds = info.claimedFrames && info.claimedFrames / info.sampleRateHz;
  }

  /** Opens a FLAC file whose `fLaC` is at byte `start`. @returns undefined for other files. */
  static async open(source: ByteSource, start: number): Promise<FlacSound | undefined> {
    const header = await readFlacHeader(source, start);
    return header && new FlacSound(source, header.info, header.framesStart);
  }

  async *readPieces(startSeconds = 0): AsyncGenerator<SoundPiece> {
    const target = Math.round(startSeconds * this.sampleRateHz);
    const kernel = FlacKernel.create();
    let position = target;
    for await (const batch of this.#batches(kernel, target)) {
      const [first] = batch as [Frame];
      yield* this.#silence(position, first.firstSample);
      const last = batch.at(-1) as Frame;
      position = endOf(last);
      kernel.begin(this.channels, position - first.firstSample);
      for (const { bytes, header } of batch) kernel.decode(bytes, header, this.bitsPerSample);
      yield* piecesOf(without(kernel.decoded(), target - first.firstSample), this.channels, true);
    }
  }

  /**
   * Silence in place of damaged frames, so that what follows keeps its time. Numbers of frames that contradict the length in
   * the header are not believed: then nothing is missing.
   */
  *#silence(from: number, to: number): Generator<SoundPiece> {
    if (!(to < (this.#info.claimedFrames ?? 0))) return;
    for (let at = from; at < to; at += PIECE_FRAMES) {
      yield Array.from({ length: this.channels }, () => new Float32Array(Math.min(PIECE_FRAMES, to - at)));
    }
  }

  /**
   * The frames from the one that holds sample `target` on, so many at once that their samples fit a piece. None is missing
   * between two that come at once.
   */
  async *#batches(kernel: FlacKernel, target: number): AsyncGenerator<Frame[]> {
    let end = 0;
    let streamStart = 0;
    for await (const frames of this.#frames(kernel, await this.#placeBefore(kernel, target))) {
      let batch: Frame[] = [];
      let samples = 0;
      for (const { bytes, header, firstSample } of frames) {
        // Another file was put behind this one.
        if (firstSample === 0) streamStart = end;
        const frame = { bytes, header, firstSample: streamStart + firstSample };
        end = endOf(frame);
        if (end <= target) continue;
        const previous = batch.at(-1);
        if (previous && endOf(previous) !== frame.firstSample) {
          yield batch;
          batch = [];
          samples = 0;
        }
        batch.push(frame);
        samples += header.frames;
        if (samples < BATCH_SAMPLES) continue;
        yield batch;
        batch = [];
        samples = 0;
      }
      if (batch.length > 0) yield batch;
    }
  }

  /** A byte before the frame that holds a sample, found by halving the file. Of joined files, all is looked through. */
  async #placeBefore(kernel: FlacKernel, target: number): Promise<number> {
    let low = this.#framesStart;
    let high = this.#source.size;
    if (target <= 0) return low;
    this.#isJoined ??= this.#looksJoined(kernel);
    if (await this.#isJoined) return low;
    while (high - low > SEARCH_ENDS_BYTES) {
      const middle = Math.floor((low + high) / 2);
      const { value: frames } = await this.#frames(kernel, middle, Math.min(high, middle + SEARCH_ENDS_BYTES)).next();
      if (frames && (frames[0] as Frame).firstSample <= target) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Whether several files were put end to end: then the numbers of frames begin anew, or go beyond the first file's length. */
  async #looksJoined(kernel: FlacKernel): Promise<boolean> {
    const size = this.#source.size - this.#framesStart;
    let before = 0;
    for (let look = 1; look < LOOKS; look++) {
      const at = this.#framesStart + Math.floor((look * size) / LOOKS);
      const { value: frames } = await this.#frames(kernel, at).next();
      const [frame] = frames ?? [];
      if (!frame) continue;
      if (frame.firstSample < before) return true;
      before = frame.firstSample;
    }
    let last: Frame | undefined;
    for await (const frames of this.#frames(kernel, Math.max(this.#framesStart, this.#source.size - LAST_BYTES))) {
      last = frames.at(-1);
    }
    const end = last ? endOf(last) : before;
    return end < before || end > (this.#info.claimedFrames ?? Number.POSITIVE_INFINITY);
  }

  /**
   * The undamaged frames from byte `start` on, those of a chunk at a time: each ends where its checksum is right and another
   * header follows. The next chunk overwrites their bytes.
   */
  async *#frames(kernel: FlacKernel, start: number, end = this.#source.size): AsyncGenerator<Frame[]> {
    let position = start;
    let chunkBytes = CHUNK_BYTES;
    while (position < end) {
      const room = kernel.room.subarray(0, chunkBytes);
      const bytes = kernel.take(await this.#source.read(position, Math.min(end, position + chunkBytes), room));
      if (bytes.length === 0) return;
      const isEnd = position + bytes.length >= this.#source.size;
      const frames: Frame[] = [];
      let found = this.#nextHeader(kernel, bytes, 0);
      for (;;) {
        if (!found) break;
        const { at, header } = found;
        const frameEnd = this.#endOfFrame(kernel, bytes, at, isEnd);
        if (frameEnd === undefined) break;
        frames.push({ bytes: bytes.subarray(at, frameEnd), header, firstSample: this.#firstSampleOf(header) });
        found = this.#nextHeader(kernel, bytes, frameEnd);
      }
      if (frames.length > 0) yield frames;
      if (isEnd) {
        // A frame that is cut off or damaged: the next one, if there is any, begins behind its first byte.
        if (!found) return;
        position += found.at + 2;
        continue;
      }
      const consumed = found?.at ?? Math.max(1, bytes.length - MOST_HEADER_BYTES);
      // A frame that does not end in this chunk needs a larger one, unless it is damaged.
      const isTooLong = found?.at === 0 && chunkBytes >= MOST_FRAME_BYTES;
      chunkBytes = found?.at === 0 && !isTooLong ? 2 * chunkBytes : CHUNK_BYTES;
      position += isTooLong ? 2 : consumed;
    }
  }

  #firstSampleOf({ firstSample, frameNumber = 0 }: FlacFrameHeader): number {
    return firstSample ?? frameNumber * this.#info.mostBlockFrames;
  }

  /** The next valid header at or after `start`. */
  #nextHeader(
    kernel: FlacKernel,
    bytes: Uint8Array,
    start: number,
  ): { at: number; header: FlacFrameHeader } | undefined {
    for (let at = kernel.nextSync(bytes, start); at < bytes.length; at = kernel.nextSync(bytes, at + 1)) {
      const header = flacFrameAt(bytes, at);
      if (header?.channels === this.channels) return { at, header };
    }
    return undefined;
  }

  /** Where the frame at `start` ends; undefined if that is not in these bytes, or the frame is damaged. */
  #endOfFrame(kernel: FlacKernel, bytes: Uint8Array, start: number, isEnd: boolean): number | undefined {
    let crc = 0;
    let checked = start;
    for (
      let next = this.#nextHeader(kernel, bytes, start + 1);
      next;
      next = this.#nextHeader(kernel, bytes, next.at + 1)
    ) {
      const before = crc;
      crc = kernel.checksum(bytes, checked, next.at, before);
      if (crc === 0) return next.at;
      // Another file may have been put behind this one: headers of its own precede its frames.
      const other = nextStream(bytes, checked, next.at);
      if (other !== undefined && kernel.checksum(bytes, checked, other, before) === 0) return other;
      checked = next.at;
    }
    if (!isEnd) return undefined;
    // The last frame ends with the file, or before a tag.
    for (const tagBytes of [0, 128]) {
      const end = bytes.length - tagBytes;
      if (end > checked && kernel.checksum(bytes, checked, end, crc) === 0) return end;
    }
    return undefined;
  }
}

/** Position of the mark with which a FLAC stream begins. */
function nextStream(bytes: Uint8Array, start: number, end: number): number | undefined {
  for (let at = bytes.indexOf(0x66, start); at >= 0 && at < end; at = bytes.indexOf(0x66, at + 1)) {
    if (fourCharacters(bytes, at) === 'fLaC') return at;
  }
  return undefined;
}
