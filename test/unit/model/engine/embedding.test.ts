import { describe, expect, it } from 'vitest';
import { tensorCount } from '../../../../src/model/engine/backends';
import { splitWeights, weightValues } from '../../../../src/model/folder/weights';
import { headLogits, headProbabilities, selectLabels } from '../../../../src/model/head/head';
import type { BackendName } from '../../../../src/shared/contracts/backend';
import { largestDifference } from '../../support/arrays';
import { shippedFile, shippedFolder, startShipped } from '../../support/model';
import { whiteNoise } from '../../support/random';

describe('embeddings of a recording', () => {
  it.each<BackendName>(['wasm', 'cpu'])('are those of its windows, one by one, on %s', async (backend) => {
    const model = await startShipped(backend);
    const { frames, melBands } = model.spec;
    const columns = whiteNoise(200 * melBands, 1);
    const embeddings = await model.embed(columns, 200);
    // Windows start every 8 columns: at 0, 8, … 80.
    expect(embeddings).toHaveLength(11 * 256);
    for (const position of [0, 5, 10]) {
      const window = columns.slice(position * 8 * melBands, (position * 8 + frames) * melBands);
      const expected = await model.predict(window, 1);
      const own = embeddings.subarray(position * 256, (position + 1) * 256);
      expect(largestDifference(headProbabilities(own, model.folder.head), expected)).toBeLessThan(1e-5);
    }
    model.dispose();
  });

  it('do not depend on how a long recording is cut into passes', async () => {
    const model = await startShipped('wasm');
    const { frames, melBands } = model.spec;
    // 150 positions are five passes.
    const count = frames + 8 * 149;
    const columns = whiteNoise(count * melBands, 2);
    const embeddings = await model.embed(columns, count);
    expect(embeddings).toHaveLength(150 * 256);
    for (const position of [31, 32, 63, 64, 149]) {
      const start = position * 8 * melBands;
      const alone = await model.embed(columns.subarray(start, start + frames * melBands), frames);
      const own = embeddings.subarray(position * 256, (position + 1) * 256);
      expect(largestDifference(own, alone), `position ${position}`).toBeLessThan(1e-5);
    }
    model.dispose();
  });

  it('leave out windows that the recording does not fill, and reject less than one', async () => {
    const model = await startShipped('cpu');
    const { melBands } = model.spec;
    expect(await model.embed(new Float32Array(127 * melBands), 127)).toHaveLength(256);
    await expect(model.embed(new Float32Array(119 * melBands), 119)).rejects.toThrow(RangeError);
    await expect(model.embed(new Float32Array(7), 120)).rejects.toThrow(RangeError);
    model.dispose();
  });

  it('keep no tensors, and the model frees all of them', async () => {
    const before = tensorCount();
    const model = await startShipped('wasm');
    const loaded = tensorCount();
    await model.embed(new Float32Array(130 * 120), 130);
    expect(tensorCount()).toBe(loaded);
    model.dispose();
    expect(tensorCount()).toBe(before);
  });
});

describe('heads', () => {
  // Two embeddings of two values and three labels, multiplied by hand.
  const head = { kernel: Float32Array.of(1, 2, 3, 10, 20, 30), bias: Float32Array.of(0.5, 0, -1) };

  it('multiply and add', () => {
    expect([...headLogits(Float32Array.of(1, 0, 2, 3), head)]).toEqual([1.5, 2, 2, 32.5, 64, 95]);
    expect(() => headLogits(Float32Array.of(1, 0, 2), head)).toThrow(RangeError);
  });

  it('are calibrated', () => {
    const calibration = { scale: [1, 2, 0], offset: [0, -4, 1] };
    const [first, second, third] = headProbabilities(Float32Array.of(1, 0), { ...head, calibration, hierarchy: [] });
    expect(first).toBeCloseTo(1 / (1 + Math.exp(-1.5)), 6);
    expect(second).toBeCloseTo(0.5, 6);
    expect(third).toBeCloseTo(1 / (1 + Math.exp(-1)), 6);
  });

  it('can be cut down to some labels', () => {
    const { kernel, bias } = selectLabels(head, [2, 0]);
    expect([...kernel]).toEqual([3, 1, 30, 10]);
    expect([...bias]).toEqual([-1, 0.5]);
  });
});

describe('stored weights', () => {
  it('are read as halves: bits and values from the table of IEEE 754', () => {
    const bits = Uint16Array.of(0x3c00, 0xc000, 0x3555, 0x0001, 0x7bff, 0x8000, 0x0400, 0x83ff, 0xfc00, 0x7e00);
    const quantization = { dtype: 'float16' as const };
    const entry = { name: 'w', shape: [10], dtype: 'float32' as const, quantization };
    const [weight] = splitWeights([entry as never], bits.buffer);
    const values = weightValues(weight as never);
    expect([...values]).toEqual([
      1,
      -2,
      0.333251953125,
      2 ** -24,
      65504,
      -0,
      2 ** -14,
      -1023 * 2 ** -24,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
    ]);
  });

  it('are read as steps of 8 bits, whose size and start the folder says', () => {
    const entry = { name: 'w', shape: [3], dtype: 'float32' as const };
    const bytes = Uint8Array.of(0, 127, 255).buffer;
    const [weight] = splitWeights([{ ...entry, quantization: { dtype: 'uint8', scale: 0.5, min: -63.5 } }], bytes);
    expect([...weightValues(weight as never)]).toEqual([-63.5, 0, 64]);
    const [unknown] = splitWeights([{ ...entry, quantization: { dtype: 'uint8' } }], bytes);
    expect(() => weightValues(unknown as never)).toThrow('the weight “w” has steps of no size');
  });

  it('name the backbone, whatever head is on it', async () => {
    const { backbone } = await shippedFolder();
    expect(backbone).toMatch(/^earmark-52-[0-9a-f]{16}$/);
    const { readModelFolder } = await import('../../../../src/model/folder/model-folder');
    const withByte = (byteFromEnd: number) =>
      readModelFolder('earmark-52', async (file) => {
        const bytes = await shippedFile(file);
        if (file !== 'weights.bin') return bytes;
        const view = new Uint8Array(bytes);
        const at = view.length - byteFromEnd;
        view[at] = (view[at] as number) ^ 1;
        return bytes;
      });
    // The head comes last: 52 biases and 256 · 52 weights, two bytes each.
    const headBytes = 2 * 52 * 257;
    expect((await withByte(headBytes)).backbone).toBe(backbone);
    expect((await withByte(headBytes + 1)).backbone).not.toBe(backbone);
  });
});
