/** Measures the size of the built app and the cost of a tag. Usage: `npm run budget -- --help`. */

import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startCommand } from '../../cli/command';
import { costOfTag } from '../../src/model/engine/tag-cost';
import { openModelFolder } from '../../src/model/folder/node';
import { SHIPPED_MODEL } from '../../src/shared/contracts/model/shipped-model';
import { ALLOWED_GROWTH, type Counts, compressedBytes, overBudget, withStaticImports } from './budget-check';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const budgetFile = fileURLToPath(new URL('budget.json', import.meta.url));
const MODEL = `models/${SHIPPED_MODEL}`;
/** Fetched before the first tag. Exemplars and the card come later. */
const modelFiles = ['model.json', 'weights.bin', 'labels.json', 'features.json', 'calibration.json', 'golden.bin'];
const TAGS_PER_SECOND = 8;

const usage = `usage: npm run budget [-- --update]

Counts what the built app weighs and what a tag costs, and fails where a count is more than 5 % above
bench/budget/budget.json. It needs a build (npm run build).

  --update  writes the counts into that file: when more is worth its price, and when there is less`;

startCommand(usage);
const { values } = parseArgs({ options: { update: { type: 'boolean', default: false } } });

/** The only file of the build whose name starts and ends like this. @throws Error if there is not exactly one. */
async function builtFile(start: string, end: string): Promise<string> {
  const found = (await readdir(`${dist}/assets`)).filter((name) => name.startsWith(start) && name.endsWith(end));
  if (found.length !== 1) throw new Error(`the build has ${found.length} files ${start}…${end} instead of one`);
  return `assets/${found[0]}`;
}

/** The built script with TensorFlow.js's WASM backend. @throws Error if there is none. */
async function wasmScript(): Promise<string> {
  for (const name of await readdir(`${dist}/assets`)) {
    const file = `assets/${name}`;
    if (name.endsWith('.js') && (await readFile(`${dist}/${file}`, 'utf8')).includes('WASM_HAS_SIMD_SUPPORT'))
      return file;
  }
  throw new Error('the build has no script with the WASM backend');
}

async function countBytes(): Promise<Counts> {
  const page = await readFile(`${dist}/index.html`, 'utf8');
  const first = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, file]) => file as string);
  const firstPaint = new Set(['index.html', ...first]);
  for (const file of first.filter((name) => name.endsWith('.js'))) await withStaticImports(dist, file, firstPaint);
  const worker = await withStaticImports(dist, await builtFile('worker-', '.js'));
  return {
    'first paint, bytes compressed': await compressedBytes(dist, firstPaint),
    'worker, bytes compressed': await compressedBytes(dist, worker),
    'WASM engine, bytes compressed': await compressedBytes(dist, [
      await wasmScript(),
      await builtFile('tfjs-backend-wasm-simd-', '.wasm'),
    ]),
    'model, bytes compressed': await compressedBytes(`${dist}/${MODEL}`, modelFiles),
  };
}

async function countTag(): Promise<Counts> {
  const model = await openModelFolder(`${dist}/${MODEL}`);
  const { multiplyAdds, operations, tensors } = await costOfTag(model, TAGS_PER_SECOND);
  model.dispose();
  return { 'multiply-adds a tag': multiplyAdds, 'operations a tag': operations, 'tensors that stay': tensors };
}

if (!existsSync(`${dist}/index.html`)) throw new Error('There is no build to weigh: run “npm run build” first.');
const counted: Counts = { ...(await countBytes()), ...(await countTag()) };
const budget = existsSync(budgetFile) ? (JSON.parse(await readFile(budgetFile, 'utf8')) as Counts) : {};
console.table(
  Object.fromEntries(Object.entries(counted).map(([name, count]) => [name, { counted: count, budget: budget[name] }])),
);
if (values.update) {
  await writeFile(budgetFile, `${JSON.stringify(counted, null, 2)}\n`);
} else {
  const over = overBudget(counted, budget);
  for (const sentence of over) console.error(`${sentence}.`);
  if (over.length > 0) {
    console.error(
      `A count may grow by ${100 * ALLOWED_GROWTH} %. Where more is worth it, run “npm run budget -- --update” and say why in the commit.`,
    );
    process.exitCode = 1;
  }
}
