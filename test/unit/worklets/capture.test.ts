import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { CaptureOptions, HopMessage } from '../../../src/shared/contracts/capture-messages';

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

/** A processor with a worker's side that keeps the hops until the test gives them back. */
function capture(hopSamples: number, backlogHops: number) {
  audioThread.currentFrame = 0;
  const processor = new CaptureProcessor({ processorOptions: { hopSamples, backlogHops } });
  const hops: HopMessage[] = [];
  const output: {
    onmessage?: (event: { data: unknown }) => void;
    postMessage(message: HopMessage, transfer: unknown[]): void;
  } = {
    postMessage(message, transfer) {
      expect(transfer).toEqual([message.samples.buffer]);
      hops.push({ ...message });
    },
  };
  processor.port.onmessage?.({ data: { port: output } });
  let time = 0;
  return {
    hops,
    run(blocks: number, block: (firstSample: number) => Float32Array[]): void {
      for (let i = 0; i < blocks; i++) {
        expect(processor.process([block(time)])).toBe(true);
        time += BLOCK;
        audioThread.currentFrame = time;
      }
    },
    giveBack(count: number): void {
      for (const { samples } of hops.slice(-count)) output.onmessage?.({ data: samples });
    },
  };
}

const ramp = (first: number): Float32Array[] => [Float32Array.from({ length: BLOCK }, (_, i) => first + i)];

describe('capture worklet', () => {
  it('cuts blocks into hops without losing or repeating a sample, stamped with the audio clock', () => {
    const { hops, run } = capture(200, 10);
    run(25, ramp);
    expect(hops).toHaveLength(16);
    for (const [n, hop] of hops.entries()) {
      expect([...hop.samples]).toEqual(Array.from({ length: 200 }, (_, i) => n * 200 + i));
      expect(hop.endSeconds).toBeCloseTo(((n + 1) * 200) / SAMPLE_RATE_HZ, 9);
      expect(hop.waitingHops).toBe(0);
    }
  });

  it('mixes channels down to their mean', () => {
    const { hops, run } = capture(BLOCK, 4);
    run(1, () => [new Float32Array(BLOCK).fill(1), new Float32Array(BLOCK).fill(0.5)]);
    expect([...(hops[0] as HopMessage).samples]).toEqual(Array(BLOCK).fill(0.75));
  });

  it('continues with silence if the input has no channels', () => {
    const { hops, run } = capture(BLOCK, 4);
    run(3, () => []);
    expect(hops).toHaveLength(3);
    expect((hops[2] as HopMessage).samples.every((sample) => sample === 0)).toBe(true);
  });

  it('keeps the newest hops while the worker is busy, counts the lost ones, and catches up in order', () => {
    const { hops, run, giveBack } = capture(BLOCK, 10);
    run(50, ramp);
    const inFlight = hops.length;
    expect(inFlight).toBe(16);
    // 34 more were completed, and the backlog holds 10 of them: 24 are lost, the oldest ones.
    giveBack(inFlight);
    const late = hops.slice(inFlight);
    expect(late.map((hop) => hop.samples[0])).toEqual(Array.from({ length: 10 }, (_, i) => (40 + i) * BLOCK));
    expect(late.map((hop) => hop.waitingHops)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(late.every((hop) => hop.droppedHops === 24)).toBe(true);
  });

  it('refills returned arrays and allocates no new ones', () => {
    const { hops, run, giveBack } = capture(BLOCK, 4);
    for (let i = 0; i < 200; i++) {
      run(1, ramp);
      giveBack(1);
    }
    expect(hops).toHaveLength(200);
    expect(new Set(hops.map((hop) => hop.samples.buffer)).size).toBeLessThanOrEqual(16);
  });
});
