/** Measures Earmark beside its peers in one run. Usage: `npm run bench -- --help`. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startCommand, UsageError } from '../../cli/command';
import { requireWritableFile } from '../../cli/output-place';
import { BenchBrowser, type Effort, NO_WEBGPU } from './browser-figures';
import { buildSite, isSiteBuilt } from './build-site';
import { type NodeEffort, nodeFigures, shippedAccuracy } from './node-figures';
import { mustsOf, printReport, type Report } from './report';
import { emptyRow, type Row } from './rows';
import { dataFolder, type Site, serveSite } from './serve-site';
import {
  earmarkOnThreads,
  light,
  nameOf,
  reference,
  type System,
  systemsInTurns,
  webgpu,
  yamnetOnLitert,
} from './systems';

const usage = `usage: npm run bench -- [--quick] [--yamnet FILE.tflite] [--json OUT] [--no-build]

Measures Earmark on each of its backends beside YAMNet and others, in real Chromium and in one run, and prints one table.

  --quick        less of everything: three minutes instead of four, and no accuracy
  --yamnet FILE  YAMNet as a .tflite file; default: teacher/yamnet.tflite of the data set (EARMARK_DATA, ../shared/data)
  --json OUT     writes {machine, rows: [{system, backend, threads, downloadBytes, loadMs, firstResultMs, msPerTag:
                 {p50, p95}, msPerSecondOfSound, peakBytes, …}], …} there; null where a figure is missing
  --no-build     measures what the last run built

A system that cannot be measured gets a row that says why; the others go on.`;

const full: Effort & NodeEffort = {
  warmStarts: 5,
  rounds: 24,
  slowRounds: 5,
  roundsPerMemory: 4,
  listenSeconds: 20,
  frontEndBlocks: 30,
  embeddingClips: 20,
  labelCounts: [52, 521, 5000],
  clipCounts: [20, 100, 500],
  trainingEpochs: 3,
};

const quick: Effort & NodeEffort = {
  warmStarts: 1,
  rounds: 6,
  slowRounds: 2,
  roundsPerMemory: 4,
  listenSeconds: 8,
  frontEndBlocks: 10,
  embeddingClips: 3,
  labelCounts: [52, 521, 5000],
  clipCounts: [20, 100],
  trainingEpochs: 1,
};

/** One line on the error stream. The output stream is for the table only. */
function showProgress(step: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${step.slice(0, 100).padEnd(100)}`);
  else console.error(step);
}

/** The row of a system with its own browser. The reference is there only for the ratio. */
async function rowBesideReference(browser: BenchBrowser, system: System, effort: Effort): Promise<Row> {
  const rows = await browser.measure([reference, system], [], effort, showProgress);
  return rows[1] as Row;
}

async function threadsRow(site: Site, effort: Effort): Promise<Row> {
  const browser = await BenchBrowser.open(site);
  try {
    const memoryAtEnd = { ...effort, roundsPerMemory: Number.POSITIVE_INFINITY };
    return await rowBesideReference(browser, earmarkOnThreads(cpus().length), memoryAtEnd);
  } finally {
    await browser.close();
  }
}

/** WebGPU on the machine's adapter, else on a software adapter, which the row mentions. */
async function webgpuRow(site: Site, effort: Effort): Promise<Row> {
  const browser = await BenchBrowser.openWithWebgpu(site);
  if (browser === undefined) return emptyRow(webgpu, NO_WEBGPU);
  try {
    return await rowBesideReference(browser, webgpu, { ...effort, warmStarts: 1 });
  } finally {
    await browser.close();
  }
}

async function browserRows(yamnet: { path: string; missing: string | undefined }, effort: Effort) {
  const site = await serveSite(yamnet.missing === undefined ? yamnet.path : undefined);
  try {
    const systems = systemsInTurns();
    const isMissing = (system: System): boolean => system.isYamnet && yamnet.missing !== undefined;
    const browser = await BenchBrowser.open(site);
    let measured: Row[];
    const measurable = systems.filter((system) => !isMissing(system));
    try {
      const shareOf = [reference, light, yamnetOnLitert].map(nameOf);
      measured = await browser.measure(measurable, shareOf, effort, showProgress);
    } finally {
      await browser.close();
    }
    const inTurns = systems.map((system) =>
      isMissing(system) ? emptyRow(system, yamnet.missing as string) : (measured[measurable.indexOf(system)] as Row),
    );
    const onThreads = await threadsRow(site, effort);
    return { version: browser.version, rows: [...inTurns, onThreads, await webgpuRow(site, effort)] };
  } finally {
    await site.close();
  }
}

async function accuracyOrWhyNot(isQuick: boolean): Promise<Pick<Report, 'accuracy' | 'accuracyNote'>> {
  if (isQuick) return { accuracyNote: 'a quick run leaves it out' };
  if (!existsSync(join(dataFolder, 'clips.csv'))) {
    return { accuracyNote: `there is no data set at ${dataFolder} (EARMARK_DATA names its folder)` };
  }
  return { accuracy: await shippedAccuracy(dataFolder, showProgress) };
}

async function run(values: { quick: boolean; yamnet?: string; build: boolean }): Promise<Report> {
  const path = resolve(values.yamnet ?? join(dataFolder, 'teacher/yamnet.tflite'));
  const missing = existsSync(path) ? undefined : `there is no YAMNet at ${path}: give its .tflite file with --yamnet`;
  if (missing !== undefined) console.error(missing);
  const effort = values.quick ? quick : full;
  const loadAtStart = loadavg()[0] as number;
  if (values.build) await buildSite(showProgress);
  const node = await nodeFigures(effort, showProgress);
  const { version, rows } = await browserRows({ path, missing }, effort);
  const accuracy = await accuracyOrWhyNot(values.quick);
  process.stderr.write('\n');

  const rowFor = (system: System): Row => rows.find((row) => nameOf(row as never) === nameOf(system)) as Row;
  const yamnet = rowFor(yamnetOnLitert);
  const inverse = yamnet.ratioToReference;
  const againstYamnet =
    inverse === undefined ? undefined : { min: 1 / inverse.max, median: 1 / inverse.median, max: 1 / inverse.min };
  return {
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown processor',
      cores: cpus().length,
      memoryBytes: totalmem(),
      system: `${type()} ${release()}`,
      browser: `Chromium ${version}`,
      node: process.versions.node,
      date: new Date().toISOString().slice(0, 10),
      load: [loadAtStart, loadavg()[0] as number],
    },
    rows,
    ...(againstYamnet === undefined ? {} : { againstYamnet }),
    node,
    ...accuracy,
    musts: mustsOf({
      earmark: rowFor(reference),
      light: rowFor(light),
      yamnet,
      webgpu: rowFor(webgpu),
      againstYamnet,
      frontEndMicroseconds: node.frontEndMicrosecondsPerHop.median,
      accuracy: accuracy.accuracy,
    }),
  };
}

function parseCommand() {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      yamnet: { type: 'string' },
      json: { type: 'string' },
      build: { type: 'boolean', default: true },
    },
    allowNegative: true,
  });
  requireWritableFile(values.json);
  if (!values.build && !isSiteBuilt()) {
    throw new UsageError(
      '--no-build measures the site that an earlier run built, and there is none: run the command without --no-build.',
    );
  }
  return values;
}

startCommand(usage);
const command = parseCommand();
const report = await run(command);
console.log(printReport(report));
if (command.json !== undefined) await writeFile(command.json, `${JSON.stringify(report, null, 2)}\n`);
