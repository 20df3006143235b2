import { expect, it } from 'vitest';
import { coursesSvg } from '../../../../src/ui/listen/meters/courses-svg';

const courses = [
  { name: 'Dog', values: Float32Array.of(Number.NaN, 0.25, 0.75, Number.NaN, 1) },
  { name: 'Cat', values: new Float32Array(5).fill(Number.NaN) },
];

it('draws the lines of labels below each other, with gaps where there was no result, and says them in words', () => {
  const svg = coursesSvg({ title: 'Strongest', durationSeconds: 60 }, courses);
  const lines = [...svg.matchAll(/<path d="([^"]*)" fill="none"/g)].map(([, path]) => path);
  expect(lines).toEqual(['M1 75L2 25M4 0', '']);
  // 544 pixels for the four steps between five values, 72 for the probability; a row is 112 high and begins at 56.
  expect([...svg.matchAll(/<g transform="([^"]*)"/g)].map(([, place]) => place)).toEqual([
    'translate(72 96) scale(136 0.72)',
    'translate(72 208) scale(136 0.72)',
  ]);
  expect(svg).toContain('<desc>Dog: 25% – 100%. Cat: –.</desc>');
  expect(svg).toContain('>−60 s</text>');
});
