import { Resampler } from '../../dsp/resampler';
import type { ByteSource } from '../bytes';
import { piecesOf, without } from '../packet-decoder';
import { SoundError } from '../sound-error';
import type { SoundFile, SoundPiece } from '../sound-file';
import { foreignOggCodec, type OggCodec, oggCodec } from './ogg-codec';
import { OggLink } from './ogg-link';
import { type OggPage, oggPages } from './ogg-page';
import { isOneStream } from './one-stream';
import { pageBefore } from './page-before';

/** Searched for the last page, for an estimate of the duration. */
const LAST_BYTES = 128 * 1024;
/** Larger files are not read whole only to see whether they are chains. */
const LARGE_BYTES = 1024 * 1024;
/** Sound that decoders need before a place to be right there. */
const PREROLL_SECONDS = 1;
/** Read at once, and one page more, to see how a stream begins. */
const FIRST_BYTES = 16 * 1024;

/** How a stream begins. */
interface OggHead {
  /** Those before the first one with sound. */
  readonly pages: readonly OggPage[];
  /** First byte of the first page with sound. */
  readonly end: number;
  /** As of {@link OggLink}. */
  readonly start: number;
}

/** A stream of which the pages before byte `from` were left out. */
interface Jump {
  readonly link: OggLink;
  readonly from: number;
}

/** An Ogg file: one stream of sound, or several one after the other (a chain, as radio stations make them). */
export class OggSound implements SoundFile {
  readonly container = 'Ogg';
  readonly codec: string;
  readonly bitsPerSample: number | undefined;
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly decoder: string;
  readonly startTime = undefined;
  readonly claimedSeconds: number | undefined;
  readonly #source: ByteSource;
  readonly #serial: number;
  /** First bytes of the streams that follow one another; undefined until all was read. */
  #places: readonly number[] | undefined;
  /** Whether a look at some pages tells that there is one stream. */
  #isOne: Promise<boolean> | undefined;
  /** Known after the first jump. */
  #head: OggHead | undefined;

  private constructor(
    source: ByteSource,
    serial: number,
    codec: OggCodec,
    claimedSeconds: number | undefined,
    places: readonly number[] | undefined,
  ) {
    this.#source = source;
    this.#serial = serial;
    this.#places = places;
    this.codec = codec.name;
    this.bitsPerSample = codec.bitsPerSample;
    this.channels = codec.channels;
    this.sampleRateHz = codec.sampleRateHz;
    this.decoder = codec.decoderName;
    this.claimedSeconds = claimedSeconds;
  }

  get places(): readonly number[] | undefined {
    return this.#places;
  }

  /** Opens an Ogg file. @param places as of `openSound`. @throws SoundError if no stream in it is sound, or none can be decoded. */
  static async open(source: ByteSource, places?: readonly number[]): Promise<OggSound> {
    let foreign: string | undefined;
    for await (const page of oggPages(source, 0)) {
      if (!page.begins) break;
      const codec = oggCodec(page.parts[0] as Uint8Array);
      if (codec) {
        const seconds = await claimedSeconds(source, page.serial, codec);
        return new OggSound(source, page.serial, codec, seconds, places);
      }
      foreign ??= foreignOggCodec(page.parts[0] as Uint8Array);
    }
    throw foreign ? new SoundError('unknown-codec', foreign) : new SoundError('no-sound-track');
  }

  async *readPieces(startSeconds = 0): AsyncGenerator<SoundPiece> {
    const target = Math.round(startSeconds * this.sampleRateHz);
    const jumped = await this.#jump(target - PREROLL_SECONDS * this.sampleRateHz);
    let skipped = target - (jumped?.link.position ?? 0);
    for await (const channels of this.#decodedPages(jumped)) {
      const length = channels[0]?.length ?? 0;
      const left = Math.min(skipped, length);
      skipped -= left;
      yield* piecesOf(without(channels, left), this.channels);
    }
  }

