import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { labelGroups, labelsAbove, parseLabels } from '../../../src/shared/contracts/model/label';
import { BadValue } from '../../../src/shared/lib/validate';
import candidates from '../../../training/lists/candidate-labels.json';

const label = (id: string, ...parents: string[]) => ({
  id,
  name: id,
  group: 'animals' as const,
  ...(parents.length > 0 && { parents }),
});

function faultOf(value: unknown): unknown {
  try {
    parseLabels(value);
  } catch (error) {
    if (error instanceof BadValue) return error.fault;
    throw error;
  }
  return undefined;
}

describe('labels', () => {
  it('may name their AudioSet classes and their parents, in any order', () => {
    const labels = [label('bark', 'dog'), { ...label('dog', 'animal', 'pet'), audioSet: ['/m/0bt9lr', '/t/dd00136'] }];
    const all = [...labels, label('animal'), label('pet', 'animal')];
    expect(parseLabels(all)).toEqual(all);
  });

  it.each([
    ['a parent that is no label', [label('bark', 'dog')], '0.parents.0', 'no-such-label'],
    ['a label above itself', [label('a', 'b'), label('b', 'a')], '0.parents', 'own-parent'],
    ['its own parent', [label('a'), label('b', 'b')], '1.parents', 'own-parent'],
    [
      'a long way round',
      [label('z', 'a'), label('a', 'b'), label('b', 'c'), label('c', 'a')],
      '1.parents',
      'own-parent',
    ],
    ['parents that are no list', [{ ...label('a'), parents: 'b' }], '0.parents', 'wrong-type'],
    ['no parents in a list', [{ ...label('a'), parents: [] }], '0.parents', 'wrong-length'],
    ['a class without a slash', [{ ...label('a'), audioSet: ['0bt9lr'] }], '0.audioSet.0', 'wrong-form'],
    ['no classes in a list', [{ ...label('a'), audioSet: [] }], '0.audioSet', 'wrong-length'],
  ])('are refused with %s', (_, value, where, why) => {
    expect(faultOf(value)).toMatchObject({ where, why });
  });

  it('know all labels above them, each once', () => {
    const above = labelsAbove([label('bark', 'dog', 'animal'), label('dog', 'animal'), label('animal'), label('rain')]);
    expect([...above].map(([id, labels]) => [id, [...labels].sort()])).toEqual([
      ['bark', ['animal', 'dog']],
      ['dog', ['animal']],
      ['animal', []],
      ['rain', []],
    ]);
  });
});

describe('the labels that a model may have', () => {
  it('can be used, and every group has some', () => {
    expect(parseLabels(candidates)).toEqual(candidates);
    expect(new Set(candidates.map(({ group }) => group))).toEqual(new Set(labelGroups));
  });

  it('have the English names of the page', async () => {
    const { labels } = await import('../../../src/ui/messages/en/labels');
    expect(labels).toEqual(Object.fromEntries(candidates.map(({ id, name }) => [id, name])));
  });

  it('have a German name each, which no two share', async () => {
    const { labels } = await import('../../../src/ui/messages/de/labels');
    const names = Object.values(labels);
    expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
    expect(Object.keys(labels)).toEqual(candidates.map(({ id }) => id));
  });

  it('fit beside their number on the wall', async () => {
    // A seventh of a screen's height each; longer ones are cut off.
    const german = await import('../../../src/ui/messages/de/labels');
    const english = await import('../../../src/ui/messages/en/labels');
    for (const name of [...Object.values(german.labels), ...Object.values(english.labels)]) {
      expect(name.length, name).toBeLessThanOrEqual(19);
    }
  });
});

it('the list says nothing that the page would not read', () => {
  const written = JSON.parse(readFileSync('training/lists/candidate-labels.json', 'utf8')) as object[];
  const fields = new Set(written.flatMap((row) => Object.keys(row)));
  expect(fields).toEqual(new Set(['id', 'name', 'group', 'audioSet', 'parents']));
});
