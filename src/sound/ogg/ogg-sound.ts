import { Resampler } from '../../dsp/resampler';
import type { ByteSource } from '../bytes';
import { piecesOf, without } from '../packet-decoder';
import { SoundError } from '../sound-error';
import type { SoundFile, SoundPiece } from '../sound-file';
import { foreignOggCodec, type OggCodec, oggCodec } from './ogg-codec';
import { OggLink } from './ogg-link';
import { oggPages } from './ogg-page';

/** Searched for the last page, for an estimate of the duration. */
const LAST_BYTES = 128 * 1024;

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

  private constructor(source: ByteSource, codec: OggCodec, claimedSeconds: number | undefined) {
    this.#source = source;
    this.codec = codec.name;
    this.bitsPerSample = codec.bitsPerSample;
    this.channels = codec.channels;
    this.sampleRateHz = codec.sampleRateHz;
    this.decoder = codec.decoderName;
    this.claimedSeconds = claimedSeconds;
  }

  /** Opens an Ogg file. @throws SoundError if no stream in it is sound, or none can be decoded. */
  static async open(source: ByteSource): Promise<OggSound> {
    let foreign: string | undefined;
    for await (const page of oggPages(source, 0)) {
      if (!page.begins) break;
      const codec = oggCodec(page.parts[0] as Uint8Array);
      if (codec) return new OggSound(source, codec, await claimedSeconds(source, page.serial, codec));
      foreign ??= foreignOggCodec(page.parts[0] as Uint8Array);
    }
    throw foreign ? new SoundError('unknown-codec', foreign) : new SoundError('no-sound-track');
  }

  async *readPieces(startSeconds = 0): AsyncGenerator<SoundPiece> {
    let skipped = Math.round(startSeconds * this.sampleRateHz);
    for await (const channels of this.#decodedPages()) {
      const length = channels[0]?.length ?? 0;
      const left = Math.min(skipped, length);
      skipped -= left;
      yield* piecesOf(without(channels, left), this.channels);
    }
  }

  /** The samples of each page, at this file's rate. */
  async *#decodedPages(): AsyncGenerator<readonly Float32Array[]> {
    let link: OggLink | undefined;
    let resamplers: Resampler[] | undefined;
    try {
      for await (const page of oggPages(this.#source, 0)) {
        if (!link || (page.begins && link.hasBegun)) {
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
    } finally {
      link?.free();
    }
  }
}

async function claimedSeconds(source: ByteSource, serial: number, codec: OggCodec): Promise<number | undefined> {
  let last: number | undefined;
  for await (const page of oggPages(source, Math.max(0, source.size - LAST_BYTES))) {
    if (page.serial === serial && page.granule !== undefined) last = page.granule;
  }
  return last && Math.max(0, last - codec.preSkip) / codec.sampleRateHz;
}
