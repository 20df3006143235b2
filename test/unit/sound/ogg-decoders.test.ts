import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis';
import { OpusDecoder } from 'opus-decoder';
import { afterAll, expect, it, vi } from 'vitest';
import { oggPages, PacketAssembler } from '../../../src/sound/ogg/ogg-page';
import { type OpusHead, opusDecoder, opusHead } from '../../../src/sound/ogg/opus-decoder';
import { vorbisDecoder } from '../../../src/sound/ogg/vorbis-decoder';
import type { PacketDecoder } from '../../../src/sound/packet-decoder';
import { largestDifference } from '../support/arrays';
import { bytesSource } from '../support/byte-source';

const folder = mkdtempSync(join(tmpdir(), 'earmark-ogg-decoders-'));
afterAll(() => rmSync(folder, { recursive: true }));

const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;
const noFfmpeg = 'ffmpeg, which makes the file, is not installed';

/** What the libraries' own loops give. */
type OwnLoop = (packets: readonly Uint8Array[]) => readonly Float32Array[];

/** The packets of three seconds of noise in stereo. */
async function packetsOf(codec: string, name: string): Promise<Uint8Array[]> {
  const path = join(folder, name);
  const noise = 'anoisesrc=d=3:r=48000:seed=3:a=0.3';
  spawnSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', noise, '-ac', '2', '-c:a', codec, '-b:a', '96k', path]);
  const assembler = new PacketAssembler();
  const packets: Uint8Array[] = [];
  for await (const page of oggPages(bytesSource(readFileSync(path)), 0)) packets.push(...assembler.take(page));
  return packets;
}

/** Some packets are empty, cut off, or no packets at all. */
function withDamage(packets: readonly Uint8Array[]): Uint8Array[] {
  return packets.map((packet, i) => {
    if (i % 17 === 5) return new Uint8Array();
    if (i % 13 === 7) return packet.subarray(0, 3);
    return i % 11 === 3 ? packet.map((byte) => byte ^ 0x5a) : packet;
  });
}

/** Decodes seconds at once, damaged ones, and a few. */
function expectSame(decoder: PacketDecoder, ownLoop: OwnLoop, packets: readonly Uint8Array[]): void {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const buffers = new Set<ArrayBufferLike>();
  let frames = 0;
  for (const batch of [packets, withDamage(packets), packets.slice(0, 3), packets.slice(3, 60)]) {
    const decoded = decoder.decode(batch);
    const expected = ownLoop(batch);
    expect(decoded.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
    for (const [channel, samples] of expected.entries()) {
      expect(largestDifference(decoded[channel] as Float32Array, samples)).toBe(0);
      buffers.add((decoded[channel] as Float32Array).buffer);
    }
    frames += expected[0]?.length ?? 0;
  }
  expect(frames).toBeGreaterThan(5 * 48_000);
  // New memory for each packet would keep a browser busy.
  expect(buffers.size).toBe(2);
  decoder.free();
  vi.restoreAllMocks();
}

it('Opus packets become what the library makes of them, in the same memory each time', async (context) => {
  context.skip(!hasFfmpeg, noFfmpeg);
  const [first, , ...packets] = await packetsOf('libopus', 'a.opus');
  const head = opusHead(first as Uint8Array) as OpusHead;
  const { channels, streamCount, coupledStreamCount } = head;
  const channelMappingTable = [...head.channelMappingTable];
  const library = new OpusDecoder({ channels, streamCount, coupledStreamCount, channelMappingTable, preSkip: 0 });
  await library.ready;
  const ownLoop: OwnLoop = (all) => library.decodeFrames(all.filter(({ length }) => length > 0)).channelData;
  expectSame(await opusDecoder(head), ownLoop, packets);
});

it('Vorbis packets become what the library makes of them, in the same memory each time', async (context) => {
  context.skip(!hasFfmpeg, noFfmpeg);
  const [identification, , setup, ...packets] = (await packetsOf('libvorbis', 'a.ogg')) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    ...Uint8Array[],
  ];
  const library = new OggVorbisDecoder();
  await library.ready;
  const { _decoder: inner } = library as unknown as {
    _decoder: {
      sendSetupHeader(packet: Uint8Array): void;
      initDsp(): void;
      decodePackets(packets: readonly Uint8Array[]): { channelData: Float32Array[] };
    };
  };
  inner.sendSetupHeader(identification);
  inner.sendSetupHeader(setup);
  inner.initDsp();
  expectSame(await vorbisDecoder(identification, setup), (all) => inner.decodePackets(all).channelData, packets);
});

it('pages of Ogg are parts of what was read', async () => {
  const header = Uint8Array.from({ length: 27 }, (_, i) => [0x4f, 0x67, 0x67, 0x53][i] ?? 0);
  header[26] = 2;
  const bytes = Uint8Array.from([...header, 2, 3, 1, 2, 3, 4, 5]);
  const source = { size: bytes.length, read: async () => bytes };
  const pages = [];
  for await (const page of oggPages(source, 0)) pages.push(page);
  expect(pages.map(({ parts }) => parts.map((part) => [...part]))).toEqual([
    [
      [1, 2],
      [3, 4, 5],
    ],
  ]);
  for (const part of pages[0]?.parts ?? []) expect(part.buffer).toBe(bytes.buffer);
});
