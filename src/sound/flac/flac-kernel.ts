import { lazyKernel, reserve } from '../../shared/lib/wasm-kernel';
import { SoundError } from '../sound-error';
import type { FlacFrameHeader, StereoCoding } from './flac-frame';

/** WebAssembly of flac-kernel.wat. */
export const kernelBase64 =
  'AGFzbQEAAAABYw5gAn9/AX9gBH9/f38Bf2AFf39/f38AYAF/AX5gAAF/YAV/f39/fwF/YAN/f34AYAN/f38AYAZ/f39/f38Bf2AEf39/fwF+YAJ/fwBgA39/fwF/YAR/f39/AGAGf39/f31/AAMbGgABAgMDAwQBBQYGBwcICQoACwsAAgwCBwoNBQMBAAEGGgV/AUEAC38BQQALfwFBAAt/AUEAC38BQQALB14IBm1lbW9yeQIACG5leHRTeW5jAAAIY2hlY2tzdW0AAQViZWdpbgACCHN1YmZyYW1lAAcLZmlyc3RPZk1lYW4AFw9maXJzdE9mV2lkZU1lYW4AGAh0b0Zsb2F0cwAZCrQUGkwBAX8CQANAIAD9AAAAQf8B/Q/9IyAA/QAAAUH+Af0P/U5B+AH9D/0j/U79ZCECIAINASAAQRBqIQAgACABSQ0AIAEPCwsgACACaGoLhQICAX4CfwJAA0AgAEEIaiABSw0BIAApAAAhBCAEpyACQQh2IAJBCHRBgP4DcXJzIQUgBEIgiKchBiADIAVBAXRB/gNxai8BgBwgAyAFQQd2Qf4DcWovAYAYcyADIAVBD3ZB/gNxai8BgBQgAyAFQRd2Qf4DcWovAYAQc3MgAyAGQQF0Qf4DcWovAYAMIAMgBkEHdkH+A3FqLwGACHMgAyAGQQ92Qf4DcWovAYAEIAMgBkEXdkH+A3FqLwEAc3NzIQIgAEEIaiEADAALCwJAA0AgACABTw0BIAJBCHRB//8DcSADIAJBCHYgAC0AAHNBAXRqLwEAcyECIABBAWohAAwACwsgAgtcAQF/IAJBB2skACABIABrQQN0JAEgAyQCIAQkAyACQQ9rIQUDQCAFIAD9AAAA/QwPDg0MCwoJCAcGBQQDAgEA/Q79CwAAIABBEGohACAFQRBrIQUgACABSQ0ACwsUACMAIABBA3ZrKQAAIABBB3GthgsmAQF+IwIjAUsEQEIADwsjAhADIQEjAiAAaiQCIAFBwAAgAGutiAsXAQF+QcAAIABrrSEBIAAQBCABhiABhwtNAwF/AX4BfwNAIwIjAUsEQCAADwsjAhADQgeIIQEgAVAEQCAAQTlqIQAjAkE5aiQCDAELCyABeadBB2shAiMCIAJqQQFqJAIgACACagtRAQJ/QQcQBKchBEEBEASnBEAQBkEBaiEFCyACIAVrIQIgAkEBSARAQQAPCyAEIAAgASACIAMQCEUEQEEADwsgBQRAIAAgASAFEAwLIwIjAU0LagAgAEUEQCABIAIgAxAFEApBAQ8LIABBAUYEQCABIAIgAxALQQEPCyAAQQhPIABBDE1xBEAgASACIAMgAEEIa0EBIAQQDQ8LIABBIE8gAEE/TXEEQCABIAIgAyAAQR9rQQAgBBANDwtBAAsdACAAIAFBAnRqIAKnNgIAIwMgAUEDdGogAjcDAAsdAQF/A0AgACADIAIQCSADQQFqIQMgAyABSQ0ACwskAQF/AkADQCADIAFPDQEgACADIAIQBRAJIANBAWohAwwACwsLKgEBfwNAIAAgAyAAIANBAnRqNAIAIAKthhAJIANBAWohAyADIAFJDQALC4ABAQF/IAMgAUsEQEEADwsgACADIAIQCyAEBEAgBSADEA8FIAUgAxAQIQYgBkEASARAQQAPCwsgACABIAMQEUUEQEEADwsgA0EOTSACQSBNcSACIAMgBSAGEA5CgICAgAhUcQRAIAAgASADIAUgBhAUBSAAIAEgAyAFIAYQFgtBAQtmAgN+An9CASAAQQFrrYYhBCAEIwRBAXatQgJ8fCADrYYhBgJAA0AgByABTw0BIAIgB0ECdGooAgAhCCAFIAQgCEEAIAhrIAhBAEobrX58IQUgB0EBaiEHDAALCyAFIAYgBSAGVBsLOwECf0F/IQMCQANAIAIgAU8NASADIAIgAWtsIAJBAWptIQMgACACQQJ0aiADNgIAIAJBAWohAgwACwsLQwEDf0EEEASnQQFqIQMgA0EQRgRAQX8PC0EFEAWnIQQDQCAAIAJBAnRqIAMQBac2AgAgAkEBaiECIAIgAUkNAAsgBAufAQEHf0EAJARBAhAEpyEDQQFBBBAEp3QhBCABIARuIQkgA0EBSyAJIAJJIAkgBGwgAUdycgRAQQAPC0EEIANqIQggACACQQJ0aiEFIAAhBgNAIAYgCUECdGohBiAIEASnIQcgB0EBIAh0QQFrRgRAIAUgBhATRQRAQQAPCwUgBSAGIAcQEkUEQEEADwsLIAYhBSAEQQFrIQQgBA0AC0EBC6MCBQN/AX4EfwF+An8jAiEDIwEhBCMAIQUjBCENIAJBAWohDEE/IAJrrSELAkADQCADIAlqIQMgACABTw0BIAMgBEsEQEEADwsgBSADQQN2aykAACADQQdxrYYhBkEAIQkDQCAGeachByAJIAcgDGpqIQggCEE5TQRAIAghCSAGIAethiEGIAdBAWsgAnQgBiALiKdqIQogBiAMrYYhBiANIApyIQ0gACAKQQF2QQAgCkEBcWtzNgIAIABBBGohACAAIAFJDQELCyAJDQAgACABTw0BIAMkAhAGIAJ0IQogAgRAIAogAhAEp3IhCgsgDSAKciENIAAgCkEBdkEAIApBAXFrczYCACMCIQMgAEEEaiEADAALCyADJAIgDSQEIAMgBE0LSQECf0EFEASnIQICQANAIAAgAU8NASACBEAgAhAFpyEDCyAAIAM2AgAjBCADQQF0IANBH3VzciQEIABBBGohAAwACwsjAiMBTQu7AgMDfwh7Bn8gAkUEQA8LIANBOGohBSADIAJBAnRqIQYCQANAIAYgBU8NASAGQQA2AgAgBkEEaiEGDAALCyAAIAIgAyAEEBUgAygCACEGIAMoAgQhByAD/QACCCEIIAP9AAIYIQkgA/0AAighCiAAIAFBAnRqIQUDQCATIAcgEmxqIRMgACgCACATIAYgEWxqIAR1aiEQIAAgEDYCACAQ/REhDyALIA8gCP21Af2uASELIAwgDyAJ/bUB/a4BIQwgDSAPIAr9tQH9rgEhDSAUIRMgFSEUIAv9GwAhFSALIAz9DQQFBgcICQoLDA0ODxAREhMhCyAMIA39DQQFBgcICQoLDA0ODxAREhMhDCANIA79DQQFBgcICQoLDA0ODxAREhMhDSARIRIgECERIABBBGohACAAIAVJDQALC3QBA38gAUEBayEEAkADQCAERQ0BQQAhBkEAIQUDQCAGIAIgBUECdGooAgAgACAEIAVrQQFrQQJ0aigCAGxqIQYgBUEBaiEFIAUgBEkNAAsgACAEQQJ0aiEFIAUgBSgCACAGIAN1azYCACAEQQFrIQQMAAsLC4IBAwF/AX4CfyACIQUCQANAIAUgAU8NAUIAIQYgAyACQQJ0aiEHIwMgBSACa0EDdGohCAJAA0AgByADTQ0BIAdBBGshByAGIAc0AgAgCCkDAH58IQYgCEEIaiEIDAALCyAAIAUgACAFQQJ0ajQCACAGIASth3wQCSAFQQFqIQUMAAsLC0cBAX8gACACQQJ0aiEDA0AgACAA/QAEACAB/QAEAEEB/RH9rgFBAf2sAf2uAf0LBAAgAEEQaiEAIAFBEGohASAAIANJDQALC0EBAn8gACABQQJ0aiECIwMhAwNAIAAgACgCACADKQMAQgF8QgGHp2o2AgAgAEEEaiEAIANBCGohAyAAIAJJDQALC10CAX8CeyAC/REhByAE/RMhCCAAIANBAnRqIQYDQCAFIAggAP0ABAAgByAB/QAEAP21Af2uAf36Af3mAf0LAgAgAEEQaiEAIAFBEGohASAFQRBqIQUgACAGSQ0ACws=';

