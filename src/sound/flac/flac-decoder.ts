import { type PacketDecoder, quietly } from '../packet-decoder';

/** What `new FLACDecoder()` wraps. It decodes a part of a frame at once; the wrapper copies the result three times. */
interface FrameDecoder {
  readonly _MAX_INPUT_SIZE: number;
  _decode(bytes: Uint8Array): unknown;
  readonly _common: {
    /** Copies what was decoded, `[channels, frames]`, before its memory is freed. */
    getOutputChannels(samples: Float32Array, channels: number, frames: number): readonly Float32Array[];
  };
}

/** Decodes FLAC frames by libFLAC, compiled to WebAssembly. */
export async function flacDecoder(bitsPerSample: number): Promise<PacketDecoder> {
  const { FLACDecoder } = await import('@wasm-audio-decoders/flac');
  const decoder = new FLACDecoder();
  await decoder.ready;
  const { _decoder: inner } = decoder as unknown as { _decoder: FrameDecoder };
  // The library divides by the largest sample: 32767 instead of 32768. All other formats make −1 of the smallest.
  const factor = bitsPerSample <= 16 ? 1 - 2 ** (1 - bitsPerSample) : 1;
  return {
    decode: (packets) =>
      quietly(() => {
        const output = new Output(factor, packets.length);
        inner._common.getOutputChannels = (samples, channels, frames) => {
          if (frames > 0) output.add(samples, channels, frames);
          return [];
        };
        for (const packet of packets) {
          for (let at = 0; at < packet.length; at += inner._MAX_INPUT_SIZE) {
            inner._decode(packet.subarray(at, at + inner._MAX_INPUT_SIZE));
          }
        }
        return output.channels();
      }),
    free: () => decoder.free(),
  };
}

/** Collects the samples of frames, multiplied by a factor. A channel that a frame lacks is silent there. */
class Output {
  readonly #factor: number;
  readonly #packets: number;
  #channels: Float32Array[] = [];
  #filled = 0;
  #wanted = 0;

  /** @param packets how many are decoded, so that room is made for all at once. */
  constructor(factor: number, packets: number) {
    this.#factor = factor;
    this.#packets = packets;
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
        if (before) larger.set(before);
        return larger;
      });
    }
    for (let c = 0; c < channels; c++) {
      const channel = samples.subarray(c * frames, (c + 1) * frames);
      copyScaled(channel, this.#factor, this.#channels[c] as Float32Array, this.#filled);
    }
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
