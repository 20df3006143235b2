import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { en } from '../../../../src/ui/messages/en';

/** Sources that take texts: all but the languages themselves. */
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/ui[\\/]messages[\\/](en|de)/.test(file))
  .map((file) => readFileSync(join('src', file), 'utf8'));

const inSources = (pattern: string): boolean => sources.some((source) => new RegExp(pattern).test(source));

/** Texts that no source takes: as `group.text`, or, where `group[…]` is looked up, by a key that stands somewhere. */
function unusedTexts(texts: object): string[] {
  return Object.entries(texts).flatMap(([group, members]) => {
    // Labels and groups of sounds come from the models.
    if (
      members === null ||
      typeof members !== 'object' ||
      ['labels', 'labelNames', 'groups', 'synonyms'].includes(group)
    )
      return [];
    const isLookedUp = inSources(`\\.${group}\\[`);
    return Object.keys(members)
      .filter((name) => !inSources(`\\b${group}\\.${name}\\b`) && !(isLookedUp && inSources(`\\b${name}\\b`)))
      .map((name) => `${group}.${name}`);
  });
}

it('holds no text that the page never shows', () => {
  expect(unusedTexts(en)).toEqual([]);
});

it('would notice one', () => {
  expect(unusedTexts({ settings: { close: 'Nobody reads this' } })).toEqual(['settings.close']);
});
