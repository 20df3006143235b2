import type { PacketDecoder } from '../packet-decoder';
import { type FlacFrameHeader, flacFrameAt } from './flac-frame';
import { FlacKernel, MOST_FRAME_BYTES } from './flac-kernel';

/** Decodes FLAC frames that a container hands over, one per packet. @throws SoundError where SIMD is missing. */
export function flacDecoder(bitsPerSample: number): PacketDecoder {
  const kernel = FlacKernel.create();
  return {
    decode: (packets) => {
      const frames = packets.flatMap((bytes) => {
        const header = flacFrameAt(bytes, 0);
        return header && bytes.length <= MOST_FRAME_BYTES ? [{ bytes, header }] : [];
      });
      kernel.begin(
        frames.at(-1)?.header.channels ?? 0,
        frames.reduce((sum, { header }) => sum + header.frames, 0),
      );
      for (const { bytes, header } of frames) decodeChecked(kernel, kernel.take(bytes), header, bitsPerSample);
      return kernel.decoded();
    },
    free: () => undefined,
  };
}

/** A frame with a wrong checksum is silent, so that what follows keeps its time. Nothing is left of one that ends too early. */
function decodeChecked(kernel: FlacKernel, bytes: Uint8Array, header: FlacFrameHeader, bitsPerSample: number): void {
  const isWhole = kernel.decode(bytes, header, bitsPerSample);
  if (isWhole && kernel.checksum(bytes, 0, bytes.length) !== 0) kernel.mute(header.frames);
}
