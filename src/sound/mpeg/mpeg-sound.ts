import type { ByteSource } from '../bytes';
import { fourCharacters, viewOf } from '../bytes';
import { firstOf, piecesOf, without } from '../packet-decoder';
import type { SoundFile, SoundPiece } from '../sound-file';
import { findFirstFrame, mpegFrames, type PlacedFrame } from './mpeg-stream';
import { Mpg123 } from './mpg123';

/** Frames decoded at once. */
const BATCH_FRAMES = 32;
/** A frame needs up to 9 earlier ones: their spare bits, and the overlap of the filter bank. */
const PREROLL_FRAMES = 12;
/** Delay of every decoder, in samples: it is part of what an encoder's header counts. */
const DECODER_DELAY = 529;
/** How often a place in the file is noted. */
const NOTE_EVERY_FRAMES = 100;

/** What an encoder's first frame says, which holds no sound. */
interface EncoderFacts {
  /** Frames of the stream, if it says so. */
  readonly claimedFrames?: number;
  /** Samples that the encoder put before and behind the sound. */
  readonly delay?: number;
  readonly padding?: number;
}

/** MPEG audio: MP3 files, and the same in a WAV file. */
export class MpegSound implements SoundFile {
  readonly container: string;
  readonly codec: string;
  readonly bitsPerSample = undefined;
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly decoder = 'mpg123';
  readonly startTime = undefined;
  /** Only encoders that write a header say it; bit rates that change make a guess worthless. */
  readonly claimedSeconds: number | undefined;
  readonly #source: ByteSource;
  readonly #sameBits: number;
  readonly #frameSamples: number;
  readonly #facts: EncoderFacts;
  /** Places of frames 0, 100, 200, … as far as they have been read. */
  readonly places: number[];

  private constructor(
    source: ByteSource,
    container: string,
    first: PlacedFrame,
    sameBits: number,
    facts: EncoderFacts | undefined,
    places: readonly number[],
  ) {
    const { header } = first;
    this.#source = source;
    this.#sameBits = sameBits;
    this.#frameSamples = header.frames;
    this.#facts = facts ?? {};
    const firstPlace = facts ? first.at + header.bytes : first.at;
    // Places of another file would begin elsewhere.
    this.places = places[0] === firstPlace ? [...places] : [firstPlace];
    this.container = container;
    this.codec = header.layer === 3 ? 'MP3' : `MP${header.layer}`;
    this.channels = header.channels;
    this.sampleRateHz = header.sampleRateHz;
    this.claimedSeconds = facts?.claimedFrames && (facts.claimedFrames * header.frames) / header.sampleRateHz;
  }

  /** Opens MPEG audio that begins at or after byte `start`. @returns undefined if there is none. */
  static async open(
    source: ByteSource,
    start: number,
    container: string,
    places: readonly number[] = [],
  ): Promise<MpegSound | undefined> {
    const found = await findFirstFrame(source, start);
    if (!found) return undefined;
    const { value: first } = await mpegFrames(source, found.at, found.sameBits).next();
    if (!first) return undefined;
    return new MpegSound(source, container, first, found.sameBits, encoderFacts(first), places);
  }

  async *readPieces(startSeconds = 0): AsyncGenerator<SoundPiece> {
    const skipped = this.#facts.delay === undefined ? 0 : this.#facts.delay + DECODER_DELAY;
    const target = Math.round(startSeconds * this.sampleRateHz) + skipped;
    const decoder = await Mpg123.create(this.channels);
    try {
      const firstFrame = Math.max(0, Math.floor(target / this.#frameSamples) - PREROLL_FRAMES);
      let position = firstFrame * this.#frameSamples;
      for await (const batch of this.#batches(firstFrame)) {
        const decoded = decoder.decode(batch);
        const end = position + decoded.length;
        yield* piecesOf(this.#kept(decoded.channels, position, target), this.channels);
        position = end;
      }
      const rest = decoder.end();
      yield* piecesOf(this.#kept(rest.channels, position, target), this.channels);
    } finally {
      decoder.free();
    }
  }

  /** Samples from `position` on, without those before `target` and those that the encoder only added at the end. */
  #kept(channels: readonly Float32Array[], position: number, target: number): readonly Float32Array[] {
    const { claimedFrames, padding } = this.#facts;
    let kept = channels;
    if (claimedFrames !== undefined && padding !== undefined) {
      const total = claimedFrames * this.#frameSamples;
      // The sound may go on behind what the header knows, if files were put together.
      const from = Math.max(0, total - padding + DECODER_DELAY - position);
      const to = Math.max(0, total - position);
      if (from < to && from < (kept[0]?.length ?? 0)) {
        const behind = without(kept, to);
        kept = firstOf(kept, from).map((channel, c) => joined(channel, behind[c] as Float32Array));
        // Positions behind the cut no longer matter: `target` lies before it, or this is a later piece.
      }
    }
    return without(kept, Math.max(0, target - position));
  }

  /** The frames from number `first` on, some at a time. */
  async *#batches(first: number): AsyncGenerator<Uint8Array[]> {
    const known = Math.min(this.places.length - 1, Math.floor(first / NOTE_EVERY_FRAMES));
    let number = known * NOTE_EVERY_FRAMES;
    let batch: Uint8Array[] = [];
    for await (const { at, bytes } of mpegFrames(this.#source, this.places[known] as number, this.#sameBits)) {
      if (number === NOTE_EVERY_FRAMES * this.places.length) this.places.push(at);
      if (number++ < first) continue;
      batch.push(bytes);
      if (batch.length < BATCH_FRAMES) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }
}

function joined(first: Float32Array, second: Float32Array): Float32Array {
  const both = new Float32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** Reads the header that encoders put into a silent first frame. @returns undefined if that frame holds sound. */
function encoderFacts({ header, bytes }: PlacedFrame): EncoderFacts | undefined {
  if (header.layer !== 3) return undefined;
  const at = 4 + header.sideBytes;
  const name = fourCharacters(bytes, at);
  if (name !== 'Xing' && name !== 'Info') return fourCharacters(bytes, 36) === 'VBRI' ? {} : undefined;
  return xingFacts(bytes, at);
}

function xingFacts(bytes: Uint8Array, start: number): EncoderFacts {
  const view = viewOf(bytes);
  if (start + 8 > bytes.length) return {};
  const flags = view.getUint32(start + 4);
  let at = start + 8;
  const claimedFrames = flags & 1 && at + 4 <= bytes.length ? view.getUint32(at) : undefined;
  if (flags & 1) at += 4;
  if (flags & 2) at += 4;
  if (flags & 4) at += 100;
  if (flags & 8) at += 4;
  const counted = claimedFrames ? { claimedFrames } : {};
  if (at + 24 > bytes.length || !/^(LAME|Lavf|Lavc)$/.test(fourCharacters(bytes, at))) return counted;
  const bits = (view.getUint16(at + 21) << 8) | view.getUint8(at + 23);
  return { ...counted, delay: bits >> 12, padding: bits & 0xfff };
}
