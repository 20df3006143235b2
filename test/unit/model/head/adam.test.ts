import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tensorCount } from '../../../../src/model/engine/backends';
import type { NetworkModel } from '../../../../src/model/engine/loaded-model';
import { Adam } from '../../../../src/model/head/adam';
import type { BackendName } from '../../../../src/shared/contracts/backend';
import { startShipped } from '../../support/model';

const RATE = 0.01;

describe.each<BackendName>(['wasm', 'cpu'])('Adam on %s', (backend) => {
  let model: NetworkModel;
  beforeAll(async () => {
    model = await startShipped(backend);
  });
  afterAll(() => model.dispose());

  /** Where Adam comes to from `start` by these gradients, one step each. */
  function endOf(start: number[], gradients: readonly number[][]): number[] {
    const first = tf.tensor2d([start]);
    const adam = new Adam(first);
    for (const values of gradients) {
      const gradient = tf.tensor2d([values]);
      adam.apply(gradient, RATE);
      gradient.dispose();
    }
    const end = [...adam.value.dataSync()];
    adam.dispose();
    first.dispose();
    return end;
  }

  it('first moves one rate against the gradient, however large that is', () => {
    // Both moments are corrected to the gradient and its square: g / √g² = ±1.
    const [a, b, c, d] = endOf([1, 1, 1, 1], [[0.001, -0.5, 40, 0]]) as [number, number, number, number];
    expect(a).toBeCloseTo(1 - RATE, 5);
    expect(b).toBeCloseTo(1 + RATE, 5);
    expect(c).toBeCloseTo(1 - RATE, 5);
    expect(d).toBe(1);
  });

  it('moves one rate per step while the gradient is constant', () => {
    const [a, b] = endOf([0, 5], Array(7).fill([2, -3])) as [number, number];
    expect(a).toBeCloseTo(-7 * RATE, 5);
    expect(b).toBeCloseTo(5 + 7 * RATE, 5);
  });

  it('hardly turns when the gradient reverses: its mean is a nineteenth of it', () => {
    // Mean: 0.9 · 0.1 g − 0.1 g = −0.01 g, corrected by 1 / (1 − 0.9²) to −g / 19. Square: g².
    const [value] = endOf([0], [[0.3], [-0.3]]) as [number];
    expect(value).toBeCloseTo(-RATE + RATE / 19, 6);
  });

  it('keeps moving when the gradient vanishes', () => {
    // Mean: 0.09 g / 0.19. Square: 0.999 · 0.001 g² / (1 − 0.999²) = (999 / 1999) g².
    const [value] = endOf([0], [[0.3], [0]]) as [number];
    expect(value).toBeCloseTo(-RATE - (RATE * 9) / 19 / Math.sqrt(999 / 1999), 6);
  });

  it('moves half a rate if the gradient is as small as the epsilon', () => {
    const [value] = endOf([0], [[1e-7]]) as [number];
    expect(value).toBeCloseTo(-RATE / 2, 6);
  });

  it('leaves the start unchanged, and keeps no tensors', () => {
    const start = tf.tensor2d([[1, 2]]);
    const gradient = tf.tensor2d([[1, -1]]);
    const before = tensorCount();
    const adam = new Adam(start);
    for (let step = 0; step < 3; step++) adam.apply(gradient, RATE);
    adam.dispose();
    expect(tensorCount()).toBe(before);
    expect([...start.dataSync()]).toEqual([1, 2]);
    tf.dispose([start, gradient]);
  });
});
