import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { commands } from '../../../../cli/earmark/help/commands';
import type { EventRow } from '../../../../src/events/formats/event-row';
import { eventBytes } from '../../../../src/events/formats/formats';
import { runPython, whyNoPython } from '../../support/python';
import { firstFile } from '../../support/rows';

const folder = mkdtempSync(join(tmpdir(), 'recordings-'));
afterAll(() => rmSync(folder, { recursive: true }));

const document = readFileSync(join(import.meta.dirname, '../../../../docs/recordings.md'), 'utf8');

/** Barks at 4:10, 4:20 and 6:00, and one that is not clear. */
const barks: EventRow[] = [
  [10, 0.9],
  [20, 0.95],
  [120, 0.85],
  [125, 0.5],
].map(([minute = 0, probability = 0]) => ({
  file: firstFile,
  startSeconds: 60 * minute,
  endSeconds: 60 * minute + 1,
  label: 'dog',
  labelName: 'Hund',
  probability,
  startedAt: { localMs: Date.UTC(2025, 5, 1, 4, minute) },
}));

async function write(format: 'csv' | 'parquet'): Promise<void> {
  const pieces: Uint8Array[] = [];
  for await (const piece of eventBytes(format, barks)) pieces.push(piece);
  writeFileSync(join(folder, `card.${format}`), Buffer.concat(pieces));
}

it('its Python counts the barks of each hour', async (context) => {
  const lack = whyNoPython('pandas');
  context.skip(lack !== undefined, lack);
  await write('csv');
  const [, snippet = ''] = /```python\n([\s\S]*?)```/.exec(document) ?? [];
  const printed = runPython(`import os\nos.chdir(${JSON.stringify(folder)})\n${snippet}`);
  expect(printed.replace(/ +/g, ' ')).toContain('2025-06-01 04:00:00 2');
  expect(printed.replace(/ +/g, ' ')).toContain('2025-06-01 06:00:00 1');
  expect(printed).not.toContain('05:00:00');
});

it('its Parquet line reads the same table', async (context) => {
  const lack = whyNoPython('pandas', 'pyarrow');
  context.skip(lack !== undefined, lack);
  await write('parquet');
  const [line] = /pd\.read_parquet\("card\.parquet"\)/.exec(document) ?? [];
  const script = `import os\nimport pandas as pd\nos.chdir(${JSON.stringify(folder)})\nprint(len(${line}))`;
  expect(runPython(script).trim()).toBe('4');
});

it('names only options that exist', () => {
  const known = new Set(commands.flatMap(({ options }) => options.map(({ flag }) => flag)));
  const named = [...document.matchAll(/(?<=[\s`])--[a-z]+/g)]
    .map(([flag]) => flag)
    .filter((flag) => flag !== '--global');
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((flag) => !known.has(flag))).toEqual([]);
});
