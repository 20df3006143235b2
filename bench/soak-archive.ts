/** Works on an archive through Redis while everything fails. Usage: `npm run soak:archive -- --help`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startCommand } from '../cli/command';
import { requireWritableFile } from '../cli/output-place';
import { whyNoRedis } from '../test/support/redis-server';
import { chaos } from './archive/chaos';

const usage = `usage: npm run soak:archive -- [--files 2000] [--faults 30] [--pause 8] [--seed 1] [--json OUT]

Tags small files with the package that \`npm run pack\` made: once in peace, and once through a real Redis with two
workers, while workers and Redis are killed (with and without its file), the disk is filled, and the workers' clocks
jump, at random moments at most --pause seconds apart. Ends with 1 unless no file is lost, none counts twice, and all
bytes equal those of the quiet run.`;

startCommand(usage);
const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '2000' },
    faults: { type: 'string', default: '30' },
    pause: { type: 'string', default: '8' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
});
requireWritableFile(values.json);
if (whyNoRedis !== undefined) throw new Error(whyNoRedis);
const folder = mkdtempSync(join(tmpdir(), 'earmark-chaos-'));
try {
  const result = await chaos({
    command: [process.execPath, join(import.meta.dirname, '../dist-cli/earmark.mjs')],
    folder,
    files: Number(values.files),
    faults: Number(values.faults),
    seed: Number(values.seed),
    pauseSeconds: Number(values.pause),
    onStep: (step) => console.error(step),
  });
  console.log(JSON.stringify(result, null, 2));
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(result, null, 2)}\n`);
  const isRight = result.sameBytes && result.summary === result.quietSummary && result.unfinished === 0;
  if (!isRight) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
