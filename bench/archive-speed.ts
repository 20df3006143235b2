/** Measures `earmark archive`. Usage: `npm run bench:archive -- --help`. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startCommand } from '../cli/command';
import { type Archive, ArchiveFolder } from '../cli/earmark/archive/archive-folder';
import { Manifest, ManifestWriter, prefixes } from '../cli/earmark/archive/manifest';
import { BullQueue } from '../cli/earmark/archive/redis/bull-queue';
import { hashOf } from '../cli/earmark/tag/ledger';
import { requireWritableFile } from '../cli/output-place';
import { seededRandom } from '../src/shared/lib/math/random';
import { RedisServer, whyNoRedis } from '../test/support/redis-server';
import { encodeWav } from '../test/unit/support/wav';

const usage = `usage: npm run bench:archive -- [--rows 10000000] [--workers 1,10,50,200] [--files 8] [--json OUT]

Measures, with the package that \`npm run pack\` made: how long so many rows take to plan, with which memory; how long
\`status\` takes then, when a file failed in each folder of results and one folder is being filled; the memory of a
Redis that has the jobs of all rows; how many jobs a second a Redis hands out to so many workers whose network is a
stand-in that takes no time; and how fast one and two processes tag recordings of 60 s. \`--rows 0\`, \`--workers ''\` and
\`--files 0\` leave a part out.`;

startCommand(usage);
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000000' },
    workers: { type: 'string', default: '1,10,50,200' },
    files: { type: 'string', default: '8' },
    json: { type: 'string' },
  },
});
requireWritableFile(values.json);
const command = join(import.meta.dirname, '../dist-cli/earmark.mjs');
const top = mkdtempSync(join(tmpdir(), 'earmark-archive-bench-'));
const figures: Record<string, number> = {};

/** Prints a figure, and keeps it. */
function tell(name: string, value: number, unit: string): void {
  figures[`${name}, ${unit}`] = value;
  console.log(`${name.padEnd(52)}${value.toFixed(value < 10 ? 2 : 0).padStart(12)} ${unit}`);
}

interface Time {
  /** By the clock. */
  readonly seconds: number;
  /** What of it the processor gave: others may use it as well. */
  readonly processorSeconds: number;
}

function tellTime(name: string, { seconds, processorSeconds }: Time): void {
  tell(name, seconds, 's');
  tell(`${name}: of it computing`, processorSeconds, 's');
}

async function timeOf(work: () => Promise<unknown>): Promise<Time> {
  const start = performance.now();
  const startUsage = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(startUsage);
  return { seconds: (performance.now() - start) / 1000, processorSeconds: (user + system) / 1e6 };
}

