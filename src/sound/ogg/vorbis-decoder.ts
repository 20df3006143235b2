import { type PacketDecoder, quietly } from '../packet-decoder';
import { ChannelRooms } from './channel-rooms';

/** Where the identification header says how many channels there are. */
const CHANNELS_AT = 11;

/** What `new OggVorbisDecoder()` wraps: it takes packets, and so also those of other containers than Ogg. */
interface VorbisPacketDecoder {
  sendSetupHeader(packet: Uint8Array): void;
  initDsp(): void;
  readonly _decoder: number;
  readonly _input: { readonly buf: Uint8Array };
  /** What C code reads or writes through a pointer. */
  readonly _inputLen: { readonly buf: Uint32Array };
  readonly _samplesDecoded: { readonly buf: Uint32Array };
  readonly _outputBufferPtr: { readonly buf: Uint32Array };
  readonly _errorsLength: { readonly buf: Int32Array };
  readonly _common: {
    readonly wasm: { readonly HEAP: ArrayBuffer; decode_packets(decoder: number): void };
  };
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
  const { wasm } = inner._common;
  const channels = identification[CHANNELS_AT] ?? 0;
  const rooms = new ChannelRooms(channels);
  return {
    decode: (packets) => {
      rooms.clear();
      for (const packet of packets) {
        inner._input.buf.set(packet);
        inner._inputLen.buf[0] = packet.length;
        wasm.decode_packets(inner._decoder);
        // Errors would pile up, for which the library has little room.
        inner._errorsLength.buf[0] = 0;
        const frames = inner._samplesDecoded.buf[0] as number;
        if (frames === 0) continue;
        const places = new Uint32Array(wasm.HEAP, inner._outputBufferPtr.buf[0], channels);
        rooms.push(frames, (channel) => new Float32Array(wasm.HEAP, places[channel], frames));
      }
      return rooms.samples;
    },
    free: () => decoder.free(),
  };
}
