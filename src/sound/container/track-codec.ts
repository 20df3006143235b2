import { alacConfig } from '../alac/alac-config';
import { alacDecoder } from '../alac/alac-decoder';
import { flacDecoder } from '../flac/flac-decoder';
import { streamInfoOf } from '../flac/stream-info';
import { mpegDecoder } from '../mpeg/mpg123';
import { opusDecoder, opusHead } from '../ogg/opus-decoder';
import { vorbisDecoder } from '../ogg/vorbis-decoder';
import type { PacketDecoder } from '../packet-decoder';
import { boxIn, type Mp4Facts } from './mp4-facts';

/** A codec that mediabunny does not know. */
export interface ForeignCodec extends TrackCodec {
  readonly name: string;
  readonly channels: number;
  readonly sampleRateHz: number;
}

/** A codec that Earmark brings a decoder for, as it is in a container's track. */
export interface TrackCodec {
  readonly decoderName: string;
  readonly bitsPerSample?: number;
  /** Samples at the start that are no sound, if the container does not say so itself. */
  readonly preSkip?: number;
  decoder(): Promise<PacketDecoder>;
}

const names: Readonly<Record<string, string>> = {
  aac: 'AAC',
  ac3: 'AC-3',
  eac3: 'E-AC-3',
  dts: 'DTS',
  mp3: 'MP3',
  opus: 'Opus',
  vorbis: 'Vorbis',
  flac: 'FLAC',
  alaw: 'A-law',
  ulaw: 'µ-law',
};

/** The name of a codec for people: `AAC`, `PCM`. @param codec mediabunny's name. */
export function codecName(codec: string): string {
  return names[codec] ?? (/^pcm-f/.test(codec) ? 'PCM float' : /^pcm/.test(codec) ? 'PCM' : codec);
}

/**
 * The decoder for a track's codec.
 *
 * @param codec mediabunny's name. @param description the codec's own header, as in WebCodecs.
 * @returns undefined if there is none here.
 */
export function trackCodec(codec: string, description: Uint8Array, channels: number): TrackCodec | undefined {
  if (codec === 'mp3') return { decoderName: 'mpg123', decoder: () => mpegDecoder(channels) };
  if (codec === 'opus') {
    const head = opusHead(description);
    return head && { decoderName: 'libopus', preSkip: head.preSkip, decoder: () => opusDecoder(head) };
  }
  if (codec === 'vorbis') {
    const [identification, , setup] = lacedPackets(description);
    if (!identification || !setup) return undefined;
    return { decoderName: 'libvorbis', decoder: () => vorbisDecoder(identification, setup) };
  }
  if (codec === 'flac') {
    // `fLaC` and the header of the first block.
    const info = streamInfoOf(description.subarray(8));
    if (!info) return undefined;
    const { bitsPerSample } = info;
    return { decoderName: 'Earmark', bitsPerSample, decoder: async () => flacDecoder(bitsPerSample) };
  }
  return undefined;
}

/** Apple Lossless in an MP4 file. @returns undefined for other codecs. */
export function foreignCodec({ format, description }: Mp4Facts): ForeignCodec | undefined {
  if (format !== 'alac') return undefined;
  const config = alacConfig(boxIn(description, 'alac') ?? new Uint8Array());
  if (!config) return undefined;
  const { bitsPerSample, channels, sampleRateHz } = config;
  const decoder = async (): Promise<PacketDecoder> => alacDecoder(config);
  return { name: 'ALAC', decoderName: 'Earmark', bitsPerSample, channels, sampleRateHz, decoder };
}

/** The three header packets of Vorbis, in Xiph's lacing: a count, sizes in bytes of 255, then the packets. */
function lacedPackets(bytes: Uint8Array): Uint8Array[] {
  let at = 1;
  const sizes = Array.from({ length: bytes[0] ?? 0 }, () => {
    let size = 0;
    while (bytes[at] === 255) {
      size += 255;
      at++;
    }
    return size + (bytes[at++] ?? 0);
  });
  const packets = sizes.map((size) => {
    at += size;
    return bytes.slice(at - size, at);
  });
  return [...packets, bytes.slice(at)];
}
