import type { PacketDecoder } from '../packet-decoder';

/** A number or an address that libFLAC writes. */
interface Told {
  readonly buf: Uint32Array;
}

/**
 * What `new FLACDecoder()` wraps: libFLAC and its memory, which does not grow. The wrapper copies samples three times, and
 * that takes as long as decoding them.
 */
interface FrameDecoder {
  readonly _MAX_INPUT_SIZE: number;
  readonly _decoder: number;
  readonly _channels: Told;
  readonly _samplesDecoded: Told;
  readonly _outputBufferPtr: Told;
  readonly _outputBufferLen: Told;
  readonly _common: {
    readonly wasm: {
      readonly HEAP: ArrayBuffer;
      malloc(bytes: number): number;
      free(place: number): void;
      /** Decodes a part of a frame, and frees its bytes. */
      decode_frame(decoder: number, bytes: number, length: number): void;
    };
  };
}

/** Decodes FLAC frames by libFLAC, compiled to WebAssembly. */
export async function flacDecoder(bitsPerSample: number): Promise<PacketDecoder> {
  const { FLACDecoder } = await import('@wasm-audio-decoders/flac');
  const decoder = new FLACDecoder();
  await decoder.ready;
  const { _decoder: inner } = decoder as unknown as { _decoder: FrameDecoder };
  const { wasm } = inner._common;
  // The library divides by the largest sample: 32767 instead of 32768. All other formats make −1 of the smallest.
  const output = new Output(bitsPerSample <= 16 ? 1 - 2 ** (1 - bitsPerSample) : 1);
  const decodePart = (bytes: Uint8Array): void => {
    const place = wasm.malloc(bytes.length);
    new Uint8Array(wasm.HEAP, place, bytes.length).set(bytes);
    wasm.decode_frame(inner._decoder, place, bytes.length);
    const samplesAt = inner._outputBufferPtr.buf[0] as number;
    const channels = inner._channels.buf[0] as number;
    const frames = inner._samplesDecoded.buf[0] as number;
    if (frames > 0) output.add(new Float32Array(wasm.HEAP, samplesAt, channels * frames), channels, frames);
    wasm.free(samplesAt);
    inner._outputBufferLen.buf[0] = 0;
    inner._samplesDecoded.buf[0] = 0;
  };
  return {
    decode: (packets) => {
      output.begin(packets.length);
      for (const packet of packets) {
        for (let at = 0; at < packet.length; at += inner._MAX_INPUT_SIZE) {
          decodePart(packet.subarray(at, at + inner._MAX_INPUT_SIZE));
        }
      }
      return output.channels();
    },
    free: () => decoder.free(),
  };
}

/**
 * Collects the samples of frames, multiplied by a factor. A channel that a frame lacks is silent there. Its memory is used
 * again from the next beginning on.
 */
class Output {
  readonly #factor: number;
  #packets = 0;
  #channels: Float32Array[] = [];
  #filled = 0;
  #wanted = 0;

  constructor(factor: number) {
    this.#factor = factor;
  }

  /** @param packets how many will be decoded, so that room is made for all at once. */
  begin(packets: number): void {
    this.#packets = packets;
    this.#filled = 0;
    this.#wanted = 0;
  }

  /** @param samples of a frame: [channels, frames]. */
  add(samples: Float32Array, channels: number, frames: number): void {
    this.#wanted = channels;
    const room = this.#channels[0]?.length ?? 0;
    if (this.#filled + frames > room || channels > this.#channels.length) {
      const length = Math.max(room, this.#filled + frames, frames * this.#packets);
      this.#channels = Array.from({ length: Math.max(channels, this.#channels.length) }, (_, c) => {
        const larger = new Float32Array(length);
        const before = this.#channels[c];
        if (before) larger.set(before.subarray(0, this.#filled));
        return larger;
      });
    }
    for (let c = 0; c < channels; c++) {
      const channel = samples.subarray(c * frames, (c + 1) * frames);
      copyScaled(channel, this.#factor, this.#channels[c] as Float32Array, this.#filled);
    }
    for (const lacking of this.#channels.slice(channels)) lacking.fill(0, this.#filled, this.#filled + frames);
    this.#filled += frames;
  }

  /** As many as the last frame has. */
  channels(): Float32Array[] {
    return this.#channels.slice(0, this.#wanted).map((channel) => channel.subarray(0, this.#filled));
  }
}

function copyScaled(samples: Float32Array, factor: number, output: Float32Array, at: number): void {
  if (factor === 1) output.set(samples, at);
  else for (let i = 0; i < samples.length; i++) output[at + i] = (samples[i] as number) * factor;
}
