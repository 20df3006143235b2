/** Tags thousands of files while it is killed. Usage: `npm run soak:tag -- --help`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startCommand } from '../cli/command';
import { requireWritableFile } from '../cli/output-place';
import { soakTag } from './tag/soak-run';

const usage = `usage: npm run soak:tag -- [--files 10000] [--kills 10] [--seed 1] [--json OUT]

Tags tiny files of which forty are damaged in forty ways, with the package that \`npm run pack\` made: once in peace, and
once killed at random moments and resumed. Ends with 1 unless each damaged file has a reason, all others a result, and
the resumed run the same bytes.`;

startCommand(usage);
const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
});
requireWritableFile(values.json);
const folder = mkdtempSync(join(tmpdir(), 'earmark-soak-'));
try {
  const files = Number(values.files);
  const result = await soakTag({
    command: [process.execPath, join(import.meta.dirname, '../dist-cli/earmark.mjs')],
    folder,
    files,
    kills: Number(values.kills),
    seed: Number(values.seed),
    onStep: (step) => console.error(step),
  });
  const isRight =
    result.status === 1 &&
    result.summary.startsWith(`${files} found = ${files - 40} done + 40 unreadable + 0 skipped`) &&
    result.reasons === 40 &&
    result.sameTable &&
    result.sameFolder;
  console.log(JSON.stringify(result, null, 2));
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(result, null, 2)}\n`);
  if (!isRight) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