const kernelModule = lazyKernel(kernelBase64);

/** No encoder writes larger frames: 65,535 samples of 8 channels and 32 bits would have 2 MB. */
export const MOST_FRAME_BYTES = 4 * 1024 * 1024;
/** Samples per channel for which there is always room. For more, memory grows, which makes views of it empty. */
export const MOST_FRAMES_IN_PLACE = 131_072;
const MOST_CHANNELS = 8;
const MOST_BLOCK_FRAMES = 65_536;
const MOST_COEFFICIENTS = 32;
const VALUE_BYTES = 4;
/** The kernel's vectors reach at most so far beyond what they are asked for. */
const SLACK_BYTES = 32;
const SLACK_VALUES = 4;

/** Where everything lies in the kernel's memory. */
const TABLES = 0;
const COEFFICIENTS = TABLES + 8 * 256 * 2;
const WIDE_SAMPLES = COEFFICIENTS + MOST_COEFFICIENTS * VALUE_BYTES;
const SAMPLES = WIDE_SAMPLES + MOST_BLOCK_FRAMES * 2 * VALUE_BYTES;
const BLOCK_BYTES = MOST_BLOCK_FRAMES * VALUE_BYTES;
/** The first byte of a frame whose bytes are reversed. */
const LAST = SAMPLES + MOST_CHANNELS * BLOCK_BYTES + SLACK_BYTES + MOST_FRAME_BYTES;
const INPUT = LAST + SLACK_BYTES;
const OUTPUT = INPUT + MOST_FRAME_BYTES + SLACK_BYTES;

