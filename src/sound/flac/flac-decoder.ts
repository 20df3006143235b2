import { type PacketDecoder, quietly } from '../packet-decoder';

/** What `new FLACDecoder()` wraps. It decodes a part of a frame at once; the wrapper copies the result three times. */
interface FrameDecoder {
  readonly _MAX_INPUT_SIZE: number;
  _decode(bytes: Uint8Array): { readonly outputBuffer: readonly Float32Array[]; readonly samplesDecoded: number };
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
      joined(
        quietly(() => packets.flatMap((packet) => decodeFrame(inner, packet))),
        factor,
      ),
    free: () => decoder.free(),
  };
}

function decodeFrame(inner: FrameDecoder, frame: Uint8Array): (readonly Float32Array[])[] {
  const parts: (readonly Float32Array[])[] = [];
  for (let at = 0; at < frame.length; at += inner._MAX_INPUT_SIZE) {
    const { outputBuffer, samplesDecoded } = inner._decode(frame.subarray(at, at + inner._MAX_INPUT_SIZE));
    if (samplesDecoded > 0) parts.push(outputBuffer);
  }
  return parts;
}

/** The samples of all parts, multiplied by a factor. A channel that a part lacks is silent there. */
function joined(parts: readonly (readonly Float32Array[])[], factor: number): Float32Array[] {
  const channels = parts.at(-1)?.length ?? 0;
  const frames = parts.reduce((sum, [first]) => sum + (first as Float32Array).length, 0);
  return Array.from({ length: channels }, (_, c) => {
    const whole = new Float32Array(frames);
    let at = 0;
    for (const part of parts) {
      const samples = part[c];
      if (samples) copyScaled(samples, factor, whole.subarray(at, at + samples.length));
      at += (part[0] as Float32Array).length;
    }
    return whole;
  });
}

function copyScaled(samples: Float32Array, factor: number, output: Float32Array): void {
  if (factor === 1) output.set(samples);
  else for (let i = 0; i < samples.length; i++) output[i] = (samples[i] as number) * factor;
}
