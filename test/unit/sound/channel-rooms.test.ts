import { expect, it } from 'vitest';
import { ChannelRooms } from '../../../src/sound/ogg/channel-rooms';

const PACKET_FRAMES = 960;
/** Three seconds at 48 kHz: more than there is room for at first. */
const PACKETS = 150;

/** Fills rooms with two channels that count up and down. */
function pushAll(rooms: ChannelRooms, packets: number): void {
  for (let packet = 0; packet < packets; packet++) {
    const counted = Float32Array.from({ length: PACKET_FRAMES }, (_, i) => packet * PACKET_FRAMES + i);
    rooms.push(PACKET_FRAMES, (channel) => (channel === 0 ? counted : counted.map((value) => -value)));
  }
}

it('keeps all that was pushed, in order, also when there is not enough room at first', () => {
  const rooms = new ChannelRooms(2);
  pushAll(rooms, PACKETS);
  const [up, down] = rooms.samples as [Float32Array, Float32Array];
  expect([up.length, down.length]).toEqual([144_000, 144_000]);
  expect(up.every((value, i) => value === i)).toBe(true);
  expect(down.every((value, i) => value === -i)).toBe(true);
});

it('uses the same memory again', () => {
  const rooms = new ChannelRooms(2);
  pushAll(rooms, PACKETS);
  const before = rooms.samples.map(({ buffer }) => buffer);
  rooms.clear();
  expect(rooms.samples.map(({ length }) => length)).toEqual([0, 0]);
  pushAll(rooms, 3);
  expect(rooms.samples.map(({ length }) => length)).toEqual([2880, 2880]);
  for (const [channel, { buffer }] of rooms.samples.entries()) expect(buffer).toBe(before[channel]);
});
