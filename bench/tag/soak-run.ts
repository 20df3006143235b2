import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../../src/shared/lib/math/random';
import { encodeWav } from '../../test/unit/support/wav';
import { damages } from './damaged-sounds';

const RATE_HZ = 8000;
const SECONDS = 0.5;

export interface SoakOptions {
  /** The command `earmark`, with what comes before its arguments. */
  readonly command: readonly [string, ...string[]];
  /** An empty folder. */
  readonly folder: string;
  /** Files, damaged ones included. */
  readonly files: number;
  readonly kills: number;
  readonly seed: number;
  onStep(step: string): void;
}

/** What a soak found; every field has a value that it must have. */
export interface SoakResult {
  readonly status: number | null;
  readonly summary: string;
  readonly reasons: number;
  readonly resumedSummary: string;
  readonly kills: number;
  /** Whether the table and the folder of the run that was killed equal those of the quiet run, byte for byte. */
  readonly sameTable: boolean;
  readonly sameFolder: boolean;
}

/**
 * Tags many tiny files of which forty are damaged in forty ways, once in peace, and once killed at random moments and
 * resumed each time.
 */
export async function soakTag({ command, folder, files, kills, seed, onStep }: SoakOptions): Promise<SoakResult> {
  const card = join(folder, 'card');
  writeCard(card, files);
  const tagInto = (table: string, out: string) => [
    ['tag', card, '--threshold', '0.05', '--combined', join(folder, table)],
    ['tag', card, '--threshold', '0.05', '--out', join(folder, out)],
  ];
  onStep(`${files} files written`);
  const quiet = tagInto('quiet.csv', 'quiet');
  const first = await run(command, quiet[0] as string[]);
  await run(command, quiet[1] as string[]);
  onStep(`tagged in ${Math.round(first.wallMs / 1000)} s`);

  const random = seededRandom(seed);
  let killed = 0;
  let resumed = first;
  for (const args of tagInto('killed.csv', 'killed')) {
    for (let kill = 0; kill < kills; kill++) {
      // Early enough that most kills find it at work, although each run has less to do.
      const afterMs = 300 + random() * Math.max(500, (first.wallMs - 300) / kills);
      const { wasKilled } = await run(command, [...args, '--resume'], afterMs);
      if (wasKilled) killed += 1;
      onStep(`${wasKilled ? 'killed' : 'ended'} after ${Math.round(afterMs)} ms`);
    }
    resumed = await run(command, [...args, '--resume']);
  }
  const lines = (stderr: string): string[] => stderr.trim().split('\n');
  return {
    status: first.status,
    summary: lines(first.stderr).at(-1) as string,
    reasons: lines(first.stderr).filter((line) => line.startsWith('earmark: ')).length,
    resumedSummary: lines(resumed.stderr).at(-1) as string,
    kills: killed,
    sameTable: readFileSync(join(folder, 'quiet.csv')).equals(readFileSync(join(folder, 'killed.csv'))),
    sameFolder: contentOf(join(folder, 'quiet')) === contentOf(join(folder, 'killed')),
  };
}

/** Half-second sounds in folders of a thousand, and the damaged ones among them. */
function writeCard(card: string, files: number): void {
  rmSync(card, { recursive: true, force: true });
  const random = seededRandom(1);
  const kinds = Object.entries(damages);
  for (let i = 0; i < files; i++) {
    const folder = join(card, String(Math.floor(i / 1000)).padStart(3, '0'));
    mkdirSync(folder, { recursive: true });
    const every = Math.floor(files / kinds.length);
    const kind = i % every === 0 ? kinds[i / every] : undefined;
    if (kind) {
      kind[1](join(folder, `${i}-${kind[0]}.wav`));
      continue;
    }
    const gain = random();
    const samples = Float32Array.from({ length: RATE_HZ * SECONDS }, () => gain * (2 * random() - 1));
    writeFileSync(join(folder, `${i}.wav`), encodeWav([samples], RATE_HZ, 's16'));
  }
}

/** Names and contents of all files that a person sees. */
function contentOf(folder: string): string {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('/.earmark/'))
    .sort();
  return names.map((path) => `${path.slice(folder.length)}\n${readFileSync(path, 'utf8')}`).join('\n');
}

interface Ended {
  readonly status: number | null;
  readonly stderr: string;
  readonly wallMs: number;
  readonly wasKilled: boolean;
}

function run(
  [program, ...before]: readonly [string, ...string[]],
  args: string[],
  killAfterMs?: number,
): Promise<Ended> {
  return new Promise((resolve) => {
    const start = performance.now();
    const child = spawn(program, [...before, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      resolve({ status, stderr, wallMs: performance.now() - start, wasKilled: signal === 'SIGKILL' });
    });
  });
}
