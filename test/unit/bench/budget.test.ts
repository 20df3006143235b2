import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { overBudget, withStaticImports } from '../../../bench/budget/budget-check';
import { costOfTag } from '../../../src/model/engine/tag-cost';
import { startShipped } from '../support/model';

describe('the budget', () => {
  it('names what has grown by more than 5 %, and what is not in the budget', () => {
    const budget = { bytes: 1000, tensors: 20 };
    expect(overBudget({ bytes: 1050, tensors: 20 }, budget)).toEqual([]);
    expect(overBudget({ bytes: 1051, tensors: 19 }, budget)).toEqual(['bytes is 1,051, 5.1 % above 1,000']);
    expect(overBudget({ clouds: 1 }, budget)).toEqual(['clouds has no budget']);
  });

  it('measures what a script imports statically, not what it imports later', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'earmark-budget-'));
    await mkdir(join(folder, 'assets'));
    const files = {
      'main.js': 'import{a as b,c}from"./one.js";import"./two.js";const d=()=>import("./later.js");',
      'one.js': 'import*as x from"./two.js";export{y}from"./three.js";',
      'two.js': 'export const z="./later.js";',
      'three.js': "import q from'./main.js'",
      'later.js': '',
    };
    for (const [name, code] of Object.entries(files)) await writeFile(join(folder, 'assets', name), code);
    const found = await withStaticImports(folder, 'assets/main.js');
    await rm(folder, { recursive: true });
    expect([...found].sort()).toEqual(['assets/main.js', 'assets/one.js', 'assets/three.js', 'assets/two.js']);
  });

  it('counts the multiply-adds of a tag: what is new in a stride, per layer', async () => {
    const model = await startShipped('wasm');
    const { multiplyAdds, tensors } = await costOfTag(model, 8);
    // New columns · bands · channels · values of a filter.
    const convolutions = [
      4 * 60 * 16 * (5 * 5 * 1),
      2 * 30 * 32 * (3 * 3 * 16),
      2 * 30 * 48 * (3 * 3 * 32),
      15 * 80 * (3 * 3 * 48),
      15 * 80 * (3 * 3 * 80),
      7 * 160 * (3 * 3 * 80),
      7 * 160 * (3 * 3 * 160),
    ];
    expect(multiplyAdds).toBe(convolutions.reduce((sum, count) => sum + count, 160 * 256));
    // Eight layers with kernel and bias, as many that look back; seven convolutions keep their weights as a kernel of our own
    // reads them, and six of them for long passes as well.
    expect(tensors).toBe(2 * 8 + 8 + 7 + 6);
    // The network has only 8 strides a second: above that, whole windows run.
    expect((await costOfTag(model, 20)).multiplyAdds / 1e6).toBeCloseTo(38.9, 1);
    model.dispose();
  });
});
