import { beforeAll, describe, expect, it } from 'vitest';
import type { ClipInfo } from '../../../../src/shared/contracts/clip';
import { loadAllTexts, t } from '../../../../src/ui/messages/messages';
import {
  filterClips,
  isToBeChecked,
  labelWords,
  NONE_OF_THESE,
  TO_BE_CHECKED,
  TO_BE_LABELLED,
} from '../../../../src/ui/teach/library-filter';

beforeAll(loadAllTexts);

const bell = { id: 'my_bell', name: 'Door bell' };
const kettle = { id: 'my_kettle', name: 'Kettle' };

function clip(id: string, name: string, labels: readonly string[], reviewed = true): ClipInfo {
  return { id, name, labels, reviewed, keptAtMs: 0, sampleRateHz: 16_000, sampleCount: 16_000, hash: id };
}

/** The oldest first, as the library has them. */
const clips = [
  clip('a', 'Kitchen', [bell.id]),
  { ...clip('b', 'Hall', [bell.id, kettle.id]), fileName: 'REC_0042.m4a' },
  clip('c', 'Street', []),
  clip('d', 'Garden', [], false),
  clip('e', 'BELL tower', [kettle.id], false),
];

const shown = (text: string, label = ''): string =>
  filterClips(clips, [bell, kettle], { text, label })
    .map(({ id }) => id)
    .join('');

describe('the library’s filter', () => {
  it('shows every clip, newest first, and leaves the list unchanged', () => {
    expect(shown('')).toBe('edcba');
    expect(clips.map(({ id }) => id).join('')).toBe('abcde');
  });

  it.each([
    ['part of a clip’s name', 'tch', 'a'],
    ['another case, with spaces around', '  HALL ', 'b'],
    ['part of a label’s name, or of a clip’s', 'bell', 'eba'],
    ['a label’s name that several clips have', 'kettle', 'eb'],
    ['part of the name of the file that it was imported from', 'rec_0042', 'b'],
    ['nothing that anything is called', 'piano', ''],
    ['an id, which nobody reads', 'my_', ''],
  ])('finds %s', (_, text, found) => {
    expect(shown(text)).toBe(found);
  });

  it.each([
    ['a label', bell.id, 'ba'],
    ['what is still to be labelled', TO_BE_LABELLED, 'd'],
    ['what has labels that nobody has checked', TO_BE_CHECKED, 'e'],
    ['what a person found to be none of the labels', NONE_OF_THESE, 'c'],
    ['a label that no clip has', 'my_drill', ''],
  ])('narrows to %s', (_, label, found) => {
    expect(shown('', label)).toBe(found);
  });

  it('narrows by both together', () => {
    expect(shown('kitchen', bell.id)).toBe('a');
    expect(shown('kitchen', kettle.id)).toBe('');
  });
});

describe('a clip that an import labelled', () => {
  it('needs checking until a person has looked at it', () => {
    expect(clips.filter(isToBeChecked).map(({ id }) => id)).toEqual(['e']);
  });

  it('says so in its row', () => {
    const names = new Map([bell, kettle].map(({ id, name }) => [id, name]));
    expect(clips.map((one) => labelWords(one, names))).toEqual([
      'Door bell',
      'Door bell, Kettle',
      t.teach.noneOfThese,
      t.library.toBeLabelled,
      t.library.toBeChecked('Kettle'),
    ]);
  });

  it('is described by its label’s id if nothing else is known', () => {
    expect(labelWords(clip('f', 'Attic', ['gone']), new Map())).toBe('gone');
  });
});
