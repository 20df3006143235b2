/** Runs the 2017 network, from which Earmark grew, on every backend. Usage: `npm run bench:seed-2017 -- --help`. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startCommand, UsageError } from '../cli/command';
import { requireWritableFile } from '../cli/output-place';
import { type BackendName, backendNames } from '../src/shared/contracts/backend';
import { BenchBrowser, firstLine, NO_WEBGPU } from './peers/browser-figures';
import { buildSeed2017Site } from './peers/build-site';
import { type Site, serveSite } from './peers/serve-site';
import type { ForwardPasses } from './peers/workers/forward-passes';

const usage = `usage: npm run bench:seed-2017 -- [--network seed-2017-eighth] [--backends wasm,webgl,webgpu,cpu] [--json OUT]

Runs the network of the question, at its full width, on each backend in a worker of real Chromium: one window, twice. Its
weights are drawn from a fixed seed (He initialisation). Says how many parameters it has, the bytes of its tensors, how
long the first and the next pass took, and how far the logits lie from those of WASM. A backend that cannot do it at full
width is tried at 1/8 as well. Needs about 4 GB of memory.

Ends with status 1 where a backend's logits are wrong.`;

const FULL_WIDTH = 'seed-2017';
const EIGHTH = 'seed-2017-eighth';
const LIMIT_SECONDS = 300;
/** Relative to logits of about 1: sums of 76,800 products in float32. */
const TOLERANCE = 1e-3;

/** A network's result on one backend. */
interface Outcome {
  readonly network: string;
  readonly backend: BackendName;
  readonly passes?: ForwardPasses;
  /** Largest absolute difference of a logit from WASM's; missing if WASM gave none. */
  readonly differenceFromWasm?: number;
  /** Why it could not be run. */
  readonly failure?: string;
}

function openBrowser(site: Site, backend: BackendName): Promise<BenchBrowser | undefined> {
  return backend === 'webgpu' ? BenchBrowser.openWithWebgpu(site) : BenchBrowser.open(site);
}

/** Each run has its own browser, so that running out of memory affects only that run. */
async function run(site: Site, network: string, backend: BackendName): Promise<Outcome> {
  const browser = await openBrowser(site, backend);
  if (browser === undefined) return { network, backend, failure: NO_WEBGPU };
  try {
    const worker = `/seed-2017-backends.js?network=${network}&backend=${backend}`;
    return { network, backend, passes: await browser.answerOf<ForwardPasses>(worker, LIMIT_SECONDS) };
  } catch (error) {
    return { network, backend, failure: firstLine(error) };
  } finally {
    await browser.close();
  }
}

function largestDifference(a: readonly number[], b: readonly number[]): number {
  // Math.max keeps NaN.
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (b[i] as number))), 0);
}

/** WASM goes first, because the others are compared with it. */
async function runAll(site: Site, network: string, backends: readonly BackendName[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const backend of ['wasm' as const, ...backends.filter((name) => name !== 'wasm')]) {
    console.error(`${network} on ${backend}`);
    const outcome = await run(site, network, backend);
    const wasm = outcomes[0]?.passes;
    outcomes.push(
      outcome.passes === undefined || wasm === undefined
        ? outcome
        : { ...outcome, differenceFromWasm: largestDifference(outcome.passes.logits, wasm.logits) },
    );
  }
  return outcomes;
}

function megabytes(bytes: number | undefined): string {
  return bytes === undefined ? '' : `${(bytes / 1e6).toFixed(1)} MB`;
}

function seconds(ms: number | undefined): string {
  return ms === undefined ? '–' : `${(ms / 1000).toFixed(2)} s`;
}

function printTable(outcomes: readonly Outcome[]): void {
  console.log(
    '| network | parameters | backend | tensors | on the GPU | load | first pass | next pass | difference from WASM | |',
  );
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const { network, backend, passes, differenceFromWasm, failure } of outcomes) {
    const cells =
      passes === undefined
        ? ['–', backend, '–', '–', '–', '–', '–', '–', `could not be run: ${failure}`]
        : [
            passes.parameters.toLocaleString('en'),
            backend,
            megabytes(passes.tensorBytes),
            megabytes(passes.gpuBytes),
            ...[passes.loadMs, passes.firstMs, passes.nextMs].map(seconds),
            differenceFromWasm?.toExponential(1) ?? '',
            passes.renderer === undefined ? '' : `in software, by ${passes.renderer}`,
          ];
    console.log(`| ${[network, ...cells].join(' | ')} |`);
  }
}

function parseCommand() {
  const { values } = parseArgs({
    options: {
      network: { type: 'string', default: FULL_WIDTH },
      backends: { type: 'string', default: 'wasm,webgl,webgpu,cpu' },
      json: { type: 'string' },
    },
  });
  requireWritableFile(values.json);
  const backends = values.backends.split(',');
  const unknown = backends.find((name) => !backendNames.some((known) => known === name));
  if (unknown !== undefined)
    throw new UsageError(`there is no backend “${unknown}”; there is ${backendNames.join(', ')}`);
  if (![FULL_WIDTH, EIGHTH].includes(values.network)) {
    throw new UsageError(`this bench knows ${FULL_WIDTH} and ${EIGHTH}, not “${values.network}”`);
  }
  return { ...values, backends: backends as BackendName[] };
}

startCommand(usage);
const command = parseCommand();
await buildSeed2017Site();
const site = await serveSite(undefined);
try {
  const outcomes = await runAll(site, command.network, command.backends);
  const failed = outcomes.filter(({ passes }) => passes === undefined).map(({ backend }) => backend);
  if (command.network === FULL_WIDTH && failed.length > 0) outcomes.push(...(await runAll(site, EIGHTH, failed)));
  printTable(outcomes);
  if (command.json !== undefined) await writeFile(command.json, `${JSON.stringify(outcomes, null, 2)}\n`);
  // Written so that NaN counts as wrong.
  const isWrong = ({ differenceFromWasm }: Outcome): boolean =>
    differenceFromWasm !== undefined && !(differenceFromWasm <= TOLERANCE);
  if (outcomes.some(isWrong)) process.exitCode = 1;
} finally {
  await site.close();
}
