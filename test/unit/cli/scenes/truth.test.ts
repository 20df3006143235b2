import { describe, expect, it } from 'vitest';
import { describedLabels, meaningsOf } from '../../../../cli/scenes/meanings';
import type { SceneEvent } from '../../../../cli/scenes/scene-set';
import { sceneTruth, windowTruth } from '../../../../cli/scenes/truth';
import type { Label } from '../../../../src/shared/contracts/model/label';

const label = (id: string, more: Partial<Label> = {}): Label => ({ id, name: id, group: 'animals', ...more });
const labels = [
  label('animal'),
  label('dog', { audioSet: ['/m/0bt9lr'], parents: ['animal'] }),
  label('bark', { audioSet: ['/m/05tny_'], parents: ['dog'] }),
  label('horn'),
  label('monkey', { parents: ['animal'] }),
];
const ids = labels.map(({ id }) => id);
const event = (
  sound: string,
  onsetSeconds: number,
  endSeconds: number,
  isCertain = true,
  audioSet = '',
): SceneEvent => ({
  sound,
  audioSet,
  onsetSeconds,
  endSeconds,
  isCertain,
});
const truthOf = (events: readonly SceneEvent[], id: string) =>
  sceneTruth({ events }, ids, meaningsOf(labels))[ids.indexOf(id)];
const stretch = (startSeconds: number, endSeconds: number) => ({ startSeconds, endSeconds });

describe('what sounds in a scene', () => {
  it('is the label of a class or an id and all labels above it', () => {
    const events = [event('Dog', 1, 3, true, '/m/0bt9lr'), event('bark', 10, 11)];
    expect(truthOf(events, 'dog')?.sounding).toEqual([stretch(1, 3), stretch(10, 11)]);
    expect(truthOf(events, 'animal')?.sounding).toEqual([stretch(1, 3), stretch(10, 11)]);
    expect(truthOf(events, 'bark')?.sounding).toEqual([stretch(10, 11)]);
    expect(truthOf([event('Monkey', 1, 2)], 'monkey')?.sounding).toEqual([stretch(1, 2)]);
  });

  it('is unknown for the labels below, because a name says too little', () => {
    const events = [event('Dog', 1, 3, true, '/m/0bt9lr')];
    expect(truthOf(events, 'bark')).toEqual({ sounding: [], unknown: [stretch(1, 3)] });
    expect(truthOf(events, 'horn')).toEqual({ sounding: [], unknown: [] });
  });

  it('is unknown where the list doubts it, also for a label that the name itself means', () => {
    const events = [event('Dog', 1, 3, true, '/m/0bt9lr'), event('dog', 1, 3, false), event('dog', 2, 6)];
    expect(truthOf(events, 'dog')).toEqual({ sounding: [stretch(2, 6)], unknown: [stretch(1, 3)] });
  });

  it('joins soundings that overlap', () => {
    expect(truthOf([event('dog', 4, 6), event('dog', 1, 2), event('bark', 5, 9)], 'dog')?.sounding).toEqual([
      stretch(1, 2),
      stretch(4, 9),
    ]);
  });
});

describe('whether a window holds a sound', () => {
  const truth = { sounding: [stretch(10, 12), stretch(20, 20.2)], unknown: [stretch(30, 40)] };

  it('needs a third of a second of it, or half of a shorter one', () => {
    expect(windowTruth(truth, stretch(8.5, 10.4))).toBe(1);
    expect(windowTruth(truth, stretch(8.4, 10.3))).toBe(0);
    expect(windowTruth(truth, stretch(18.2, 20.11))).toBe(1);
    expect(windowTruth(truth, stretch(18, 20.09))).toBe(0);
  });

  it('is unknown if any part of the window is, unless the sound is certain', () => {
    expect(windowTruth(truth, stretch(28.2, 30.1))).toBeUndefined();
    expect(windowTruth({ ...truth, sounding: [stretch(31, 33)] }, stretch(30.5, 32.4))).toBe(1);
    expect(windowTruth(truth, stretch(40, 42))).toBe(0);
  });
});

describe('labels of a model made before labels had classes', () => {
  it('get them from the list of candidates, without parents that the model lacks', async () => {
    const [rooster, hen] = await describedLabels([label('rooster'), label('hen')]);
    expect(rooster).toEqual(label('rooster', { audioSet: ['/m/07qn5dc'] }));
    expect(hen?.audioSet).toContain('/m/09b5t');
  });

  it('stay as they are if the model has its own', async () => {
    expect(await describedLabels(labels)).toEqual(labels);
  });
});
