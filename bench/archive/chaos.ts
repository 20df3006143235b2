import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '../../src/shared/lib/math/random';
import { RedisServer } from '../../test/support/redis-server';
import { encodeWav } from '../../test/unit/support/wav';

const RATE_HZ = 8000;
const SECONDS = 0.5;
/** One file in so many is damaged. */
const DAMAGED_EVERY = 50;
const ARCHIVE_MEGABYTES = 256;
const TELL_SECONDS = 30;

export interface ChaosOptions {
  /** The command `earmark`, with what comes before its arguments. */
  readonly command: readonly [string, ...string[]];
  /** An empty folder. */
  readonly folder: string;
  readonly files: number;
  readonly faults: number;
  readonly seed: number;
  /** The longest pause between two faults. */
  readonly pauseSeconds: number;
  onStep(step: string): void;
}

/** What the chaos left; every field has a value that it must have. */
export interface ChaosResult {
  readonly faults: Readonly<Record<string, number>>;
  readonly plans: number;
  readonly summary: string;
  readonly quietSummary: string;
  /** Whether results and tables equal those of the quiet run, byte for byte. */
  readonly sameBytes: boolean;
  readonly unfinished: number;
}

/** Shifts the clock of a process by up to a day, forth and back, when it gets a signal. */
const clockJump = `data:text/javascript,${encodeURIComponent(`
  const real = Date.now;
  let shiftMs = 0;
  Date.now = () => real() + shiftMs;
  globalThis.Date = new Proxy(Date, {
    construct: (target, args) => (args.length === 0 ? new target(Date.now()) : new target(...args)),
  });
  process.on('SIGUSR2', () => { shiftMs = (Math.random() - 0.5) * 2 * 86_400_000; });
`)}`;

/**
 * Works on an archive through a real Redis with two workers, while workers and Redis are killed, Redis loses its jobs,
 * the disk is filled, and clocks jump. Compares what comes out with a quiet run without Redis.
 */
export async function chaos(options: ChaosOptions): Promise<ChaosResult> {
  const { folder, files, onStep } = options;
  const card = join(folder, 'card');
  writeCard(card, files);
  const quiet = join(folder, 'quiet');
  for (const args of [
    ['plan', card, '--into', quiet, ...LOW],
    ['work', quiet],
  ])
    await ended(start(options, args));
  const quietSummary = await summaryOf(options, quiet);
  onStep(`the quiet run: ${quietSummary}`);
  const run = new ChaosRun(options, card);
  try {
    await run.begin();
    await run.strike();
    await run.finish();
    const summary = await summaryOf(options, run.archive);
    return {
      faults: run.faults,
      plans: run.plans,
      summary,
      quietSummary,
      sameBytes: contentOf(quiet) === contentOf(run.archive),
      unfinished: readdirSync(join(run.archive, 'unfinished')).length,
    };
  } finally {
    await run.end();
  }
}

/** With a low threshold, there are events in noise. */
const LOW = ['--threshold', '0.05'];

class ChaosRun {
  readonly archive: string;
  readonly faults: Record<string, number> = {};
  plans = 0;
  readonly #options: ChaosOptions;
  readonly #card: string;
  readonly #disk: string;
  readonly #random: () => number;
  readonly #workers: (ChildProcess | undefined)[] = [undefined, undefined];
  #redis: RedisServer | undefined;
  #isMounted = false;

