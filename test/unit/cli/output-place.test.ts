import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { faultOfFolder, requireWritableFile, requireWritableFolder } from '../../../cli/output-place';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'place-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a place for results', () => {
  it('is made with the folders above it, and nothing stays of the trial', () => {
    const deep = join(folder, 'a/b/c');
    requireWritableFolder('--out', deep);
    requireWritableFolder('--out', deep);
    requireWritableFile(join(deep, 'table.csv'));
    requireWritableFile(undefined);
    expect(readdirSync(deep)).toEqual([]);
  });

  it('is refused below a file, and where a file or a folder stands', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(() => requireWritableFolder('--out', file)).toThrow(
      `${file} cannot be written to (a file is at its place): name another --out`,
    );
    expect(() => requireWritableFolder('--out', join(file, 'x/y'))).toThrow('(a part of its path is no folder)');
    expect(() => requireWritableFile(folder)).toThrow(`${folder} cannot be written: it is a folder`);
    expect(() => requireWritableFile(join(folder, 'no/x.csv'))).toThrow(`there is no folder ${join(folder, 'no')}`);
  });

  it('is refused at once where nothing can be made', (context) => {
    context.skip(!existsSync('/proc/self'), 'there is no /proc');
    expect(faultOfFolder('/proc/x/y')?.message).toBe('nothing can be made there');
    expect(() => requireWritableFolder('--into', '/proc')).toThrow(
      '/proc cannot be written to (nothing can be made there)',
    );
    expect(() => requireWritableFile('/proc/x.csv')).toThrow(
      '/proc/x.csv cannot be written: nothing can be made there',
    );
    // It is written to as it is.
    expect(() => requireWritableFile('/dev/null')).not.toThrow();
  });
});
