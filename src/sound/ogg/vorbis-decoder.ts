import { type PacketDecoder, quietly } from '../packet-decoder';

/** What `new OggVorbisDecoder()` wraps: it takes packets, and so also those of other containers than Ogg. */
interface VorbisPacketDecoder {
  sendSetupHeader(packet: Uint8Array): void;
  initDsp(): void;
  decodePackets(packets: readonly Uint8Array[]): { channelData: Float32Array[] };
}

/** Decodes Vorbis packets by libvorbis, compiled to WebAssembly. @param identification, @param setup its headers. */
export async function vorbisDecoder(identification: Uint8Array, setup: Uint8Array): Promise<PacketDecoder> {
  const { OggVorbisDecoder } = await import('@wasm-audio-decoders/ogg-vorbis');
  const decoder = new OggVorbisDecoder();
  await decoder.ready;
  const { _decoder: inner } = decoder as unknown as { _decoder: VorbisPacketDecoder };
  quietly(() => {
    inner.sendSetupHeader(identification);
    inner.sendSetupHeader(setup);
    inner.initDsp();
  });
  return {
    decode: (packets) => {
      const { channelData } = quietly(() => inner.decodePackets(packets));
      return channelData;
    },
    free: () => decoder.free(),
  };
}
