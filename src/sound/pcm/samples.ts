import { viewOf } from '../bytes';
import { decodeIma4, decodeImaAdpcm, decodeMsAdpcm } from './adpcm';
import type { PcmLayout, SampleFormat } from './layout';

type Reader = (view: DataView, at: number, isLittleEndian: boolean) => number;

const readers: Readonly<Record<Exclude<SampleFormat, 'ima-adpcm' | 'ima4' | 'ms-adpcm'>, Reader>> = {
  u8: (view, at) => (view.getUint8(at) - 128) / 128,
  s8: (view, at) => view.getInt8(at) / 128,
  s16: (view, at, isLittleEndian) => view.getInt16(at, isLittleEndian) / 32768,
  s24: (view, at, isLittleEndian) =>
    isLittleEndian
      ? ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 8388608
      : ((view.getInt8(at) << 16) | view.getUint16(at + 1)) / 8388608,
  s32: (view, at, isLittleEndian) => view.getInt32(at, isLittleEndian) / 2147483648,
  // A float has 24 significant bits, so the upper half of 64 is all that counts.
  s64: (view, at, isLittleEndian) => view.getInt32(isLittleEndian ? at + 4 : at, isLittleEndian) / 2147483648,
  f32: (view, at, isLittleEndian) => finite(view.getFloat32(at, isLittleEndian)),
  f64: (view, at, isLittleEndian) => finite(view.getFloat64(at, isLittleEndian)),
  alaw: (view, at) => aLaw[view.getUint8(at)] as number,
  ulaw: (view, at) => muLaw[view.getUint8(at)] as number,
};

/**
 * Decodes whole blocks.
 *
 * @param room one array per channel that may be overwritten and become part of the result.
 * @returns the channels' samples; full scale is ±1, floats may exceed it, and non-finite values become 0.
 */
export function decodeBlocks(
  bytes: Uint8Array,
  layout: PcmLayout,
  room: readonly Float32Array<ArrayBuffer>[] = [],
): Float32Array<ArrayBuffer>[] {
  const { format, channels, blockBytes, isLittleEndian } = layout;
  if (format === 'ima-adpcm') return decodeImaAdpcm(bytes, layout);
  if (format === 'ima4') return decodeIma4(bytes, layout);
  if (format === 'ms-adpcm') return decodeMsAdpcm(bytes, layout);
  if (format === 's16' && isLittleEndian && bytes.byteOffset % 2 === 0) return decode16Bit(bytes, channels, room);
  const read = readers[format];
  const view = viewOf(bytes);
  const frames = Math.floor(bytes.length / blockBytes);
  const sampleBytes = blockBytes / channels;
  return Array.from({ length: channels }, (_, channel) => {
    const samples = arrayOf(frames, room[channel]);
    for (let frame = 0, at = channel * sampleBytes; frame < frames; frame++, at += blockBytes) {
      samples[frame] = read(view, at, isLittleEndian);
    }
    return samples;
  });
}

/** By far the most frequent format, five times as fast as sample by sample. Every machine is little-endian. */
function decode16Bit(
  bytes: Uint8Array,
  channels: number,
  room: readonly Float32Array<ArrayBuffer>[],
): Float32Array<ArrayBuffer>[] {
  const integers = new Int16Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 2));
  const frames = Math.floor(integers.length / channels);
  const samples = Array.from({ length: channels }, (_, channel) => arrayOf(frames, room[channel]));
  if (channels === 2) {
    splitInTwo(integers, ...(samples as [Float32Array, Float32Array]));
    return samples;
  }
  for (const [channel, ofChannel] of samples.entries()) {
    for (let frame = 0, at = channel; frame < frames; frame++, at += channels) {
      ofChannel[frame] = (integers[at] as number) / 32768;
    }
  }
  return samples;
}

/** Both channels in one pass take little more than half the time. */
function splitInTwo(integers: Int16Array, first: Float32Array, second: Float32Array): void {
  for (let frame = 0, at = 0; frame < first.length; frame++, at += 2) {
    first[frame] = (integers[at] as number) / 32768;
    second[frame] = (integers[at + 1] as number) / 32768;
  }
}

function arrayOf(length: number, room: Float32Array<ArrayBuffer> | undefined): Float32Array<ArrayBuffer> {
  return room && room.length >= length ? room.subarray(0, length) : new Float32Array(length);
}

function finite(sample: number): number {
  return Number.isFinite(sample) ? sample : 0;
}

/** ITU-T G.711, A-law: even bits are inverted; sign, 3 bits of exponent, 4 of mantissa. */
const aLaw = Float32Array.from({ length: 256 }, (_, code) => {
  const bits = code ^ 0x55;
  const exponent = (bits >> 4) & 7;
  const mantissa = ((bits & 15) << 4) + 8;
  const magnitude = exponent === 0 ? mantissa : (mantissa + 256) << (exponent - 1);
  return (bits & 128 ? magnitude : -magnitude) / 32768;
});

/** ITU-T G.711, µ-law: all bits are inverted, and 33 is added before the exponent is taken. */
const muLaw = Float32Array.from({ length: 256 }, (_, code) => {
  const bits = ~code & 255;
  const magnitude = ((((bits & 15) << 3) + 132) << ((bits >> 4) & 7)) - 132;
  return (bits & 128 ? -magnitude : magnitude) / 32768;
});
