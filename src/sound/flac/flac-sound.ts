import { type ByteSource, fourCharacters } from '../bytes';
import { piecesOf, without } from '../packet-decoder';
import { PIECE_FRAMES, type SoundFile, type SoundPiece } from '../sound-file';
import { flacDecoder } from './flac-decoder';
import { crc16, type FlacFrameHeader, flacFrameAt } from './flac-frame';
import { readFlacHeader, type StreamInfo } from './stream-info';

const CHUNK_BYTES = 256 * 1024;
/** No encoder writes larger frames: 65,535 samples of 8 channels and 32 bits would have 2 MB. */
const MOST_FRAME_BYTES = 4 * 1024 * 1024;
/** Frames decoded at once, in samples. */
const BATCH_SAMPLES = 65_536;
/** Places at which a file is looked at to see whether its frames are numbered from its start to its end. */
const LOOKS = 8;
/** Searched for the last frame. */
const LAST_BYTES = 256 * 1024;
/** A search by halves ends when this much is left, and goes on in order. */
const SEARCH_ENDS_BYTES = 512 * 1024;

interface Frame {
  readonly bytes: Uint8Array;
  readonly firstSample: number;
  readonly frames: number;
}

function endOf({ firstSample, frames }: Frame): number {
  return firstSample + frames;
}

/** A FLAC file. */
export class FlacSound implements SoundFile {
  readonly container = 'FLAC';
  readonly codec = 'FLAC';
  readonly bitsPerSample: number;
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly decoder = 'libFLAC';
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
    const decoder = await flacDecoder(this.bitsPerSample);
    let position = target;
    try {
      for await (const batch of this.#batches(target)) {
        const [first] = batch as [Frame];
        yield* this.#silence(position, first.firstSample);
        position = endOf(batch.at(-1) as Frame);
        const channels = decoder.decode(batch.map(({ bytes }) => bytes));
        yield* piecesOf(without(channels, target - first.firstSample), this.channels, true);
      }
    } finally {
      decoder.free();
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
  async *#batches(target: number): AsyncGenerator<Frame[]> {
    let end = 0;
    let streamStart = 0;
    for await (const frames of this.#frames(await this.#placeBefore(target))) {
      let batch: Frame[] = [];
      let samples = 0;
      for (const { bytes, firstSample, frames: count } of frames) {
        // Another file was put behind this one.
        if (firstSample === 0) streamStart = end;
        const frame = { bytes, firstSample: streamStart + firstSample, frames: count };
        end = endOf(frame);
        if (end <= target) continue;
        const previous = batch.at(-1);
        if (previous && endOf(previous) !== frame.firstSample) {
          yield batch;
          batch = [];
          samples = 0;
        }
        batch.push(frame);
        samples += frame.frames;
        if (samples < BATCH_SAMPLES) continue;
        yield batch;
        batch = [];
        samples = 0;
      }
      if (batch.length > 0) yield batch;
    }
  }

