import { afterEach, expect, it, vi } from 'vitest';
import type { PieceMessage } from '../../../../src/shared/contracts/capture-messages';
import { PortRecorder } from '../../../../src/tagger/recordings/port-recorder';
import { HEADER_BYTES } from '../../../../src/tagger/recordings/wav-header';

const RATE_HZ = 1000;
const PIECE_SAMPLES = 100;

afterEach(() => vi.unstubAllGlobals());

it('writes silence where pieces were lost, so that what follows keeps its place in time', async () => {
  const disk = new Uint8Array(HEADER_BYTES + 2 * 5 * PIECE_SAMPLES);
  const file = {
    write: (bytes: ArrayBufferView, { at }: { at: number }) => {
      disk.set(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength), at);
      return bytes.byteLength;
    },
    truncate: () => undefined,
    flush: () => undefined,
    close: () => undefined,
  };
  const folder = { getFileHandle: async () => ({ createSyncAccessHandle: async () => file }) };
  const storage = { getDirectory: async () => ({ getDirectoryHandle: async () => folder }) };
  vi.stubGlobal('navigator', { storage });
  const { port1, port2 } = new MessageChannel();
  const failed = (detail: string) => expect.unreachable(detail);
  const recorder = await PortRecorder.start(port2, RATE_HZ, 'a.wav', () => undefined, failed);
  const taken = () => new Promise((resolve) => (port1.onmessage = resolve));
  // The clock had run before. Of five pieces, the third and the fourth are lost.
  for (const [piece, droppedPieces] of [
    [0, 0],
    [1, 0],
    [4, 2],
  ] as const) {
    const samples = new Float32Array(PIECE_SAMPLES).fill(0.5);
    const endSeconds = 70 + ((piece + 1) * PIECE_SAMPLES) / RATE_HZ;
    const isTaken = taken();
    port1.postMessage({ samples, endSeconds, waitingPieces: 0, droppedPieces } satisfies PieceMessage);
    await isTaken;
  }
  expect(recorder.finish()).toBe(0.5);
  port1.close();
  const written = new Int16Array(disk.buffer.slice(HEADER_BYTES));
  const first = Array.from({ length: 5 }, (_, piece) => written[piece * PIECE_SAMPLES] as number);
  const last = Array.from({ length: 5 }, (_, piece) => written[(piece + 1) * PIECE_SAMPLES - 1] as number);
  for (const values of [first, last])
    expect(values.map((value) => value > 16_000)).toEqual([true, true, false, false, true]);
});
