import { fourCharacters, viewOf } from '../bytes';
import type { PacketDecoder } from '../packet-decoder';
import { ChannelRooms } from './channel-rooms';

/** Opus always decodes to this rate. */
export const OPUS_RATE_HZ = 48_000;

/** What an Opus stream says about itself (RFC 7845). */
export interface OpusHead {
  readonly channels: number;
  /** Samples at the start that are no sound. */
  readonly preSkip: number;
  /** Factor that the samples are to be multiplied by. */
  readonly gain: number;
  readonly streamCount: number;
  readonly coupledStreamCount: number;
  readonly channelMappingTable: readonly number[];
}

/** Reads an `OpusHead` packet. @returns undefined if it is none. */
export function opusHead(packet: Uint8Array): OpusHead | undefined {
  if (fourCharacters(packet, 0) !== 'Opus' || fourCharacters(packet, 4) !== 'Head' || packet.length < 19) {
    return undefined;
  }
  const view = viewOf(packet);
  const channels = view.getUint8(9);
  const family = view.getUint8(18);
  const isMapped = family !== 0 && packet.length >= 21 + channels;
  if (channels === 0 || (!isMapped && channels > 2)) return undefined;
  return {
    channels,
    preSkip: view.getUint16(10, true),
    gain: 10 ** (view.getInt16(16, true) / 256 / 20),
    streamCount: isMapped ? view.getUint8(19) : 1,
    coupledStreamCount: isMapped ? view.getUint8(20) : channels - 1,
    channelMappingTable: isMapped ? [...packet.subarray(21, 21 + channels)] : [0, 1].slice(0, channels),
  };
}

/** What is inside of `new OpusDecoder()`: it decodes one packet into memory of its own. */
interface OpusPacketDecoder {
  readonly _decoder: number;
  readonly _input: { readonly ptr: number; readonly buf: Uint8Array };
  readonly _output: { readonly ptr: number; readonly buf: Float32Array };
  readonly _common: {
    readonly wasm: {
      /** @returns samples of each channel, which lie one channel behind the other; below 0 for a damaged packet. */
      opus_frame_decode_float_deinterleaved(decoder: number, input: number, bytes: number, output: number): number;
    };
  };
}

/** Decodes Opus packets by libopus, compiled to WebAssembly. */
export async function opusDecoder(head: OpusHead): Promise<PacketDecoder> {
  const { OpusDecoder } = await import('opus-decoder');
  const { channels, streamCount, coupledStreamCount, gain } = head;
  const channelMappingTable = [...head.channelMappingTable];
  const decoder = new OpusDecoder({ channels, streamCount, coupledStreamCount, channelMappingTable, preSkip: 0 });
  await decoder.ready;
  const { _common, _decoder, _input, _output } = decoder as unknown as OpusPacketDecoder;
  const mostBytes = 3840 * channels;
  const rooms = new ChannelRooms(channels);
  return {
    decode: (packets) => {
      rooms.clear();
      for (const packet of packets) {
        // The library has no room for more, and no encoder makes such packets.
        if (packet.length === 0 || packet.length > mostBytes) continue;
        _input.buf.set(packet);
        const { length } = packet;
        const frames = _common.wasm.opus_frame_decode_float_deinterleaved(_decoder, _input.ptr, length, _output.ptr);
        if (frames > 0) rooms.push(frames, (channel) => _output.buf.subarray(channel * frames, (channel + 1) * frames));
      }
      const { samples } = rooms;
      return gain === 1 ? samples : samples.map((channel) => channel.map((sample) => gain * sample));
    },
    free: () => decoder.free(),
  };
}