  constructor(options: ChaosOptions, card: string) {
    this.#options = options;
    this.#card = card;
    this.#disk = join(options.folder, 'disk');
    this.archive = join(this.#disk, 'archive');
    this.#random = seededRandom(options.seed);
  }

  async begin(): Promise<void> {
    const { folder, onStep } = this.#options;
    mkdirSync(this.#disk);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${ARCHIVE_MEGABYTES}m`, 'tmpfs', this.#disk]);
    this.#isMounted = mounted.status === 0;
    if (!this.#isMounted) onStep('NO DISK IS FILLED: a small one cannot be mounted here');
    mkdirSync(join(folder, 'redis'));
    this.#redis = await RedisServer.start(join(folder, 'redis'), '--appendonly', 'yes');
    await this.#plan();
    this.#startWorkers();
  }

  async strike(): Promise<void> {
    const kinds: Record<string, () => Promise<void>> = {
      'worker killed': () => this.#killWorker(),
      'Redis killed': () => this.#killRedis(false),
      'Redis killed, its file lost': () => this.#killRedis(true),
      'clock jumped': () => this.#jump(),
      ...(this.#isMounted && { 'disk full': () => this.#fillDisk() }),
    };
    const names = Object.keys(kinds);
    for (let fault = 0; fault < this.#options.faults; fault++) {
      await delay(1000 * this.#options.pauseSeconds * this.#random());
      // Each kind comes up; the order is random from the second round on.
      const name = names[fault < names.length ? fault : Math.floor(this.#random() * names.length)] as string;
      this.#options.onStep(`${fault + 1}: ${name}, ${this.#resultCount()} results`);
      await kinds[name]?.();
      this.faults[name] = (this.faults[name] ?? 0) + 1;
      this.#startWorkers();
    }
  }

  /**
   * Plans again where a worker says that Redis lost its jobs, until both end by themselves. A worker that began while
   * Redis was away ended with a sentence, and begins anew.
   */
  async finish(): Promise<void> {
    for (;;) {
      this.#startWorkers();
      const outputs = await this.#outputsOfWorkers();
      this.#workers.fill(undefined);
      for (const { stderr } of outputs) this.#options.onStep(`a worker ended: ${stderr.trim().split('\n').at(-1)}`);
      if (outputs.every(({ stderr }) => /\d+ done, \d+ unreadable by this worker/.test(stderr))) return;
      const strange = outputs.find(({ stderr }) => !/plan again|by this worker|does not answer/.test(stderr));
      if (strange) throw new Error(`a worker ended: ${strange.stderr}`);
      if (outputs.some(({ stderr }) => stderr.includes('plan again'))) await this.#plan();
    }
  }

  /** Waits for both workers, and tells how far they are meanwhile. */
  async #outputsOfWorkers(): Promise<Ended[]> {
    const timer = setInterval(() => this.#options.onStep(`${this.#resultCount()} results`), 1000 * TELL_SECONDS);
    try {
      return await Promise.all(this.#workers.map((worker) => ended(worker as ChildProcess)));
    } finally {
      clearInterval(timer);
    }
  }

  #resultCount(): number {
    return filesOf(join(this.archive, 'results')).length;
  }

  async end(): Promise<void> {
    for (const worker of this.#workers) worker?.kill('SIGKILL');
    await this.#redis?.kill();
    if (this.#isMounted) {
      await delay(500);
      spawnSync('umount', ['-l', this.#disk]);
    }
  }

  async #plan(): Promise<void> {
    const queue = ['--queue', this.#redis?.address ?? ''];
    const args = ['plan', this.#card, '--into', this.archive, ...LOW, ...queue];
    const { status, stderr } = await ended(start(this.#options, args));
    if (status !== 0) throw new Error(`the plan failed: ${stderr}`);
    this.plans += 1;
  }

  #startWorkers(): void {
    for (const [i, worker] of this.#workers.entries()) {
      if (worker && worker.exitCode === null && worker.signalCode === null) continue;
      const args = ['work', this.archive, '--until-done', '--jobs', '1'];
      this.#workers[i] = start(this.#options, args, ['--import', clockJump]);
    }
  }

  async #killWorker(): Promise<void> {
    const worker = this.#workers[Math.floor(2 * this.#random())];
    worker?.kill('SIGKILL');
    if (worker) await ended(worker);
  }

  async #killRedis(isFileLost: boolean): Promise<void> {
    await this.#redis?.kill();
    if (isFileLost) this.#redis?.forget();
    await delay(500 * this.#random());
    await this.#redis?.start();
    if (isFileLost) await this.#plan();
  }

  async #jump(): Promise<void> {
    for (const worker of this.#workers) worker?.kill('SIGUSR2');
  }

  async #fillDisk(): Promise<void> {
    const filler = join(this.#disk, 'filler');
    const { bavail, bsize } = statfsSync(this.#disk);
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=1M', `count=${Math.ceil((bavail * bsize) / 2 ** 20) + 1}`]);
    await delay(1000 + 2000 * this.#random());
    rmSync(filler);
  }
}

/** Half-second sounds, and damaged ones among them. */
function writeCard(card: string, files: number): void {
  mkdirSync(card, { recursive: true });
  const random = seededRandom(1);
  for (let i = 0; i < files; i++) {
    const gain = random();
    const samples = Float32Array.from({ length: RATE_HZ * SECONDS }, () => gain * (2 * random() - 1));
    const bytes = encodeWav([samples], RATE_HZ, 's16');
    const day = String(1 + (i % 28)).padStart(2, '0');
    const name = `202506${day}_${String(100_000 + (i % 60)).slice(0, 6)}_${i}.wav`;
    writeFileSync(join(card, name), i % DAMAGED_EVERY === 0 ? bytes.subarray(0, 20) : bytes);
  }
}

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const outputs = new WeakMap<ChildProcess, Promise<Ended>>();

function start({ command }: ChaosOptions, args: readonly string[], before: readonly string[] = []): ChildProcess {
  const [program, ...rest] = command;
  const child = spawn(program, [...before, ...rest, 'archive', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  outputs.set(child, new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout, stderr }))));
  return child;
}

async function ended(child: ChildProcess): Promise<Ended> {
  return (await outputs.get(child)) as Ended;
}

async function summaryOf(options: ChaosOptions, archive: string): Promise<string> {
  const { stdout, stderr } = await ended(start(options, ['merge', archive]));
  return (stdout || stderr).trim().split('\n').at(-1) as string;
}

/** Names and contents of all results and tables. */
function contentOf(archive: string): string {
  return ['results', 'merged']
    .map((folder) =>
      execFileSync('sh', ['-c', `cd ${join(archive, folder)} && find . -type f | sort | xargs sha256sum`]),
    )
    .join('\n');
}

function filesOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [entry.name] : [],
  );
}
