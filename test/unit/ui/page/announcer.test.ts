import { describe, expect, it } from 'vitest';
import { Announcer } from '../../../../src/ui/page/announcer';

const names = ['Dog', 'Cat', 'Rain'];

describe('what is read out', () => {
  it('is a new sound, once', () => {
    const announcer = new Announcer();
    expect(announcer.take([0.49, 0, 0], names, 0)).toEqual([]);
    expect(announcer.take([0.5, 0, 0], names, 100)).toEqual(['Dog']);
    expect(announcer.take([0.9, 0, 0], names, 9000)).toEqual([]);
  });

  it('is not a sound that hovers around the threshold, but one that was gone', () => {
    const announcer = new Announcer();
    announcer.take([0.6, 0, 0], names, 0);
    announcer.take([0.35, 0, 0], names, 10_000);
    expect(announcer.take([0.6, 0, 0], names, 20_000)).toEqual([]);
    announcer.take([0.29, 0, 0], names, 30_000);
    expect(announcer.take([0.6, 0, 0], names, 40_000)).toEqual(['Dog']);
  });

  it('waits four seconds after the last, and then names all new ones', () => {
    const announcer = new Announcer();
    announcer.take([0.6, 0, 0], names, 0);
    expect(announcer.take([0.6, 0.8, 0], names, 1000)).toEqual([]);
    expect(announcer.take([0.6, 0, 0.7], names, 3999)).toEqual([]);
    expect(announcer.take([0.6, 0, 0.7], names, 4000)).toEqual(['Cat', 'Rain']);
  });

  it('starts over after listening ended', () => {
    const announcer = new Announcer();
    announcer.take([0.6, 0, 0], names, 0);
    announcer.take([0.6, 0.8, 0], names, 1000);
    announcer.reset();
    expect(announcer.take([0.6, 0, 0], names, 9000)).toEqual(['Dog']);
  });
});
