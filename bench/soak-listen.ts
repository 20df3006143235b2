/** Listens to a day of noises whose source is cut off. Usage: `npm run soak:listen -- --help`. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startCommand } from '../cli/command';
import { requireWritableFile } from '../cli/output-place';
import { SHIPPED_MODEL } from '../src/shared/contracts/model/shipped-model';
import { soakListen } from './listen/soak-run';

const usage = `usage: npm run soak:listen -- [--hours 24] [--cuts 100] [--seed 1] [--json OUT]

Listens to noises in simulated time, as fast as this machine can, while the source is cut off and away for up to two
minutes. Ends with 1 unless it is opened again within 5 s of its return, memory does not grow, the lost sound is told, and
the events are those of \`earmark tag\` on the same sound, within a stride.`;

startCommand(usage);
const { values } = parseArgs({
  options: {
    hours: { type: 'string', default: '24' },
    cuts: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
});
requireWritableFile(values.json);
const cuts = Number(values.cuts);
const result = await soakListen({
  modelFolder: join(import.meta.dirname, '../public/models', SHIPPED_MODEL),
  hours: Number(values.hours),
  cuts,
  threshold: 0.05,
  seed: Number(values.seed),
  onStep: (step) => console.error(step),
});
const isRight =
  result.stretches === cuts + 1 &&
  result.worstReconnectSeconds <= 5 &&
  result.events > 0 &&
  result.events === result.taggedEvents &&
  result.different === 0 &&
  Math.abs(result.toldLostSeconds - result.lostSeconds) < 0.2 * cuts &&
  result.lateMegabytes < result.earlyMegabytes + 10 &&
  result.lateTensors === result.earlyTensors;
console.log(JSON.stringify(result, null, 2));
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(result, null, 2)}\n`);
if (!isRight) process.exitCode = 1;
