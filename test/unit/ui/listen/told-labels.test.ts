import { describe, expect, it } from 'vitest';
import { ToldLabels } from '../../../../src/ui/listen/meters/told-labels';

const named = (id: string) => ({ id, name: id });
/** Animal, dog below it, bark below both; rain alone. */
const labels = [
  named('animal'),
  { ...named('dog'), above: [named('animal')] },
  { ...named('bark'), above: [named('dog'), named('animal')] },
  named('rain'),
];

const toldOf = (told: ToldLabels, ...probabilities: number[]): number[] =>
  Array.from(told.of(probabilities), (probability) => Number(probability.toFixed(3)));

describe('what a person is told', () => {
  it('is the narrowest label, where those above it are only as strong', () => {
    expect(toldOf(new ToldLabels(labels), 0.9, 0.9, 0.9, 0.4)).toEqual([0, 0, 0.9, 0.4]);
    expect(toldOf(new ToldLabels(labels), 0.93, 0.9, 0.2, 0.4)).toEqual([0, 0.9, 0.2, 0.4]);
  });

  it('is also a label above it that is clearly stronger', () => {
    expect(toldOf(new ToldLabels(labels), 0.9, 0.9, 0.5, 0)).toEqual([0, 0.9, 0.5, 0]);
    expect(toldOf(new ToldLabels(labels), 0.9, 0.3, 0.1, 0)).toEqual([0.9, 0.3, 0.1, 0]);
  });

  it('does not come and go with a small lead', () => {
    const told = new ToldLabels(labels);
    expect(toldOf(told, 0, 0.5, 0.44, 0)[1]).toBe(0.5);
    expect(toldOf(told, 0, 0.5, 0.46, 0)[1]).toBe(0);
    expect(toldOf(told, 0, 0.5, 0.44, 0)[1]).toBe(0);
    expect(toldOf(told, 0, 0.5, 0.41, 0)[1]).toBe(0.5);
  });

  it('is everything where there is no hierarchy, and nothing in silence', () => {
    expect(toldOf(new ToldLabels([named('a'), named('b')]), 0.9, 0.9)).toEqual([0.9, 0.9]);
    expect([...Array.from(new ToldLabels(labels).of([]))]).toEqual([]);
  });
});
