import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { complaints, largeThings } from '../../../scripts/structure.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'earmark-structure-'));
  plant('src/ui/small.ts', 'export const one = 1;\n');
});
afterEach(() => rmSync(root, { recursive: true }));

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const lines = (count: number): string => 'void 0;\n'.repeat(count);
const members = (count: number): string =>
  Array.from({ length: count }, (_, i) => `  member${i}() {}\n  private hidden${i}() {}\n  #own${i} = 1;\n`).join('');

/** What is too large, as `place: size`. */
const found = (): string[] => largeThings(root).map(({ place, size }) => `${place}: ${size}`);

describe('the structure of src', () => {
  it('may have files of 300 lines, functions of 60, classes of 25 members and folders of 16 files', () => {
    plant('src/ui/long.ts', lines(300));
    plant('src/ui/function.ts', `export function run() {\n${lines(58)}}\n`);
    plant('src/ui/class.ts', `export class Wide {\n${members(25)}}\n`);
    for (let i = 0; i < 12; i++) plant(`src/ui/file${i}.ts`, '');
    expect(found()).toEqual([]);
  });

  it('has no file of 301 lines', () => {
    plant('src/ui/long.ts', lines(301));
    expect(found()).toEqual(['src/ui/long.ts: 301']);
  });

  it.each([
    ['a function', (body: string) => `export function run() {\n${body}}\n`, 'run'],
    ['a method', (body: string) => `class A {\n  run() {\n${body}}\n}\n`, 'A.run'],
    ['a constructor', (body: string) => `class A {\n  constructor() {\n${body}}\n}\n`, 'A.constructor'],
    ['an arrow', (body: string) => `const run = () => {\n${body}};\n`, 'run.function without a name'],
  ])('has no %s of 61 lines', (_, around, name) => {
    plant('src/ui/function.ts', around(lines(59)));
    expect(found()).toEqual([`src/ui/function.ts#${name}: 61`]);
  });

  it('has no class of 26 public members, where a getter and its setter are one', () => {
    plant('src/ui/class.ts', `export class Wide {\n${members(25)}  get x() { return 1; }\n  set x(_) {}\n}\n`);
    expect(found()).toEqual(['src/ui/class.ts#Wide: 26']);
  });

  it('has no folder of 17 files', () => {
    for (let i = 0; i < 17; i++) plant(`src/app/file${i}.ts`, '');
    expect(found()).toEqual(['src/app: 17']);
  });
});

describe('exceptions', () => {
  const large = [{ place: 'src/long.ts', size: 400, limit: 300, of: 'lines' }];

  it('are needed for anything larger', () => {
    expect(complaints(large, {}, '')).toEqual(['src/long.ts has 400 lines, and 300 are the most.']);
  });

  it('are in the document with their reasons', () => {
    expect(complaints(large, { 'src/long.ts': 'It is a table.' }, 'Why so long?\nIt is a\ntable.')).toEqual([]);
    expect(complaints(large, { 'src/long.ts': 'It is a table.' }, 'Nothing')).toHaveLength(1);
  });

  it('must be removed once nothing is too large any more', () => {
    expect(complaints([], { 'src/long.ts': 'It is a table.' }, 'It is a table.')).toHaveLength(1);
  });
});
