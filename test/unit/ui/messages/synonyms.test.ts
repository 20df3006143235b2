import { describe, expect, it } from 'vitest';
import { synonyms as german } from '../../../../src/ui/messages/de/search';
import { synonyms as english } from '../../../../src/ui/messages/en/search';
import { goesBy } from '../../../../src/ui/messages/goes-by';
import { loadAllTexts } from '../../../../src/ui/messages/messages';
import labels from '../../../../training/lists/candidate-labels.json';

describe.each([
  ['English', english],
  ['German', german],
])('the synonyms in %s', (_, synonyms) => {
  it('exist for every label that a model may have, and for no other', () => {
    expect(Object.keys(synonyms).sort()).toEqual(labels.map(({ id }) => id).sort());
  });

  it('are lower-case and unique per label, so that a search finds them', () => {
    for (const words of Object.values(synonyms)) {
      expect(words).toEqual([...new Set(words.map((word) => word.toLowerCase().trim()))]);
    }
  });
});

describe('a label', () => {
  const vacuum = { id: 'vacuum_cleaner', name: 'Vacuum cleaner' };

  it('matches a part of its name at any time, and a synonym’s first letters once the texts are loaded', async () => {
    expect(goesBy(vacuum, ' CLEAN')).toBe(true);
    expect(goesBy(vacuum, 'hoov')).toBe(false);
    await loadAllTexts().catch(() => undefined);
    expect(goesBy(vacuum, 'Hoov')).toBe(true);
    expect(goesBy(vacuum, 'oover')).toBe(false);
    expect(goesBy(vacuum, 'ho')).toBe(false);
  });
});
