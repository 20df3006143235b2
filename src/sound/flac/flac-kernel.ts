import { lazyKernel, reserve } from '../../shared/lib/wasm-kernel';
import { SoundError } from '../sound-error';
import type { FlacFrameHeader, StereoCoding } from './flac-frame';

/** WebAssembly of flac-kernel.wat. */
export const kernelBase64 =
  'AGFzbQEAAAABcBBgAn9/AX9gBX9/f39/AX9gBH9/f38Bf2AFf39/f38AYAF/AX5gAAF/YAN/f34AYAN/f38AYAZ/f39/f38Bf2AEf39/fwF+YAJ/fwBgA39/fwF/YAAAYAd/f39/f39/AGAEf39/fwBgBn9/f399fwADISAAAQIDBAQEBQIBBgYHBwgJCgALCwoAAwwKDQ4OAwcKDwUDAQABBi4JfwFBAAt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALB2cJBm1lbW9yeQIACG5leHRTeW5jAAAIY2hlY2tzdW0AAQViZWdpbgADCHN1YmZyYW1lAAgGZmluaXNoABcLZmlyc3RPZk1lYW4AHQ9maXJzdE9mV2lkZU1lYW4AHgh0b0Zsb2F0cwAfCrkbIEwBAX8CQANAIAD9AAAAQf8B/Q/9IyAA/QAAAUH+Af0P/U5B+AH9D/0j/U79ZCECIAINASAAQRBqIQAgACABSQ0AIAEPCwsgACACaGoL8AICAn8BeyABIABrQYAESQRAIAAgASACIAMQAg8LIARBgAJqIQYgACABIABrQf8BcWohBSAAIAUgAiADEAIhAiAEIAVBgAL8CgAAIAQgBC8BACACQQh2IAJBCHRyczsBAAJAA0AgBUGAAmohBSAFIAFPDQH9DAAAAAAAAAAAAAAAAAAAAAAhByAEIQADQCAHIAD9AAQA/VEhByAAIAf9CwQAIABBEGohACAAIAZBIGtJDQALIAcgAP0ABAD9USAE/QAEAP1RIQcgACAH/QsEACAHIAD9AAQQ/VEgBP0ABBD9USEHIAAgB/0LBBAgBCEAA0AgACAA/QAEACAA/QAEIP1RIAX9AAAA/VH9CwQAIABBEGohACAFQRBqIQUgACAGQSBrSQ0ACyAAIAD9AAQAIAX9AAAA/VH9CwQAIAAgByAF/QAAEP1R/QsEECAEIAT9AAQAIAf9Uf0LBAAgBUHgAWshBQwACwsgBCAGQQAgAxACC4UCAgF+An8CQANAIABBCGogAUsNASAAKQAAIQQgBKcgAkEIdiACQQh0QYD+A3FycyEFIARCIIinIQYgAyAFQQF0Qf4DcWovAYAcIAMgBUEHdkH+A3FqLwGAGHMgAyAFQQ92Qf4DcWovAYAUIAMgBUEXdkH+A3FqLwGAEHNzIAMgBkEBdEH+A3FqLwGADCADIAZBB3ZB/gNxai8BgAhzIAMgBkEPdkH+A3FqLwGABCADIAZBF3ZB/gNxai8BAHNzcyECIABBCGohAAwACwsCQANAIAAgAU8NASACQQh0Qf//A3EgAyACQQh2IAAtAABzQQF0ai8BAHMhAiAAQQFqIQAMAAsLIAILYAEBfyACQQdrJAAgASAAa0EDdCQBIAMkAiAEJANBACQFIAJBD2shBQNAIAUgAP0AAAD9DA8ODQwLCgkIBwYFBAMCAQD9Dv0LAAAgAEEQaiEAIAVBEGshBSAAIAFJDQALCxQAIwAgAEEDdmspAAAgAEEHca2GCyYBAX4jAiMBSwRAQgAPCyMCEAQhASMCIABqJAIgAUHAACAAa62ICxcBAX5BwAAgAGutIQEgABAFIAGGIAGHC00DAX8BfgF/A0AjAiMBSwRAIAAPCyMCEARCB4ghASABUARAIABBOWohACMCQTlqJAIMAQsLIAF5p0EHayECIwIgAmpBAWokAiAAIAJqC1MBAn9BBxAFpyEEQQEQBacEQBAHQQFqIQULIAIgBWshAiACQQFIBEBBAA8LIAQgACABIAIgAxAJRQRAQQAPCyAFBEAQFyAAIAEgBRANCyMCIwFNC2oAIABFBEAgASACIAMQBhALQQEPCyAAQQFGBEAgASACIAMQDEEBDwsgAEEITyAAQQxNcQRAIAEgAiADIABBCGtBASAEEA4PCyAAQSBPIABBP01xBEAgASACIAMgAEEfa0EAIAQQDg8LQQALHQAgACABQQJ0aiACpzYCACMDIAFBA3RqIAI3AwALHQEBfwNAIAAgAyACEAogA0EBaiEDIAMgAUkNAAsLJAEBfwJAA0AgAyABTw0BIAAgAyACEAYQCiADQQFqIQMMAAsLCyoBAX8DQCAAIAMgACADQQJ0ajQCACACrYYQCiADQQFqIQMgAyABSQ0ACwuAAQEBfyADIAFLBEBBAA8LIAAgAyACEAwgBARAIAUgAxAQBSAFIAMQESEGIAZBAEgEQEEADwsLIAAgASADEBJFBEBBAA8LIANBDk0gAkEgTXEgAiADIAUgBhAPQoCAgIAIVHEEQCAAIAEgAyAFIAYQFgUgACABIAMgBSAGEBwLQQELZgIDfgJ/QgEgAEEBa62GIQQgBCMEQQF2rUICfHwgA62GIQYCQANAIAcgAU8NASACIAdBAnRqKAIAIQggBSAEIAhBACAIayAIQQBKG61+fCEFIAdBAWohBwwACwsgBSAGIAUgBlQbCzsBAn9BfyEDAkADQCACIAFPDQEgAyACIAFrbCACQQFqbSEDIAAgAkECdGogAzYCACACQQFqIQIMAAsLC0MBA39BBBAFp0EBaiEDIANBEEYEQEF/DwtBBRAGpyEEA0AgACACQQJ0aiADEAanNgIAIAJBAWohAiACIAFJDQALIAQLvwEBB39BAhAFpyEDQQFBBBAFp3QhBCABIARuIQkgA0EBSyAJIAJJIAkgBGwgAUdycgRAQQAPC0EEIANqIQggACACQQJ0aiEFIAAhBgNAIAYgCUECdGohBiAIEAWnIQcgB0EBIAh0QQFrRgRAIAUgBhAVRQRAQQAPCwUgBSAGIAcQE0UEQEEADwsLIAYhBSAEQQFrIQQgBA0ACyAG/QwAAAAAAAAAAAAAAAAAAAAA/QsCACAAIAJBAnRqIAYQFEEBC5MCBQN/AX4DfwF+BH8jAiEDIwEhBCMAIQVBASACdCEMIAJBAWohC0E/IAJrrSEKQTkgAkEDam5BAnQhDQJAA0AgAyAJaiEDIAAgAU8NASADIARLBEBBAA8LIAUgA0EDdmspAAAgA0EHca2GIQZBACEJIAAgDWohDiAOIAFLBEAgASEOCwNAIAZ5pyEHIAkgByALamohCCAIQTlNBEAgCCEJIAYgB62GIQYgACAHIAxsIAxrIAYgCoinajYCACAGIAuthiEGIABBBGohACAAIA5JDQELCyAJDQAgAyQCIAAQByACdDYCACACBEAgACAAKAIAIAIQBadyNgIACyMCIQMgAEEEaiEADAALCyADJAIgAyAETQttAQJ7AkADQCAAIAFPDQEgAP0AAgAhAiADIAL9UCEDIAAgAkEB/a0BIAJBAf0R/U79oQH9Uf0LAgAgAEEQaiEADAALCyADIAMgA/0NCAkKCwwNDg8AAQIDBAUGB/1QIQMgA/0bACAD/RsBciQEC0IBAn9BBRAFpyECAkADQCAAIAFPDQEgAgRAIAIQBqchAwsgACADQQF0IANBH3VzNgIAIABBBGohAAwACwsjAiMBTQtWACACRQRADwsgAyACEBggACACIAMgBBAbIAJBCUsEQCAAIAEgAyAEEBoPCyMFBEAjBSMHIwggACADIAQgARAZQQAkBQ8LIAAkBSABJAYgAyQHIAQkCAsVACMFBEAjBSMGIwcjCBAaQQAkBQsLFwAgACABQQJ0akEAQTggAUECdGv8CwALzgIHAX8CewF/BHsEfwR7A38gASgCACEKIAH9AAIEIQsgAf0AAhQhDCAEKAIAIRIgBP0AAgQhEyAE/QACFCEUIAAgBkECdGohBwNAIAAoAgAgECAKIA9saiACdWohDyAAIA82AgAgD/0RIQkgDSAJIAv9tQH9rgEhDSAOIAkgDP21Af2uASEOIBEhECAN/RsAIREgDSAO/Q0EBQYHCAkKCwwNDg8QERITIQ0gDiAI/Q0EBQYHCAkKCwwNDg8QERITIQ4gAygCACAYIBIgF2xqIAV1aiEXIAMgFzYCACAX/REhCSAVIAkgE/21Af2uASEVIBYgCSAU/bUB/a4BIRYgGSEYIBX9GwAhGSAVIBb9DQQFBgcICQoLDA0ODxAREhMhFSAWIAj9DQQFBgcICQoLDA0ODxAREhMhFiAAQQRqIQAgA0EEaiEDIAAgB0kNAAsL/AEDA38IewZ/IAIoAgAhBSACKAIEIQYgAv0AAgghByAC/QACGCEIIAL9AAIoIQkgACABQQJ0aiEEA0AgEiAGIBFsaiESIAAoAgAgEiAFIBBsaiADdWohDyAAIA82AgAgD/0RIQ4gCiAOIAf9tQH9rgEhCiALIA4gCP21Af2uASELIAwgDiAJ/bUB/a4BIQwgEyESIBQhEyAK/RsAIRQgCiAL/Q0EBQYHCAkKCwwNDg8QERITIQogCyAM/Q0EBQYHCAkKCwwNDg8QERITIQsgDCAN/Q0EBQYHCAkKCwwNDg8QERITIQwgECERIA8hECAAQQRqIQAgACAESQ0ACwt0AQN/IAFBAWshBAJAA0AgBEUNAUEAIQZBACEFA0AgBiACIAVBAnRqKAIAIAAgBCAFa0EBa0ECdGooAgBsaiEGIAVBAWohBSAFIARJDQALIAAgBEECdGohBSAFIAUoAgAgBiADdWs2AgAgBEEBayEEDAALCwuCAQMBfwF+An8gAiEFAkADQCAFIAFPDQFCACEGIAMgAkECdGohByMDIAUgAmtBA3RqIQgCQANAIAcgA00NASAHQQRrIQcgBiAHNAIAIAgpAwB+fCEGIAhBCGohCAwACwsgACAFIAAgBUECdGo0AgAgBiAErYd8EAogBUEBaiEFDAALCwtHAQF/IAAgAkECdGohAwNAIAAgAP0ABAAgAf0ABABBAf0R/a4BQQH9rAH9rgH9CwQAIABBEGohACABQRBqIQEgACADSQ0ACwtBAQJ/IAAgAUECdGohAiMDIQMDQCAAIAAoAgAgAykDAEIBfEIBh6dqNgIAIABBBGohACADQQhqIQMgACACSQ0ACwtdAgF/AnsgAv0RIQcgBP0TIQggACADQQJ0aiEGA0AgBSAIIAD9AAQAIAcgAf0ABAD9tQH9rgH9+gH95gH9CwIAIABBEGohACABQRBqIQEgBUEQaiEFIAAgBkkNAAsL';

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
const REMAINDER = TABLES + 8 * 256 * 2;
const COEFFICIENTS = REMAINDER + 16 * 16;
const WIDE_SAMPLES = COEFFICIENTS + MOST_CHANNELS * MOST_COEFFICIENTS * VALUE_BYTES;
const SAMPLES = WIDE_SAMPLES + MOST_BLOCK_FRAMES * 2 * VALUE_BYTES;
const BLOCK_BYTES = MOST_BLOCK_FRAMES * VALUE_BYTES;
/** The first byte of a frame whose bytes are reversed. */
const LAST = SAMPLES + MOST_CHANNELS * BLOCK_BYTES + SLACK_BYTES + MOST_FRAME_BYTES;
const INPUT = LAST + SLACK_BYTES;
const OUTPUT = INPUT + MOST_FRAME_BYTES + SLACK_BYTES;

