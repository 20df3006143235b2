import { fourCharacters, viewOf } from '../bytes';
import { flacDecoder } from '../flac/flac-decoder';
import { streamInfoOf } from '../flac/stream-info';
import type { PacketDecoder } from '../packet-decoder';
import { OPUS_RATE_HZ, opusDecoder, opusHead } from './opus-decoder';
import { vorbisDecoder } from './vorbis-decoder';

/** A codec in Ogg, known from the first packet of its stream. */
export interface OggCodec {
  readonly name: string;
  readonly decoderName: string;
  readonly bitsPerSample: number | undefined;
  readonly channels: number;
  readonly sampleRateHz: number;
  /** Samples at the start that are no sound. */
  readonly preSkip: number;
  /** Whether a packet is one of the headers that precede the sound. @param index counted from 0. */
  isHeader(packet: Uint8Array, index: number): boolean;
  decoder(headers: readonly Uint8Array[]): Promise<PacketDecoder>;
}

/** Recognises the codec of a stream. @returns undefined for pictures, texts and unknown codecs. */
export function oggCodec(first: Uint8Array): OggCodec | undefined {
  return opus(first) ?? vorbis(first) ?? flac(first);
}

/** The name of a codec that is sound, but that nothing here decodes. */
export function foreignOggCodec(first: Uint8Array): string | undefined {
  return fourCharacters(first, 0) === 'Spee' ? 'Speex' : undefined;
}

function opus(first: Uint8Array): OggCodec | undefined {
  const head = opusHead(first);
  return (
    head && {
      name: 'Opus',
      decoderName: 'libopus',
      bitsPerSample: undefined,
      channels: head.channels,
      sampleRateHz: OPUS_RATE_HZ,
      preSkip: head.preSkip,
      isHeader: (_, index) => index < 2,
      decoder: () => opusDecoder(head),
    }
  );
}

function vorbis(first: Uint8Array): OggCodec | undefined {
  if (first[0] !== 1 || fourCharacters(first, 1) !== 'vorb' || first.length < 30) return undefined;
  const view = viewOf(first);
  const [channels, sampleRateHz] = [view.getUint8(11), view.getUint32(12, true)];
  if (channels === 0 || sampleRateHz === 0) return undefined;
  return {
    name: 'Vorbis',
    decoderName: 'libvorbis',
    bitsPerSample: undefined,
    channels,
    sampleRateHz,
    preSkip: 0,
    // Header packets have odd types, sound has even ones.
    isHeader: (packet) => ((packet[0] ?? 0) & 1) === 1,
    decoder: (headers) => vorbisDecoder(first, headers.find(([type]) => type === 5) ?? new Uint8Array()),
  };
}

function flac(first: Uint8Array): OggCodec | undefined {
  if (first[0] !== 0x7f || fourCharacters(first, 1) !== 'FLAC') return undefined;
  // A mark of 5 bytes, a version of 2, a count of 2, `fLaC`, and a block header of 4.
  const info = streamInfoOf(first.subarray(17));
  return (
    info && {
      name: 'FLAC',
      decoderName: 'Earmark',
      bitsPerSample: info.bitsPerSample,
      channels: info.channels,
      sampleRateHz: info.sampleRateHz,
      preSkip: 0,
      isHeader: (packet) => packet[0] !== 0xff,
      decoder: async () => flacDecoder(info.bitsPerSample),
    }
  );
}
