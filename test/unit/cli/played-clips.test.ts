import { describe, expect, it } from 'vitest';
import { peaksWhilePlayed, readCompanions, wrongLabels } from '../../../cli/evaluation/played-clips';
import { meaningsOf } from '../../../cli/scenes/meanings';
import type { Label } from '../../../src/shared/contracts/model/label';
import { startShipped } from '../support/model';
import { whiteNoise } from '../support/random';

const label = (id: string, more: Partial<Label> = {}): Label => ({ id, name: id, group: 'animals', ...more });
const labels = [label('dog'), label('bark', { parents: ['dog'] }), label('wind'), label('glass'), label('door')];
const ids = labels.map(({ id }) => id);
const companions = new Map([['dog', ['wind']]]);
const wrongOf = (sound: string, peaks: readonly number[]) =>
  wrongLabels({ file: 'a', sounds: [sound], peaks: Float32Array.from(peaks) }, ids, meaningsOf(labels), companions);

describe('wrong labels of a played clip', () => {
  it('are those above 0.8 that its list does not name, strongest first', () => {
    expect(wrongOf('dog', [1, 0, 0, 0.85, 0.9]).map(({ id }) => id)).toEqual(['door', 'glass']);
    expect(wrongOf('dog', [1, 0, 0, 0.79, 0])).toEqual([]);
  });

  it('are related if the clip may hold them', () => {
    expect(wrongOf('dog', [0, 0.9, 0.95, 0.85, 0]).map(({ id, isRelated }) => [id, isRelated])).toEqual([
      ['wind', true],
      ['bark', true],
      ['glass', false],
    ]);
  });

  it('never are labels above the clip’s own', () => {
    expect(wrongOf('bark', [0.99, 0.9, 0, 0, 0])).toEqual([]);
  });
});

describe('the list of companions', () => {
  it('gives what may also sound by name', async () => {
    const known = await readCompanions('training/lists/may-also-sound.csv');
    expect(known.get('coughing')).toEqual(['breathing', 'speech', 'Throat clearing']);
    expect(known.get('Traffic noise, roadway noise')).toContain('car_horn');
  });
});

describe('playing a clip', () => {
  it('repeats it, so that a longer playing only finds higher peaks', async () => {
    const model = await startShipped('wasm');
    const clip = whiteNoise(model.spec.sampleRateHz, 3).map((value) => value / 4);
    const short = await peaksWhilePlayed(model, clip, 2, 8);
    const long = await peaksWhilePlayed(model, clip, 4, 8);
    const twice = new Float32Array(4 * clip.length);
    for (let i = 0; i < 4; i++) twice.set(clip, i * clip.length);
    expect(await peaksWhilePlayed(model, twice, 4, 8)).toEqual(long);
    expect(long.every((peak, i) => peak >= (short[i] as number))).toBe(true);
    expect(Math.max(...short)).toBeGreaterThan(0);
    model.dispose();
  });
});