interface KernelExports {
  readonly memory: WebAssembly.Memory;
  nextSync(at: number, end: number): number;
  checksum(at: number, end: number, crc: number, tables: number, remainder: number): number;
  begin(at: number, end: number, last: number, position: number, wide: number): void;
  subframe(out: number, frames: number, bits: number, coefficients: number): number;
  finish(): void;
  firstOfMean(mean: number, difference: number, frames: number): void;
  firstOfWideMean(mean: number, frames: number): void;
  toFloats(a: number, b: number, sign: number, frames: number, factor: number, out: number): void;
}

/**
 * Finds and decodes FLAC frames. Own code, because it takes less than half the time of libFLAC, and less than two thirds of one
 * that is compiled with SIMD.
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
    return this.#exports.checksum(byteOffset + start, byteOffset + end, crc, TABLES, REMAINDER);
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
    const { begin, subframe, finish } = this.#exports;
    begin(byteOffset, byteOffset + length, LAST, 8 * header.bytes, WIDE_SAMPLES);
    for (let c = 0; c < channels; c++) {
      const ofDifference = c === differenceOf(stereoCoding) ? 1 : 0;
      const coefficients = COEFFICIENTS + c * MOST_COEFFICIENTS * VALUE_BYTES;
      if (!subframe(samplesOf(c), frames, bits + ofDifference, coefficients)) return false;
    }
    finish();
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
