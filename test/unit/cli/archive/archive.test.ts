import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ArchiveFolder } from '../../../../cli/earmark/archive/archive-folder';
import { Manifest, prefixes } from '../../../../cli/earmark/archive/manifest';
import { merge } from '../../../../cli/earmark/archive/merge';
import { plan } from '../../../../cli/earmark/archive/plan';
import { countResults } from '../../../../cli/earmark/archive/results';
import { retry } from '../../../../cli/earmark/archive/retry';
import { status } from '../../../../cli/earmark/archive/status';
import { work } from '../../../../cli/earmark/archive/work';
import { thisProcess, uniqueName } from '../../../../cli/earmark/processes';
import { writeFakeSandbox } from './fake-sandbox';

let top = '';
let script: URL;
let said: string[] = [];

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'archive-'));
  script = writeFakeSandbox(top);
  said = [];
  for (const stream of ['log', 'error'] as const) {
    vi.spyOn(console, stream).mockImplementation((line: string) => void said.push(line));
  }
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(top, { recursive: true });
});

const card = (): string => join(top, 'card');
const results = (): string => join(top, 'results');

function writeFiles(...names: string[]): void {
  mkdirSync(card(), { recursive: true });
  for (const name of names) writeFileSync(join(card(), name), name);
}

function planCard(change: { threshold?: number; sources?: string[] } = {}): Promise<number> {
  const { threshold, sources = [card()] } = change;
  const options = { model: 'earmark-52', threshold, labels: undefined, overlapSeconds: undefined };
  return plan({ sources, folder: results(), headFile: undefined, options });
}

const workOn = (jobs = 2): Promise<number> => work({ folder: results(), jobs, sandbox: { script, stallSeconds: 2 } });
const tasks = (): string[] => readFileSync(join(top, 'tasks.log'), 'utf8').trim().split('\n').sort();

/** Names and contents of everything below a folder. */
function contentOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length), readFileSync(path, 'latin1')]));
}

describe('an archive without Redis', () => {
  it('plans, works, merges by day, and says how many files there were', async () => {
    writeFiles('a.wav', 'bb.wav', 'ccc.wav', 'bad.wav', 'note.txt');
    expect(await planCard()).toBe(0);
    expect(said.at(-1)).toBe('4 files planned: 0 done, 0 unreadable, 4 to do');
    expect(await workOn()).toBe(1);
    expect(said.at(-1)).toBe('3 done, 1 unreadable by this worker');
    expect(await merge({ folder: results() })).toBe(0);
    expect(said.at(-1)).toBe('4 files: 3 done, 1 unreadable');
    const merged = join(results(), 'merged');
    expect(readdirSync(merged).sort()).toEqual([
      '2025-06-01.parquet',
      '2025-06-02.parquet',
      '2025-06-03.parquet',
      'unreadable.csv',
    ]);
    expect(readFileSync(join(merged, 'unreadable.csv'), 'utf8')).toBe(
      `path,reason\n${join(card(), 'bad.wav')},is bad\n`,
    );
    const table = readFileSync(join(merged, '2025-06-03.parquet'));
    const rows = await parquetReadObjects({
      file: table.buffer.slice(table.byteOffset, table.byteOffset + table.length),
    });
    expect(rows).toMatchObject([{ file: 'a.wav', path: join(card(), 'a.wav'), label: 'dog', start_s: 1 }]);
  });

  it('tries a file that fails, hangs or kills its process three times, and lists it with the reason', async () => {
    writeFiles('bad.wav', 'hang.wav', 'kill.wav', 'late.wav', 'fine.wav');
    await planCard();
    await workOn();
    expect(tasks()).toEqual([
      ...['bad.wav', 'bad.wav', 'bad.wav', 'fine.wav', 'hang.wav', 'hang.wav', 'hang.wav'].map(
        (name) => `file ${name}`,
      ),
      ...['kill.wav', 'kill.wav', 'kill.wav', 'late.wav', 'late.wav'].map((name) => `file ${name}`),
    ]);
    for (const [name, reason] of [
      ['bad', 'is bad'],
      ['hang', 'was given up: nothing came for 2 s'],
      ['kill', 'killed its process (SIGKILL)'],
    ]) {
      expect(said).toContain(`earmark: ${join(card(), `${name}.wav`)}: ${reason} (tried 3 times)`);
    }
    await merge({ folder: results() });
    expect(said.at(-1)).toBe('5 files: 2 done, 3 unreadable');
  });

  it('computes nothing twice, and gives the same bytes if it does', async () => {
    writeFiles('a.wav', 'b.wav', 'bad.wav');
    await planCard();
    await workOn();
    await merge({ folder: results() });
    const first = contentOf(results());
    await planCard();
    expect(await workOn()).toBe(0);
    expect(tasks()).toHaveLength(5);
    rmSync(join(results(), 'results'), { recursive: true });
    await workOn();
    await merge({ folder: results() });
    const again = contentOf(results());
    // Counts remember when their folders were written.
    for (const content of [first, again]) delete content['/counts.json'];
    expect(again).toEqual(first);
  });

  it('cuts a long file, and joins it when all parts are there', async () => {
    writeFiles('long.wav', 'a.wav');
    await planCard();
    await workOn(1);
    const parts = [0, 1, 2].map((part) => `part long.wav ${part}`);
    expect(tasks()).toEqual(['file a.wav', 'file long.wav', 'join long.wav', ...parts]);
    expect(said.at(-1)).toBe('2 done, 0 unreadable by this worker');
  });

  it('goes on with the parts of a long file that are there', async () => {
    writeFiles('long.wav');
    await planCard();
    const archive = await new ArchiveFolder(results()).read();
    const manifest = await Manifest.open(new ArchiveFolder(results()), archive.manifest);
    const keys = (await Promise.all(prefixes.map((_, bucket) => manifest.keys(bucket)))).flat();
    const part = new ArchiveFolder(results()).partFile(keys[0] as string, 1);
    mkdirSync(join(part, '..'), { recursive: true });
    writeFileSync(part, 'heard');
    await workOn();
    expect(tasks()).toEqual(['file long.wav', 'join long.wav', 'part long.wav 0', 'part long.wav 2']);
  });

  it('refuses to merge while a file is missing, and names it', async () => {
    writeFiles('a.wav', 'b.wav');
    await planCard();
    await workOn();
    writeFiles('c.wav');
    await planCard();
    expect(said.at(-1)).toBe('3 files planned: 2 done, 0 unreadable, 1 to do');
    expect(await merge({ folder: results() })).toBe(1);
    expect(said).toContain(`earmark: ${join(card(), 'c.wav')}: is not done`);
    expect(said.at(-1)).toContain('3 files: 2 done, 0 unreadable, 1 missing: nothing is merged');
    expect(readdirSync(results())).not.toContain('merged');
  });

  it('tries unreadable files again when it is asked to', async () => {
    writeFiles('bad.wav');
    await planCard();
    await workOn();
    expect(await workOn()).toBe(0);
    expect(tasks()).toHaveLength(3);
    await retry({ folder: results() });
    expect(said.at(-1)).toContain('1 unreadable file will be tried again');
    expect(await workOn()).toBe(1);
    expect(tasks()).toHaveLength(6);
  });
});