  /**
   * Whether another stream follows the first one. Its serial number can be the same, as that of a recorder that was switched
   * on again.
   */
  async #isChain(): Promise<boolean> {
    if (this.claimedSeconds === undefined) return true;
    if (this.#places) return this.#places.length > 1;
    if (this.#source.size > LARGE_BYTES) {
      this.#isOne ??= isOneStream(this.#source, this.#serial);
      if (await this.#isOne) return false;
    }
    this.#places ??= await placesOfLinks(this.#source);
    return this.#places.length > 1;
  }

  /**
   * Finds a place before a sample. Chains have positions that begin anew: there, all is read.
   *
   * @returns undefined if the place is near the start, or cannot be found.
   */
  async #jump(target: number): Promise<Jump | undefined> {
    if (target <= 0 || (await this.#isChain())) return undefined;
    this.#head ??= await headOf(this.#source);
    if (!this.#head) return undefined;
    const link = new OggLink(this.#head.start);
    for (const page of this.#head.pages) await link.take(page);
    const begin = { at: this.#head.end, position: 0 };
    const end = { at: this.#source.size, position: (this.claimedSeconds as number) * this.sampleRateHz };
    const page = await pageBefore(this.#source, target, begin, end, (other) => link.positionOf(other));
    if (!page) return undefined;
    await link.jump(page);
    return { link, from: page.at + page.bytes.length };
  }

  /** The samples of each page, at this file's rate. */
  async *#decodedPages(jumped: Jump | undefined): AsyncGenerator<readonly Float32Array[]> {
    let link = jumped?.link;
    let resamplers: Resampler[] | undefined;
    const places: number[] = [];
    try {
      for await (const page of oggPages(this.#source, jumped?.from ?? 0)) {
        if (!link || (page.begins && link.hasBegun)) {
          places.push(page.at);
          link?.free();
          if (resamplers) yield resamplers.map((resampler) => resampler.end());
          resamplers = undefined;
          link = new OggLink();
        }
        const channels = await link.take(page);
        const rate = link.sampleRateHz;
        if (channels.length === 0 || rate === undefined) continue;
        // Streams of a chain can have different rates.
        if (rate !== this.sampleRateHz) resamplers ??= channels.map(() => new Resampler(rate, this.sampleRateHz));
        yield resamplers?.map((resampler, c) => resampler.push(channels[c] as Float32Array)) ?? channels;
      }
      if (resamplers) yield resamplers.map((resampler) => resampler.end());
      if (!jumped) this.#places = places;
    } finally {
      link?.free();
    }
  }
}

/** @returns undefined if no page tells a position. */
async function headOf(source: ByteSource): Promise<OggHead | undefined> {
  const link = new OggLink();
  const pages: OggPage[] = [];
  try {
    for await (const page of oggPages(source, 0, source.size, FIRST_BYTES)) {
      await link.take(page);
      if (link.start !== undefined) return { pages, end: page.at, start: link.start };
      pages.push(page);
    }
    return undefined;
  } finally {
    link.free();
  }
}

/** @returns undefined for a chain: the length of one stream would be taken for that of all. */
async function claimedSeconds(source: ByteSource, serial: number, codec: OggCodec): Promise<number | undefined> {
  let last: number | undefined;
  for await (const page of oggPages(source, Math.max(0, source.size - LAST_BYTES))) {
    if (page.begins && last) return undefined;
    if (page.serial === serial && page.granule !== undefined) last = page.granule;
  }
  return last && Math.max(0, last - codec.preSkip) / codec.sampleRateHz;
}

/** First bytes of the streams that follow one another. */
async function placesOfLinks(source: ByteSource): Promise<number[]> {
  const places: number[] = [];
  let hasBegun = true;
  for await (const { at, begins } of oggPages(source, 0)) {
    if (begins && hasBegun) places.push(at);
    hasBegun = !begins;
  }
  return places;
}