  /** A byte before the frame that holds a sample, found by halving the file. Of joined files, all is looked through. */
  async #placeBefore(target: number): Promise<number> {
    let low = this.#framesStart;
    let high = this.#source.size;
    if (target <= 0) return low;
    this.#isJoined ??= this.#looksJoined();
    if (await this.#isJoined) return low;
    while (high - low > SEARCH_ENDS_BYTES) {
      const middle = Math.floor((low + high) / 2);
      const { value: frames } = await this.#frames(middle, Math.min(high, middle + SEARCH_ENDS_BYTES)).next();
      if (frames && (frames[0] as Frame).firstSample <= target) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Whether several files were put end to end: then the numbers of frames begin anew, or go beyond the first file's length. */
  async #looksJoined(): Promise<boolean> {
    const size = this.#source.size - this.#framesStart;
    let before = 0;
    for (let look = 1; look < LOOKS; look++) {
      const at = this.#framesStart + Math.floor((look * size) / LOOKS);
      const { value: frames } = await this.#frames(at).next();
      const [frame] = frames ?? [];
      if (!frame) continue;
      if (frame.firstSample < before) return true;
      before = frame.firstSample;
    }
    let last: Frame | undefined;
    for await (const frames of this.#frames(Math.max(this.#framesStart, this.#source.size - LAST_BYTES))) {
      last = frames.at(-1);
    }
    const end = last ? endOf(last) : before;
    return end < before || end > (this.#info.claimedFrames ?? Number.POSITIVE_INFINITY);
  }

  /**
   * The undamaged frames from byte `start` on, those of a chunk at a time: each ends where its checksum is right and another
   * header follows. The next chunk overwrites their bytes.
   */
  async *#frames(start: number, end = this.#source.size): AsyncGenerator<Frame[]> {
    // A file can end before its first frame.
    const room = new Uint8Array(Math.max(0, Math.min(CHUNK_BYTES, end - start)));
    let position = start;
    let chunkBytes = CHUNK_BYTES;
    while (position < end) {
      const bytes = await this.#source.read(position, Math.min(end, position + chunkBytes), room);
      if (bytes.length === 0) return;
      const isEnd = position + bytes.length >= this.#source.size;
      const frames: Frame[] = [];
      let at = nextHeader(bytes, 0, this.#info);
      for (;;) {
        if (at === undefined) break;
        const header = flacFrameAt(bytes, at, this.#info) as FlacFrameHeader;
        const frameEnd = endOfFrame(bytes, at, this.#info, isEnd);
        if (frameEnd === undefined) break;
        const firstSample = this.#firstSampleOf(header);
        frames.push({ bytes: bytes.subarray(at, frameEnd), firstSample, frames: header.frames });
        at = flacFrameAt(bytes, frameEnd, this.#info) ? frameEnd : nextHeader(bytes, frameEnd, this.#info);
      }
      if (frames.length > 0) yield frames;
      if (isEnd) {
        // A frame that is cut off or damaged: the next one, if there is any, begins behind its first byte.
        if (at === undefined) return;
        position += at + 2;
        continue;
      }
      const consumed = at ?? Math.max(1, bytes.length - 16);
      // A frame that does not end in this chunk needs a larger one, unless it is damaged.
      const isTooLong = at === 0 && chunkBytes >= MOST_FRAME_BYTES;
      chunkBytes = at === 0 && !isTooLong ? 2 * chunkBytes : CHUNK_BYTES;
      position += isTooLong ? 2 : consumed;
    }
  }

  #firstSampleOf({ firstSample, frameNumber = 0 }: FlacFrameHeader): number {
    return firstSample ?? frameNumber * this.#info.mostBlockFrames;
  }
}

/** Position of the next valid header at or after `start`. */
function nextHeader(bytes: Uint8Array, start: number, info: StreamInfo): number | undefined {
  for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (flacFrameAt(bytes, at, info)) return at;
  }
  return undefined;
}

/** Position of the mark with which a FLAC stream begins. */
function nextStream(bytes: Uint8Array, start: number, end: number): number | undefined {
  for (let at = bytes.indexOf(0x66, start); at >= 0 && at < end; at = bytes.indexOf(0x66, at + 1)) {
    if (fourCharacters(bytes, at) === 'fLaC') return at;
  }
  return undefined;
}

/** Where the frame at `start` ends; undefined if that is not in these bytes, or the frame is damaged. */
function endOfFrame(bytes: Uint8Array, start: number, info: StreamInfo, isEnd: boolean): number | undefined {
  let crc = 0;
  let checked = start;
  for (let at = nextHeader(bytes, start + 1, info); at !== undefined; at = nextHeader(bytes, at + 1, info)) {
    const before = crc;
    crc = crc16(bytes, checked, at, before);
    if (crc === 0) return at;
    // Another file may have been put behind this one: headers of its own precede its frames.
    const other = nextStream(bytes, checked, at);
    if (other !== undefined && crc16(bytes, checked, other, before) === 0) return other;
    checked = at;
  }
  if (!isEnd) return undefined;
  // The last frame ends with the file, or before a tag.
  for (const tagBytes of [0, 128]) {
    const end = bytes.length - tagBytes;
    if (end > checked && crc16(bytes, checked, end, crc) === 0) return end;
  }
  return undefined;
}
