import { type PacketDecoder, quietly } from '../packet-decoder';

/** What `new FLACDecoder()` wraps. Its frames are decoded at once; the wrapper makes a promise of it. */
interface FrameDecoder {
  decodeFrames(frames: readonly Uint8Array[]): { channelData: Float32Array[] };
}

/** Decodes FLAC frames by libFLAC, compiled to WebAssembly. */
export async function flacDecoder(bitsPerSample: number): Promise<PacketDecoder> {
  const { FLACDecoder } = await import('@wasm-audio-decoders/flac');
  const decoder = new FLACDecoder();
  await decoder.ready;
  const { _decoder: inner } = decoder as unknown as { _decoder: FrameDecoder };
  return {
    decode: (packets) => {
      const { channelData } = quietly(() => inner.decodeFrames(packets));
      // The library divides by the largest sample: 32767 instead of 32768. All other formats make −1 of the smallest.
      if (bitsPerSample <= 16) for (const channel of channelData) scale(channel, 1 - 2 ** (1 - bitsPerSample));
      return channelData;
    },
    free: () => decoder.free(),
  };
}

function scale(samples: Float32Array, factor: number): void {
  for (let i = 0; i < samples.length; i++) samples[i] = (samples[i] as number) * factor;
}
