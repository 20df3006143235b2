import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { CaptureOptions, PieceMessage } from '../../../src/shared/contracts/capture-messages';

/** The processor's class, as the browser would see it. */
interface Processor {
  readonly port: { onmessage?: (event: { data: unknown }) => void };
  process(inputs: Float32Array[][]): boolean;
}

const BLOCK = 128;
const SAMPLE_RATE_HZ = 32_000;
const audioThread = { currentFrame: 0, sampleRate: SAMPLE_RATE_HZ };
let CaptureProcessor: new (options: { processorOptions: CaptureOptions }) => Processor;

beforeAll(async () => {
  vi.stubGlobal(
    'AudioWorkletProcessor',
    class {
      readonly port = {};
    },
  );
  vi.stubGlobal(
    'registerProcessor',
    (_name: string, processor: typeof CaptureProcessor) => (CaptureProcessor = processor),
  );
  vi.stubGlobal('sampleRate', audioThread.sampleRate);
  Object.defineProperty(globalThis, 'currentFrame', { configurable: true, get: () => audioThread.currentFrame });
  // Not a literal: the worklet is checked with the globals of its own thread, not with those of this file.
  const worklet = '../../../worklets/capture';
  await import(worklet);
  vi.unstubAllGlobals();
  vi.stubGlobal('sampleRate', audioThread.sampleRate);
});

/** A processor with a worker's side that keeps the pieces until the test gives them back. */
function capture(pieceSamples: number, backlogPieces: number) {
  audioThread.currentFrame = 0;
  const processor = new CaptureProcessor({ processorOptions: { pieceSamples, backlogPieces } });
  const pieces: PieceMessage[] = [];
  const output: {
    onmessage?: (event: { data: unknown }) => void;
    postMessage(message: PieceMessage, transfer: unknown[]): void;
  } = {
    postMessage(message, transfer) {
      expect(transfer).toEqual([message.samples.buffer]);
      pieces.push({ ...message });
    },
  };
  processor.port.onmessage?.({ data: { port: output } });
  let time = 0;
  return {
    pieces,
    run(blocks: number, block: (firstSample: number) => Float32Array[]): void {
      for (let i = 0; i < blocks; i++) {
        expect(processor.process([block(time)])).toBe(true);
        time += BLOCK;
        audioThread.currentFrame = time;
      }
    },
    setPieces(pieceSamples: number, backlogPieces: number): void {
      processor.port.onmessage?.({ data: { pieceSamples, backlogPieces } });
    },
    giveBack(count: number): void {
      for (const { samples } of pieces.slice(-count)) output.onmessage?.({ data: samples });
    },
  };
}

const ramp = (first: number): Float32Array[] => [Float32Array.from({ length: BLOCK }, (_, i) => first + i)];

describe('capture worklet', () => {
  it('changes to pieces of another length without losing or repeating a sample', () => {
    const { pieces, run, setPieces, giveBack } = capture(200, 10);
    const heard: { samples: number[]; endSeconds: number; droppedPieces: number }[] = [];
    const runAndReturn = (blocks: number): void => {
      for (let block = 0; block < blocks; block++) {
        run(1, ramp);
        const newest = pieces.slice(heard.length);
        heard.push(...newest.map((piece) => ({ ...piece, samples: [...piece.samples] })));
        giveBack(newest.length);
      }
    };
    runAndReturn(2);
    // The piece that is being filled is completed first.
    setPieces(50, 40);
    runAndReturn(6);
    setPieces(300, 10);
    runAndReturn(10);
    const lengths = heard.map(({ samples }) => samples.length);
    expect(lengths.slice(0, 3)).toEqual([200, 200, 50]);
    expect(lengths.at(-1)).toBe(300);
    const samples = heard.flatMap((piece) => piece.samples);
    expect(samples).toEqual(samples.map((_, i) => i));
    expect(heard.every(({ droppedPieces }) => droppedPieces === 0)).toBe(true);
    for (const [n, { endSeconds }] of heard.entries()) {
      const end = lengths.slice(0, n + 1).reduce((sum, length) => sum + length, 0);
      expect(endSeconds).toBeCloseTo(end / SAMPLE_RATE_HZ, 9);
    }
  });

  it('keeps its pieces when others were wanted for a moment only', () => {
    const { pieces, run, setPieces } = capture(200, 10);
    setPieces(50, 40);
    setPieces(200, 10);
    run(5, ramp);
    expect(pieces.map(({ samples }) => samples.length)).toEqual([200, 200, 200]);
  });

  it('cuts blocks into pieces without losing or repeating a sample, stamped with the audio clock', () => {
    const { pieces, run } = capture(200, 10);
    run(10, ramp);
    expect(pieces).toHaveLength(6);
    for (const [n, piece] of pieces.entries()) {
      expect([...piece.samples]).toEqual(Array.from({ length: 200 }, (_, i) => n * 200 + i));
      expect(piece.endSeconds).toBeCloseTo(((n + 1) * 200) / SAMPLE_RATE_HZ, 9);
      expect(piece.waitingPieces).toBe(0);
    }
  });

  it('mixes channels down to their mean', () => {
    const { pieces, run } = capture(BLOCK, 4);
    run(1, () => [new Float32Array(BLOCK).fill(1), new Float32Array(BLOCK).fill(0.5)]);
    expect([...(pieces[0] as PieceMessage).samples]).toEqual(Array(BLOCK).fill(0.75));
  });

  it('continues with silence if the input has no channels', () => {
    const { pieces, run } = capture(BLOCK, 4);
    run(3, () => []);
    expect(pieces).toHaveLength(3);
    expect((pieces[2] as PieceMessage).samples.every((sample) => sample === 0)).toBe(true);
  });

  it('keeps the newest pieces while the worker is busy, counts the lost ones, and catches up in order', () => {
    const { pieces, run, giveBack } = capture(BLOCK, 10);
    run(50, ramp);
    const inFlight = pieces.length;
    expect(inFlight).toBe(6);
    // 44 more were completed, and the backlog holds 10 of them: 34 are lost, the oldest ones.
    const late: { first: number | undefined; waiting: number; dropped: number }[] = [];
    // Their arrays are filled again.
    for (const expected of [6, 4]) {
      giveBack(inFlight);
      const arrived = pieces.slice(-expected);
      late.push(
        ...arrived.map((piece) => ({
          first: piece.samples[0],
          waiting: piece.waitingPieces,
          dropped: piece.droppedPieces,
        })),
      );
    }
    expect(pieces).toHaveLength(inFlight + 10);
    expect(late).toEqual(
      Array.from({ length: 10 }, (_, i) => ({ first: (40 + i) * BLOCK, waiting: 9 - i, dropped: 34 })),
    );
  });

  it('refills returned arrays and allocates no new ones', () => {
    const { pieces, run, giveBack } = capture(BLOCK, 4);
    for (let i = 0; i < 200; i++) {
      run(1, ramp);
      giveBack(1);
    }
    expect(pieces).toHaveLength(200);
    expect(new Set(pieces.map((piece) => piece.samples.buffer)).size).toBeLessThanOrEqual(6);
  });
});