describe('two workers with one host name and one process number, in two containers', () => {
  const twin = { ...thisProcess(), place: '00000000' };
  const twinName = `${twin.host}-${twin.place}-${twin.pid}-${twin.startTicks ?? ''}`;

  it('leave each other what is unfinished, for a week', async () => {
    const unfinished = join(results(), 'unfinished');
    const names = {
      living: `${twinName}-0.part`,
      abandoned: `${twinName}-1.part`,
      killedHere: `${uniqueName().replace(/\d*$/, '1')}-0.part`,
    };
    mkdirSync(unfinished, { recursive: true });
    for (const name of Object.values(names)) writeFileSync(join(unfinished, name), '');
    const secondsAgo = (seconds: number): number => Date.now() / 1000 - seconds;
    utimesSync(join(unfinished, names.living), secondsAgo(500_000), secondsAgo(500_000));
    utimesSync(join(unfinished, names.abandoned), secondsAgo(700_000), secondsAgo(700_000));
    const folder = new ArchiveFolder(results());
    await folder.sweep();
    expect(readdirSync(unfinished)).toEqual([names.living]);
    expect(folder.temporary()).not.toBe(join(unfinished, names.living));
  });

  it('have a note each, and neither takes the other for dead', async () => {
    writeFiles('slow.wav');
    await planCard();
    const workers = join(results(), 'workers');
    mkdirSync(workers);
    const note = { ...twin, startTicks: 1, updatedMs: Date.now(), running: [], filesPerSecond: 0, speed: 0 };
    writeFileSync(join(workers, `${twinName}.json`), JSON.stringify(note));
    const working = workOn();
    await vi.waitFor(() => expect(readdirSync(workers)).toHaveLength(2));
    await status({ folder: results(), watch: false });
    expect(said.join('')).toContain(', 2 workers');
    await working;
    expect(readdirSync(workers)).toEqual([`${twinName}.json`]);
  });
});

describe('the status', () => {
  it('counts, and tells of workers that are dead', async () => {
    writeFiles('a.wav', 'bad.wav');
    await planCard();
    await workOn();
    writeFiles('c.wav');
    await planCard();
    const workers = join(results(), 'workers');
    const note = { updatedMs: Date.now(), filesPerSecond: 0.5, speed: 30, waitsFor: undefined };
    const dead = { ...thisProcess(), pid: 2 ** 22 - 3, running: ['/card/x.wav'], ...note };
    writeFileSync(join(workers, 'dead.json'), JSON.stringify(dead));
    writeFileSync(
      join(workers, 'living.json'),
      JSON.stringify({ ...thisProcess(), running: ['/card/c.wav'], ...note }),
    );
    said = [];
    await status({ folder: results(), watch: false });
    expect(said.join('').split('\n')).toEqual([
      '3 files: 1 done, 1 unreadable, 1 to do',
      'running: 1 files, 1 workers',
      '  /card/c.wav',
      'rate: 0.50 files a second, 30 × real time',
      'time left: 2 s',
      `dead worker: ${2 ** 22 - 3} of ${thisProcess().host}, which had /card/x.wav in work`,
      '',
    ]);
  });
});

