import { readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseModelList } from '../../../src/shared/contracts/model/model-list';

describe('the list of models', () => {
  const shipped = parseModelList(JSON.parse(readFileSync('public/models/index.json', 'utf8')));

  it('names every model folder, and no other', () => {
    const folders = readdirSync('public/models', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(shipped.map(({ name }) => name).sort()).toEqual(folders.map(({ name }) => name).sort());
  });

  it('gives the size of the weights', () => {
    for (const { name, bytes } of shipped) {
      const files = readdirSync(`public/models/${name}`).filter((file) => /^(weights|group).*\.bin$/.test(file));
      const sum = files.reduce((total, file) => total + statSync(`public/models/${name}/${file}`).size, 0);
      expect([name, bytes]).toEqual([name, sum]);
    }
  });

  const model = { name: 'a-1', bytes: 5, summary: { en: 'One.', de: 'Eins.' } };

  it.each([
    ['no list', {}],
    ['an empty list', []],
    ['a name that leads elsewhere', [{ ...model, name: '../a' }]],
    ['no size', [{ ...model, bytes: '5' }]],
    ['no summary in a language', [{ ...model, summary: { en: 'One.' } }]],
  ])('is refused with %s', (_, value) => {
    expect(() => parseModelList(value)).toThrow(TypeError);
  });

  it('is accepted unchanged if it is valid', () => {
    expect(parseModelList([model])).toEqual([model]);
  });
});
