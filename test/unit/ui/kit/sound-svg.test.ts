import { describe, expect, it } from 'vitest';
import { type SoundPicture, soundSvg } from '../../../../src/ui/kit/chart/sound-svg';

const picture: SoundPicture = {
  title: 'Door & bell',
  words: 'Two <seconds>',
  columns: 'data:image/png;base64,AAAA',
  times: [
    { at: 0, name: '0 s' },
    { at: 1, name: '2 s' },
  ],
  frequencies: [{ at: 0.5, name: '1 kHz' }],
};

/** The path of the waveform. */
const waveOf = (svg: string): string | undefined => svg.match(/<path d="([^"]*)" fill="#a52c74"/)?.[1];

describe('a sound as SVG', () => {
  it('has its columns in it, with the names of its axes at their places', () => {
    const svg = soundSvg(picture);
    expect(svg).toContain('<image href="data:image/png;base64,AAAA" x="72" y="56" width="544" height="280"');
    expect(svg).toContain('<text x="72" y="360" text-anchor="middle">0 s</text>');
    expect(svg).toContain('<text x="616" y="360" text-anchor="middle">2 s</text>');
    expect(svg).toContain('<text x="60" y="200" text-anchor="end">1 kHz</text>');
    expect(svg).toContain('<title>Door &amp; bell</title>\n<desc>Two &lt;seconds&gt;</desc>');
  });

  it('draws the waveform above its columns, from its highest samples to its lowest', () => {
    const svg = soundSvg({ ...picture, peaks: Float32Array.of(-1, 1, -0.5, 0) });
    // Two parts of 272 pixels; the middle of the wave lies at 116, and a pixel at least is drawn.
    expect(waveOf(svg)).toBe('M208 55.5L480 115.5L480 146.5L208 176.5Z');
    expect(svg).toContain('y="176" width="544" height="280"');
    expect(waveOf(soundSvg(picture))).toBeUndefined();
  });

  it('pales what is cut off', () => {
    const svg = soundSvg({ ...picture, kept: { start: 0.25, end: 0.75 } });
    expect(svg).toContain(
      '<rect x="72" y="56" width="136" height="280"/><rect x="480" y="56" width="136" height="280"/>',
    );
  });
});