it('complete folders of results are counted once, until something in them changes', async () => {
  writeFiles('a.wav', 'bad.wav');
  await planCard();
  await workOn();
  await status({ folder: results(), watch: false });
  const file = join(results(), 'counts.json');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"done":1', '"done":3'));
  said = [];
  await status({ folder: results(), watch: false });
  expect(said.join('')).toContain('2 files: 3 done, 1 unreadable');
  await retry({ folder: results() });
  said = [];
  await status({ folder: results(), watch: false });
  expect(said.join('')).toMatch(/^2 files: \d done, 0 unreadable/);
});

it('an incomplete folder is counted once when it is at rest, and always while it may be filled', async () => {
  writeFiles(...Array.from({ length: 20 }, (_, i) => `f${i}.wav`));
  await planCard();
  const folder = new ArchiveFolder(results());
  const manifest = await Manifest.open(folder, (await folder.read()).manifest);
  const [resting = '', busy = ''] = (await Promise.all(prefixes.map((_, bucket) => manifest.keys(bucket))))
    .map(([key = '']) => key)
    .filter(Boolean);
  const setSeconds = (key: string, seconds: number): void => utimesSync(dirname(folder.resultFile(key)), 0, seconds);
  for (const key of [resting, busy]) mkdirSync(dirname(folder.resultFile(key)), { recursive: true });
  setSeconds(resting, 1_000_000);
  setSeconds(busy, 1_000_121);
  expect(await countResults(folder, manifest)).toEqual({ done: 0, unreadable: 0 });

  const counts = JSON.parse(readFileSync(folder.countsFile, 'utf8'));
  expect(Object.keys(counts.prefixes)).toEqual([resting.slice(0, 2)]);
  counts.prefixes[resting.slice(0, 2)].done = 5;
  writeFileSync(folder.countsFile, JSON.stringify(counts));
  // In the same tick of the disk's clock.
  writeFileSync(folder.resultFile(busy), '');
  setSeconds(busy, 1_000_121);
  expect(await countResults(folder, manifest)).toEqual({ done: 6, unreadable: 0 });
  writeFileSync(folder.resultFile(resting), '');
  expect(await countResults(folder, manifest)).toEqual({ done: 2, unreadable: 0 });
});

describe('bad use', () => {
  it('other options, other sources and a second process get a sentence', async () => {
    writeFiles('a.wav');
    await planCard();
    await expect(planCard({ threshold: 0.5 })).rejects.toThrow(/was planned with other options \(--model earmark-52\)/);
    await expect(planCard({ sources: [results()] })).rejects.toThrow(/is the archive of .*card: name .*card as well/);
    for (const [lock, run] of [
      ['plan.lock', () => planCard()],
      ['work.lock', () => workOn()],
      ['merge.lock', () => merge({ folder: results() })],
    ] as const) {
      const path = join(results(), lock);
      writeFileSync(path, JSON.stringify(thisProcess()));
      await expect(run()).rejects.toThrow(`another process`);
      // That process was killed, and another one has its number.
      writeFileSync(path, JSON.stringify({ ...thisProcess(), startTicks: 1 }));
      await expect(run()).resolves.toBeTypeOf('number');
    }
  });

  it('a folder without an archive, and a source that is not there', async () => {
    await expect(work({ folder: join(top, 'nothing'), jobs: 1 })).rejects.toThrow(
      /holds no archive: `earmark archive plan/,
    );
    await expect(planCard()).rejects.toThrow(`${card()}: there is no such file`);
  });

  it('a worker with another model', async () => {
    writeFiles('a.wav');
    await planCard();
    const file = join(results(), 'archive.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"fingerprint": "./, '"fingerprint": "x'));
    await expect(workOn()).rejects.toThrow('was planned with another model, or another version of Earmark');
  });

  it('a plan that is damaged, and is made again: nothing is done twice', async () => {
    writeFiles('a.wav');
    await planCard();
    await workOn();
    const file = join(results(), 'archive.json');
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 100));
    await expect(planCard()).rejects.toThrow(`${file} is damaged: delete it, and plan again with the same options`);
    rmSync(file);
    await planCard();
    expect(said.at(-1)).toBe('1 files planned: 1 done, 0 unreadable, 0 to do');
  });

  it('what cannot be opened when it is planned counts as a file', async () => {
    writeFiles('a.wav');
    mkdirSync(join(card(), 'folder.wav'));
    await planCard();
    expect(said.at(-1)).toContain('2 files planned');
    renameSync(join(card(), 'folder.wav'), join(card(), 'bad.wav'));
    expect(said).toContain(`earmark: ${join(card(), 'folder.wav')}: is a folder without sounds`);
  });
});
