import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Ways to make a script or a page out of text, which Earmark takes none of. */
const ways =
  /\beval\(|new Function\(|\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write|\bunsafe(HTML|SVG|MathML)\b/;

it('makes no script and no page out of text', () => {
  const files = ['src', 'worklets'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  const sources = files.filter((file) => file.endsWith('.ts'));
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.filter((file) => ways.test(readFileSync(file, 'utf8')))).toEqual([]);
});