interface KernelExports {
  readonly memory: WebAssembly.Memory;
  nextSync(at: number, end: number): number;
  checksum(at: number, end: number, crc: number, tables: number): number;
  begin(at: number, end: number, last: number, position: number, wide: number): void;
  subframe(out: number, frames: number, bits: number, coefficients: number): number;
  firstOfMean(mean: number, difference: number, frames: number): void;
  firstOfWideMean(mean: number, frames: number): void;
  toFloats(a: number, b: number, sign: number, frames: number, factor: number, out: number): void;
}

/**
 * Finds and decodes FLAC frames. Own code, because a second of 44.1 kHz stereo takes it 0.45 ms. With libFLAC it was 0.95, and
 * would have been 0.7 with one that is compiled with SIMD.
 */
export class FlacKernel {
  readonly #exports: KernelExports;
  #channels = 0;
  /** Room per channel. */
  #frames = 0;
  #filled = 0;

  private constructor(module: WebAssembly.Module) {
    this.#exports = new WebAssembly.Instance(module).exports as unknown as KernelExports;
    this.#reserve(MOST_CHANNELS, MOST_FRAMES_IN_PLACE);
    new Uint16Array(this.#exports.memory.buffer, TABLES, 8 * 256).set(crc16Tables());
  }

  /** @throws SoundError where SIMD is missing. */
  static create(): FlacKernel {
    const module = kernelModule();
    if (!module) throw new SoundError('unknown-codec', 'FLAC');
    return new FlacKernel(module);
  }

  /** Memory for bytes of a file. */
  get room(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#exports.memory.buffer as ArrayBuffer, INPUT, MOST_FRAME_BYTES);
  }

  /**
   * Copies at most {@link MOST_FRAME_BYTES} into {@link room}, unless they lie there.
   *
   * @returns the bytes in the room, where the other functions need them.
   */
  take(bytes: Uint8Array): Uint8Array {
    if (bytes.buffer === this.#exports.memory.buffer) return bytes;
    const room = this.room.subarray(0, bytes.length);
    room.set(bytes);
    return room;
  }

  /** Where the next two bytes lie that a frame can begin with. @returns the length, or more, if there are none. */
  nextSync({ byteOffset, length }: Uint8Array, start: number): number {
    return this.#exports.nextSync(byteOffset + start, byteOffset + length) - byteOffset;
  }

  /** Checksum that ends a frame: 0 over the whole frame with it. @param crc of the bytes before. */
  checksum({ byteOffset }: Uint8Array, start: number, end: number, crc = 0): number {
    return this.#exports.checksum(byteOffset + start, byteOffset + end, crc, TABLES);
  }

  /** Forgets what was decoded, and makes room. @param frames that will be decoded, in samples per channel. */
  begin(channels: number, frames: number): void {
    this.#reserve(channels, frames);
    this.#channels = channels;
    this.#frames = frames;
    this.#filled = 0;
  }

  /**
   * Decodes a frame, behind those before. A channel that it lacks is silent.
   *
   * @param streamBits bits per sample, for frames that do not say it.
   * @returns false if it ends too early; then nothing is left of it.
   */
  decode(bytes: Uint8Array, header: FlacFrameHeader, streamBits: number): boolean {
    const { frames, channels, stereoCoding } = header;
    const bits = header.bitsPerSample ?? streamBits;
    const { byteOffset, length } = bytes;
    const { begin, subframe } = this.#exports;
    begin(byteOffset, byteOffset + length, LAST, 8 * header.bytes, WIDE_SAMPLES);
    for (let c = 0; c < channels; c++) {
      if (!subframe(samplesOf(c), frames, bits + (c === differenceOf(stereoCoding) ? 1 : 0), COEFFICIENTS))
        return false;
    }
    this.#output(header, bits);
    this.#filled += frames;
    this.#mute(channels, frames);
    return true;
  }

  /** Silences the last `frames` samples. */
  mute(frames: number): void {
    this.#mute(0, frames);
  }

  /** What was decoded, per channel, until the next beginning. */
  decoded(): Float32Array<ArrayBuffer>[] {
    return Array.from({ length: this.#channels }, (_, c) => this.#channel(c).subarray(0, this.#filled));
  }

  #output({ frames, channels, stereoCoding }: FlacFrameHeader, bits: number): void {
    const { firstOfMean, firstOfWideMean, toFloats } = this.#exports;
    const write = (channel: number, a: number, b: number, sign: number): void => {
      const out = this.#placeOf(channel) + this.#filled * VALUE_BYTES;
      if (channel < this.#channels) toFloats(samplesOf(a), samplesOf(b), sign, frames, 2 ** (1 - bits), out);
    };
    if (stereoCoding === undefined) {
      for (let c = 0; c < channels; c++) write(c, c, c, 0);
      return;
    }
    if (stereoCoding === 'difference-and-second') {
      write(0, 1, 0, 1);
      write(1, 1, 1, 0);
      return;
    }
    if (stereoCoding === 'mean-and-difference') {
      if (bits === 32) firstOfWideMean(samplesOf(0), frames);
      else firstOfMean(samplesOf(0), samplesOf(1), frames);
    }
    write(0, 0, 0, 0);
    write(1, 0, 1, -1);
  }

  #mute(fromChannel: number, frames: number): void {
    for (let c = fromChannel; c < this.#channels; c++) this.#channel(c).fill(0, this.#filled - frames, this.#filled);
  }

  #channel(channel: number): Float32Array<ArrayBuffer> {
    return new Float32Array<ArrayBuffer>(
      this.#exports.memory.buffer as ArrayBuffer,
      this.#placeOf(channel),
      this.#frames,
    );
  }

  #placeOf(channel: number): number {
    return OUTPUT + channel * (this.#frames + SLACK_VALUES) * VALUE_BYTES;
  }

  #reserve(channels: number, frames: number): void {
    reserve(this.#exports, OUTPUT + channels * (frames + SLACK_VALUES) * VALUE_BYTES);
  }
}

function samplesOf(channel: number): number {
  return SAMPLES + channel * BLOCK_BYTES;
}

/** The subframe that is a difference, and has a bit more than a channel. */
function differenceOf(coding: StereoCoding | undefined): number | undefined {
  if (coding === undefined) return undefined;
  return coding === 'difference-and-second' ? 0 : 1;
}

/** Polynomial x¹⁶ + x¹⁵ + x² + 1: of each byte, followed by none to seven zeros. [8, 256]. */
function crc16Tables(): Uint16Array {
  const tables = new Uint16Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x8005 : crc << 1;
    tables[byte] = crc;
  }
  for (let i = 256; i < tables.length; i++) {
    const before = tables[i - 256] as number;
    tables[i] = (before << 8) ^ (tables[before >> 8] as number);
  }
  return tables;
}
