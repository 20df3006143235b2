import type { PacketDecoder } from '../packet-decoder';
import type { AlacConfig } from './alac-config';
import { BitReader } from './bit-reader';
import { addPrediction } from './prediction';
import { readResiduals } from './residuals';

/** Elements of a packet. */
const SINGLE = 0;
const PAIR = 1;
const LOW_FREQUENCY = 3;
const DATA = 4;
const FILL = 6;

/** What stands before the differences of a channel. */
interface ChannelHeader {
  readonly isDoubled: boolean;
  readonly shift: number;
  readonly rateFactor: number;
  readonly coefficients: Int16Array;
}

/** Decodes Apple Lossless, whose format Apple published in 2011. Own code, because no library is kept up. */
export function alacDecoder(config: AlacConfig): PacketDecoder {
  return {
    decode: (packets) => {
      const decoded = packets.map((packet) => decodePacket(packet, config));
      return Array.from({ length: config.channels }, (_, c) =>
        joined(decoded.map((channels) => channels[c] ?? new Float32Array(channels[0]?.length ?? 0))),
      );
    },
    free: () => undefined,
  };
}

/** @returns the channels' samples, as far as the packet is undamaged. */
function decodePacket(packet: Uint8Array, config: AlacConfig): Float32Array[] {
  const reader = new BitReader(packet);
  const channels: Float32Array[] = [];
  while (channels.length < config.channels && !reader.isAtEnd) {
    const element = reader.read(3);
    if (element === SINGLE || element === LOW_FREQUENCY) channels.push(...readElement(reader, config, 1));
    else if (element === PAIR) channels.push(...readElement(reader, config, 2));
    else if (element === DATA) skipData(reader);
    else if (element === FILL) skipFill(reader);
    // The end, or an element that nobody writes.
    else break;
  }
  return channels;
}

function readElement(reader: BitReader, config: AlacConfig, channels: 1 | 2): Float32Array[] {
  // A number of the element that nobody needs, and bits that are 0.
  reader.read(16);
  const isPartial = reader.read(1) === 1;
  const shiftedBits = 8 * reader.read(2);
  const isUncompressed = reader.read(1) === 1;
  const count = isPartial ? Math.min(reader.read(32), config.frameLength) : config.frameLength;
  const samples = isUncompressed
    ? readUncompressed(reader, count, channels, config.bitsPerSample)
    : readCompressed(reader, config, count, channels, shiftedBits);
  const scale = 2 ** (1 - config.bitsPerSample);
  return samples.map((channel) => Float32Array.from(channel, (sample) => sample * scale));
}

function readUncompressed(reader: BitReader, count: number, channels: number, bits: number): Int32Array[] {
  const samples = Array.from({ length: channels }, () => new Int32Array(count));
  for (let i = 0; i < count; i++) for (const channel of samples) channel[i] = reader.readSigned(bits);
  return samples;
}

function readCompressed(
  reader: BitReader,
  config: AlacConfig,
  count: number,
  channels: 1 | 2,
  shiftedBits: number,
): Int32Array[] {
  const mixBits = reader.read(8);
  const mixFactor = reader.readSigned(8);
  const headers = Array.from({ length: channels }, () => readChannelHeader(reader));
  // The lowest bits of long samples are not compressed, and come first.
  const lowBits = reader.fork();
  reader.position += shiftedBits * channels * count;
  // The difference of two channels needs a bit more.
  const bits = config.bitsPerSample - shiftedBits + channels - 1;
  const samples = headers.map(({ isDoubled, shift, rateFactor, coefficients }) => {
    const channel = new Int32Array(count);
    readResiduals(reader, channel, count, config, rateFactor, bits);
    if (isDoubled) addPrediction(channel, count, new Int16Array(31), bits, 0);
    addPrediction(channel, count, coefficients, bits, shift);
    return channel;
  });
  const [first, second] = samples;
  if (first && second && mixFactor !== 0) unmix(first, second, mixBits, mixFactor);
  if (shiftedBits > 0) {
    for (let i = 0; i < count; i++) {
      for (const channel of samples) channel[i] = ((channel[i] as number) << shiftedBits) | lowBits.read(shiftedBits);
    }
  }
  return samples;
}

function readChannelHeader(reader: BitReader): ChannelHeader {
  const isDoubled = reader.read(4) !== 0;
  const shift = reader.read(4);
  const rateFactor = reader.read(3);
  const coefficients = Int16Array.from({ length: reader.read(5) }, () => reader.readSigned(16));
  return { isDoubled, shift, rateFactor, coefficients };
}

/** Makes left and right of a mean and a difference, in place. */
function unmix(first: Int32Array, second: Int32Array, bits: number, factor: number): void {
  for (let i = 0; i < first.length; i++) {
    const difference = second[i] as number;
    const left = (first[i] as number) + difference - ((factor * difference) >> bits);
    first[i] = left;
    second[i] = left - difference;
  }
}

function skipData(reader: BitReader): void {
  reader.read(4);
  const isAligned = reader.read(1) === 1;
  let bytes = reader.read(8);
  if (bytes === 255) bytes += reader.read(8);
  if (isAligned) reader.alignToByte();
  reader.position += 8 * bytes;
}

function skipFill(reader: BitReader): void {
  let bytes = reader.read(4);
  if (bytes === 15) bytes += reader.read(8) - 1;
  reader.position += 8 * bytes;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