/** The time of a run of `earmark` and its threads. */
async function timeOfCommand(...args: string[]): Promise<Time> {
  const start = performance.now();
  const usageLine = `data:text/javascript,${encodeURIComponent(
    `process.on('exit', () => { const { user, system } = process.cpuUsage(); console.error(user + system); })`,
  )}`;
  const child = spawn(process.execPath, ['--import', usageLine, command, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (data) => {
    said += data;
  });
  await once(child, 'close');
  const processorSeconds = Number(said.trim().split('\n').at(-1)) / 1e6;
  return { seconds: (performance.now() - start) / 1000, processorSeconds };
}

function archiveOf(manifest: Archive['manifest'], id: string): Archive {
  const options = {
    model: 'earmark-52',
    hasHead: false,
    threshold: undefined,
    labels: undefined,
    overlapSeconds: undefined,
  };
  const shared = { format: 1, fingerprint: 'bench', options, timeZone: 'UTC', queue: undefined } as const;
  return { ...shared, id, sources: ['/archive'], roots: [{ path: '/archive' }], manifest };
}

/** Plans rows as a search through folders would give them. */
async function planRows(folder: ArchiveFolder, rows: number): Promise<Archive> {
  mkdirSync(folder.path, { recursive: true });
  const writer = new ManifestWriter(folder);
  for (let i = 0; i < rows; i++) {
    const path = `/archive/site-${i % 97}/recorder-${i % 1013}/2025-06-${1 + (i % 28)}/20250601_043000_${i}.wav`;
    const bytes = 5_760_044;
    writer.add({
      key: hashOf('bench', Buffer.from(path), String(bytes)),
      path,
      bytes,
      modifiedMs: 1_750_000_000_000,
      root: 0,
    });
  }
  const archive = archiveOf(await writer.finish(), `bench${rows}`);
  await folder.write(archive);
  return archive;
}

/** All folders but the first lack the file that failed and comes last; of the first, every second file has a result. */
async function pretendResults(folder: ArchiveFolder, { manifest: facts }: Archive): Promise<void> {
  const manifest = await Manifest.open(folder, facts);
  const known: Record<string, object> = {};
  for (const [bucket, prefix] of prefixes.entries()) {
    const path = folder.resultFolder(prefix);
    mkdirSync(path, { recursive: true });
    if (bucket === 0) continue;
    utimesSync(path, 0, 1_750_000_000);
    known[prefix] = { done: manifest.count(bucket) - 1, unreadable: 0, folderMs: statSync(path).mtimeMs };
  }
  const keys = await manifest.keys(0);
  for (const key of keys.filter((_, i) => i % 2 === 0)) writeFileSync(folder.resultFile(key), '');
  writeFileSync(folder.countsFile, JSON.stringify({ manifest: facts.name, prefixes: known }));
}

async function measureRows(rows: number): Promise<void> {
  const folder = new ArchiveFolder(join(top, 'rows'));
  let archive: Archive | undefined;
  const planTime = await timeOf(async () => {
    archive = await planRows(folder, rows);
  });
  tellTime(`${rows} rows planned`, planTime);
  tell('most memory meanwhile', process.resourceUsage().maxRSS / 1024, 'MB');
  if (!archive) return;
  await pretendResults(folder, archive);
  tellTime('status of them', await timeOfCommand('archive', 'status', folder.path));
  rmSync(join(folder.path, 'results'), { recursive: true });
  if (whyNoRedis !== undefined) return;
  mkdirSync(join(top, 'redis-rows'));
  const redis = await RedisServer.start(join(top, 'redis-rows'), '--appendonly', 'yes');
  const queue = await BullQueue.open(folder, archive, redis.address);
  const manifest = await Manifest.open(folder, archive.manifest);
  tellTime('their jobs sent to Redis', await timeOf(() => queue.fill(manifest)));
  const memory = Number(/used_memory:(\d+)/.exec(redis.command('info', 'memory'))?.[1]);
  tell('memory of Redis with them', memory / 2 ** 20, 'MB');
  await queue.close();
  await redis.kill();
  rmSync(folder.path, { recursive: true });
}

/** How many jobs a second Redis hands out, if the work takes no time. */
async function measureWorkers(workers: number): Promise<void> {
  const jobs = 3000 + 50 * workers;
  const folder = new ArchiveFolder(join(top, `workers-${workers}`));
  const archive = await planRows(folder, jobs);
  mkdirSync(join(top, `redis-${workers}`));
  const redis = await RedisServer.start(join(top, `redis-${workers}`), '--appendonly', 'yes');
  const open = (): Promise<BullQueue> => BullQueue.open(folder, archive, redis.address, true);
  const filler = await open();
  await filler.fill(await Manifest.open(folder, archive.manifest));
  const queues = await Promise.all(Array.from({ length: workers }, open));
  let done = 0;
  const startUsage = process.cpuUsage();
  const startRedisSeconds = processorSecondsOf(redis);
  const start = performance.now();
  let endMs = start;
  const handler = async (): Promise<void> => {
    done += 1;
    endMs = performance.now();
  };
  // No file has a result, so each of them ends with a sentence.
  await Promise.allSettled(queues.map((queue) => queue.run(handler, 1)));
  const perSecond = (1000 * done) / (endMs - start);
  tell(`jobs handed out to ${workers} workers`, perSecond, 'a second');
  // Redis has one thread: with a core of its own, it hands out so many at most.
  const redisSeconds = processorSecondsOf(redis) - startRedisSeconds;
  tell(`jobs that Redis could hand out to ${workers}`, done / redisSeconds, 'a second');
  if (workers === 1) {
    const { user, system } = process.cpuUsage(startUsage);
    tell('queue overhead of a job', 1000 / perSecond, 'ms');
    tell('queue overhead of a job: of it computing', ((user + system) / 1e3 + 1000 * redisSeconds) / done, 'ms');
  }
  await Promise.all([...queues, filler].map((queue) => queue.close()));
  await redis.kill();
}

function processorSecondsOf(redis: RedisServer): number {
  const info = redis.command('info', 'cpu');
  return ['user', 'sys'].reduce(
    (seconds, kind) => seconds + Number(new RegExp(`used_cpu_${kind}:([\\d.]+)`).exec(info)?.[1]),
    0,
  );
}

async function measureTagging(files: number): Promise<void> {
  const card = join(top, 'card');
  mkdirSync(card);
  const random = seededRandom(3);
  const rateHz = 48_000;
  const samples = Float32Array.from(
    { length: 60 * rateHz },
    (_, i) => 0.2 * Math.sin(i / (7 * rateHz)) ** 4 * (2 * random() - 1),
  );
  for (let i = 0; i < files; i++) writeFileSync(join(card, `${i}.wav`), encodeWav([samples], rateHz, 's16'));
  // Without the start, which the second run has as well.
  const [all, one] = [
    await timeOfCommand('tag', card, '--jobs', '1', '--combined', join(top, 'all.csv')),
    await timeOfCommand('tag', join(card, '0.wav'), '--jobs', '1', '--combined', join(top, 'one.csv')),
  ];
  const perFile = (all.processorSeconds - one.processorSeconds) / (files - 1);
  tell('a file of 60 s: computing', 1000 * perFile, 'ms');
  for (const jobs of [1, 2]) {
    const folder = join(top, `tagged-${jobs}`);
    spawnSync(process.execPath, [command, 'archive', 'plan', card, '--into', folder]);
    const start = performance.now();
    spawnSync(process.execPath, [command, 'archive', 'work', folder, '--jobs', String(jobs)]);
    const seconds = (performance.now() - start) / 1000;
    tell(`${jobs} process${jobs === 1 ? '' : 'es'} tagged, with the start`, (60 * files) / seconds, '× real time');
    if (jobs === 1) tell('a file of 60 s takes', (1000 * seconds) / files, 'ms');
  }
}

try {
  console.log(`${cpus()[0]?.model}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}`);
  if (Number(values.files) > 1) await measureTagging(Number(values.files));
  if (whyNoRedis === undefined) {
    for (const workers of values.workers.split(',').filter(Boolean).map(Number)) await measureWorkers(workers);
  } else console.error(`Without Redis: ${whyNoRedis}`);
  if (Number(values.rows) > 0) await measureRows(Number(values.rows));
  console.log(`load in the end ${loadavg()[0]?.toFixed(1)}`);
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(figures, null, 2)}\n`);
} finally {
  rmSync(top, { recursive: true, force: true });
}
