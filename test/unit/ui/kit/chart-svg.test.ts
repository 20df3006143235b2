import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ChartData } from '../../../../src/ui/kit/chart/chart-data';
import { chartSvg } from '../../../../src/ui/kit/chart/chart-svg';
import { svgColours } from '../../../../src/ui/kit/chart/svg-picture';
import { loadAllTexts } from '../../../../src/ui/messages/messages';

beforeAll(loadAllTexts);

const chart: ChartData = {
  title: 'ROC of <Rex & "Co">',
  x: [0, 0.5, 1],
  lines: [
    { name: 'ROC', values: [0, null, 1], look: 'measured', points: true },
    { name: 'Guessing', values: [0, 0.5, 1], look: 'reference' },
  ],
  xName: 'False alarms',
  yName: 'Found',
  unit: true,
};

/** The texts that the picture shows, in its order. */
const textsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text ?? '');

/** The positions of its lines. */
const linesOf = (svg: string): string[] => [...svg.matchAll(/<polyline points="([^"]*)"/g)].map(([, at]) => at ?? '');

describe('a chart as SVG', () => {
  it('says what it shows, what its axes are and which numbers stand at them, and names its lines', () => {
    expect(textsOf(chartSvg(chart, ''))).toEqual([
      'ROC of &lt;Rex &amp; &quot;Co&quot;&gt;',
      ...['0', '0.2', '0.4', '0.6', '0.8', '1'],
      ...['0', '0.2', '0.4', '0.6', '0.8', '1'],
      ...['False alarms', 'Found'],
      ...['ROC', 'Guessing'],
    ]);
  });

  it('ends a line where a value is missing if the chart has gaps, and begins it again', () => {
    expect(linesOf(chartSvg({ ...chart, hasGaps: true }, ''))).toHaveLength(3);
    expect(linesOf(chartSvg(chart, ''))).toHaveLength(2);
  });

  it('draws each line from where it begins to where it ends, across what is missing', () => {
    const [measured, reference] = linesOf(chartSvg(chart, ''));
    expect(measured).toBe('72,416 616,56');
    expect(reference).toBe('72,416 344,236 616,56');
    expect(chartSvg(chart, '').match(/<circle /g)).toHaveLength(2);
  });

  it('begins and ends axes of other values at round numbers', () => {
    const losses = {
      ...chart,
      unit: false,
      x: [1, 2, 3],
      lines: [{ name: 'Loss', values: [0.93, 0.4, null], look: 'second' }],
    };
    const texts = textsOf(chartSvg(losses as ChartData, ''));
    expect(texts.slice(1, -3)).toEqual(['1', '1.5', '2', '2.5', '3', '0.4', '0.6', '0.8', '1']);
    expect(linesOf(chartSvg(losses as ChartData, ''))[0]).toBe('72,98 344,416');
  });

  it('leaves out lines without a value', () => {
    const empty = { name: 'Held out', values: [null, null, null], look: 'second' } as const;
    expect(chartSvg({ ...chart, lines: [...chart.lines, empty] }, '')).toBe(chartSvg(chart, ''));
  });

  it.each([
    ['nothing at all', []],
    ['one value', [0.3]],
  ])('of %s has no impossible number in it', (_, values) => {
    const data: ChartData = { ...chart, unit: false, x: values, lines: [{ name: 'a', values, look: 'measured' }] };
    expect(chartSvg(data, '')).not.toMatch(/NaN|Infinity/);
  });

  it('needs nothing beside it, and no page', () => {
    const svg = chartSvg(chart, '');
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/http|var\(|class=|url\(|<script|<style/);
  });

  it('holds no character that XML forbids, whatever a sound is called', () => {
    const svg = chartSvg({ ...chart, title: 'a\u0000b\u001bc\ud800d\ufffee\u0085', xName: '\ud83d\udc15' }, 'x\u0007');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    expect(svg).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cs}/u);
    expect(svg).toContain('\ud83d\udc15');
  });

  it('has the colours of the light theme', () => {
    const tokens = readFileSync('src/ui/tokens.css', 'utf8');
    for (const [name, colour] of Object.entries(svgColours)) {
      expect(tokens, name).toContain(`--${name}: light-dark(${colour}, `);
    }
  });
});
