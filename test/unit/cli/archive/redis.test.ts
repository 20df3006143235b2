import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ArchiveFolder } from '../../../../cli/earmark/archive/archive-folder';
import { Manifest } from '../../../../cli/earmark/archive/manifest';
import { merge } from '../../../../cli/earmark/archive/merge';
import { plan } from '../../../../cli/earmark/archive/plan';
import { BullQueue } from '../../../../cli/earmark/archive/redis/bull-queue';
import {
  redisFacts,
  redisSentence,
  requireUsable,
  shownAddress,
} from '../../../../cli/earmark/archive/redis/redis-address';
import { work } from '../../../../cli/earmark/archive/work';
import { RedisServer, whyNoRedis } from '../../../support/redis-server';
import { writeFakeSandbox } from './fake-sandbox';

let top = '';
let script: URL;
let said: string[] = [];
let redis: RedisServer;
const server = mkdtempSync(join(tmpdir(), 'redis-'));

beforeAll(async () => {
  if (whyNoRedis === undefined) redis = await RedisServer.start(server, '--appendonly', 'yes');
}, 120_000);
afterAll(async () => {
  await redis?.kill();
  rmSync(server, { recursive: true });
});
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'archive-redis-'));
  script = writeFakeSandbox(top);
  said = [];
  for (const stream of ['log', 'error'] as const) {
    vi.spyOn(console, stream).mockImplementation((line: string) => void said.push(line));
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(top, { recursive: true });
});

const results = (): string => join(top, 'results');
const options = { model: 'earmark-52', threshold: undefined, labels: undefined, overlapSeconds: undefined };

function writeFiles(...names: string[]): void {
  mkdirSync(join(top, 'card'), { recursive: true });
  for (const name of names) writeFileSync(join(top, 'card', name), name);
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}

const planCard = (queue = redis.address): Promise<number> =>
  plan({ sources: [join(top, 'card')], folder: results(), headFile: undefined, options, queue });
const workOn = (queue?: string): Promise<number> =>
  work({ folder: results(), jobs: 2, queue, untilDone: true, sandbox: { script, stallSeconds: 2 } });
const tasks = (): string[] => readFileSync(join(top, 'tasks.log'), 'utf8').trim().split('\n').sort();

describe('an archive on Redis', () => {
  beforeEach((context) => context.skip(whyNoRedis !== undefined, whyNoRedis));

  it('is worked on by two, and each file is tagged once', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `f${i}.wav`);
    writeFiles(...names, 'long.wav');
    await planCard();
    expect(await Promise.all([workOn(), workOn()])).toEqual([0, 0]);
    expect(tasks().filter((task) => !task.startsWith('join'))).toEqual(
      [...names, 'long.wav']
        .map((name) => `file ${name}`)
        .concat([0, 1, 2].map((i) => `part long.wav ${i}`))
        .sort(),
    );
    await merge({ folder: results() });
    expect(said.at(-1)).toBe('13 files: 13 done, 0 unreadable');
  });

  it('tries a poisoned file three times, and lists it', async () => {
    writeFiles('bad.wav', 'kill.wav', 'late.wav');
    await planCard();
    expect(await workOn()).toBe(1);
    expect(tasks()).toEqual([
      ...['bad.wav', 'bad.wav', 'bad.wav', 'kill.wav', 'kill.wav', 'kill.wav'].map((name) => `file ${name}`),
      ...['late.wav', 'late.wav'].map((name) => `file ${name}`),
    ]);
    await merge({ folder: results() });
    expect(said.at(-1)).toBe('3 files: 1 done, 2 unreadable');
  });

  it('tries a file again although the clock was set back by a day meanwhile', async () => {
    writeFiles('late.wav');
    await planCard();
    const now = Date.now;
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => now() + 86_400_000);
    const working = workOn();
    await until(() => existsSync(join(top, 'tasks.log')));
    await new Promise((resolve) => setTimeout(resolve, 500));
    clock.mockRestore();
    expect(await working).toBe(0);
    expect(tasks()).toEqual(['file late.wav', 'file late.wav']);
  });

  it('that lost its jobs is planned again, and nothing is computed twice', async () => {
    writeFiles('a.wav', 'b.wav');
    await planCard();
    await workOn();
    writeFiles('c.wav', 'd.wav');
    await planCard();
    redis.command('flushall');
    await expect(workOn()).rejects.toThrow('2 files have no result, because Redis lost them: plan again');
    await planCard();
    // Planned twice, and still once in the queue.
    await planCard();
    await workOn();
    expect(tasks()).toEqual(['file a.wav', 'file b.wav', 'file c.wav', 'file d.wav']);
  });
});

it('a worker that waits for more says so', async (context) => {
  context.skip(whyNoRedis !== undefined, whyNoRedis);
  writeFiles('a.wav');
  await planCard();
  await workOn();
  const folder = new ArchiveFolder(results());
  const queue = await BullQueue.open(folder, await folder.read(), redis.address);
  const running = queue.run(() => Promise.reject(new Error('the end of this test')), 1);
  await until(() => said.some((line) => /waiting: all is done: plan more, or stop this worker/.test(line)));
  writeFiles('b.wav');
  await planCard();
  await expect(running).rejects.toThrow('the end of this test');
  await queue.close();
});

describe('a Redis that fails while files are tagged', () => {
  const names = Array.from({ length: 12 }, (_, i) => `slow${i}.wav`);
  beforeEach((context) => context.skip(whyNoRedis !== undefined, whyNoRedis));

  /** Begins to work, and has something happen when the first file was tagged. @returns the status of the work. */
  async function workDuring(fault: () => Promise<void>): Promise<number> {
    writeFiles(...names);
    await planCard();
    const working = workOn();
    await until(() => existsSync(join(top, 'tasks.log')));
    await fault();
    return working;
  }

  /** Every file was tagged, though those that were in work may have been tagged twice. */
  async function expectAll(): Promise<void> {
    expect([...new Set(tasks())]).toEqual(names.map((name) => `file ${name}`).sort());
    expect(tasks().length).toBeLessThanOrEqual(names.length + 2);
    await merge({ folder: results() });
    expect(said.at(-1)).toBe('12 files: 12 done, 0 unreadable');
  }

  it('is waited for when it is killed, and the work goes on when it is back', async () => {
    const status = await workDuring(async () => {
      await redis.kill();
      await until(() => said.some((line) => line.includes('waiting: Redis at')));
      await redis.start();
    });
    expect(status).toBe(0);
    expect(said.join('\n')).toMatch(
      /waiting: Redis at redis:\/\/127.0.0.1:\d+ does not answer.*: start it, for example with `redis-server/,
    );
    await expectAll();
  });

  it('is waited for when its memory is full, and the work goes on when it has room', async () => {
    const status = await workDuring(async () => {
      redis.command('config', 'set', 'maxmemory', '1');
      await until(() => said.some((line) => line.includes('waiting: ')));
      redis.command('config', 'set', 'maxmemory', '0');
    });
    expect(status).toBe(0);
    expect(said.join('\n')).toMatch(/waiting: the memory of Redis at .* is full: raise its maxmemory; nothing is lost/);
    await expectAll();
  });
});

it('two archives with other parameters on one Redis get their own jobs only', async (context) => {
  context.skip(whyNoRedis !== undefined, whyNoRedis);
  writeFiles('a.wav', 'b.wav');
  await planCard();
  const other = join(top, 'other');
  await plan({
    sources: [join(top, 'card')],
    folder: other,
    headFile: undefined,
    options: { ...options, threshold: 0.5 },
    queue: redis.address,
  });
  await workOn();
  expect(tasks()).toEqual(['file a.wav', 'file b.wav']);
  await merge({ folder: other });
  expect(said.at(-1)).toContain('2 files: 0 done, 0 unreadable, 2 missing');
  await work({ folder: other, jobs: 2, untilDone: true, sandbox: { script, stallSeconds: 2 } });
  await merge({ folder: other });
  expect(said.at(-1)).toBe('2 files: 2 done, 0 unreadable');
});

/** An archive of so many files that many jobs have several of them. */
describe('jobs of several files', () => {
  const names = Array.from({ length: 80 }, (_, i) => `f${i}.wav`);
  beforeEach((context) => context.skip(whyNoRedis !== undefined, whyNoRedis));

  const ofEachJob = "local found = {} for _, key in ipairs(redis.call('keys', 'bull:*-*-*-*-*')) do ";

  /** Fills the queue with as few jobs as can be. @returns how many files each of them has. */
  async function fillWithFewJobs(): Promise<number[]> {
    redis.command('flushall');
    const folder = new ArchiveFolder(results());
    const archive = await folder.read();
    const manifest = await Manifest.open(folder, archive.manifest);
    const queue = await BullQueue.open(folder, archive, redis.address);
    await queue.fill(manifest, 1).finally(() => queue.close());
    const found = redis
      .command(
        'eval',
        `${ofEachJob}found[#found + 1] = key .. ' ' .. redis.call('hget', key, 'data')
      end return found`,
        '0',
      )
      .split('\n');
    return Promise.all(
      found.map(async (line) => {
        const [start, end] = JSON.parse(line.slice(line.indexOf(' '))).span;
        return (await manifest.rows({ start, end })).length;
      }),
    );
  }

  it('a poisoned one is tried three times, and those beside it once', async () => {
    writeFiles(...names, 'bad.wav', 'kill.wav');
    await planCard();
    const jobs = await fillWithFewJobs();
    expect(jobs.some((files) => files > 1)).toBe(true);
    expect(jobs.reduce((sum, files) => sum + files, 0)).toBe(82);
    await Promise.all([workOn(), workOn()]);
    const poisoned = ['bad.wav', 'kill.wav'].flatMap((name) => [name, name, name]);
    expect(tasks()).toEqual([...names, ...poisoned].map((name) => `file ${name}`).sort());
    await merge({ folder: results() });
    expect(said.at(-1)).toBe('82 files: 80 done, 2 unreadable');
  });

  it('whose worker is lost again and again are divided, and only a file that is alone is given up', async () => {
    writeFiles(...names);
    await planCard();
    const jobs = await fillWithFewJobs();
    redis.command('eval', `${ofEachJob}redis.call('hset', key, 'stc', 10) end`, '0');
    await workOn();
    await merge({ folder: results() });
    const alone = jobs.filter((files) => files === 1).length;
    expect(said.at(-1)).toBe(`80 files: ${80 - alone} done, ${alone} unreadable`);
    expect(said.join()).toContain('its workers were lost again and again');
  });
});

describe('a Redis that cannot be used', () => {
  beforeEach((context) => context.skip(whyNoRedis !== undefined, whyNoRedis));

  it('does not answer, or is another one than planned', async () => {
    writeFiles('a.wav');
    await expect(planCard('redis://127.0.0.1:1')).rejects.toThrow(
      /127.0.0.1:1 does not answer \(ECONNREFUSED\): start it/,
    );
    await planCard();
    await expect(workOn('redis://127.0.0.1:1')).rejects.toThrow(/was planned for .*: plan it again with --queue/);
  });

  it('has a password, evicts, keeps nothing on disk, or is full', async () => {
    writeFiles('a.wav', 'b.wav');
    redis.command('config', 'set', 'requirepass', 'secret');
    await expect(planCard()).rejects.toThrow(/does not accept the password: give the right one/);
    await expect(planCard(redis.address.replace('//', '//:wrong@'))).rejects.toThrow(/does not accept the password/);
    await planCard(redis.address.replace('//', '//:secret@'));
    expect(readFileSync(join(results(), 'archive.json'), 'utf8')).not.toContain('secret');
    redis.command('-a', 'secret', 'config', 'set', 'requirepass', '');

    redis.command('config', 'set', 'maxmemory-policy', 'allkeys-lru');
    await expect(planCard()).rejects.toThrow(/throws jobs away .*: set `maxmemory-policy noeviction`/);
    redis.command('config', 'set', 'maxmemory-policy', 'noeviction');

    redis.command('config', 'set', 'appendonly', 'no');
    await planCard();
    expect(said.join()).toContain('keeps its jobs in memory only: set `appendonly yes`');
    redis.command('config', 'set', 'appendonly', 'yes');

    redis.command('flushall');
    redis.command('config', 'set', 'maxmemory', '1');
    await expect(planCard()).rejects.toThrow(/the memory of Redis at .* is full: raise its maxmemory; nothing is lost/);
    redis.command('config', 'set', 'maxmemory', '0');
    await planCard();
    expect(await workOn()).toBe(0);
  });

  it('has no such database, forbids what jobs need, or is a copy', async () => {
    writeFiles('a.wav');
    await expect(planCard(`${redis.address}/99`)).rejects.toThrow(/has no database with that number: leave it away/);
    redis.command('acl', 'setuser', 'guest', 'on', '>secret', '~*', '+info', '+ping');
    const asGuest = redis.address.replace('//', '//guest:secret@');
    await expect(planCard(asGuest)).rejects.toThrow(/forbids this user what jobs need .*: give it all rights/);
    redis.command('acl', 'setuser', 'guest', '-info');
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    await expect(planCard(asGuest)).rejects.toThrow(/forbids this user what jobs need .*: give it all rights/);
    redis.command('acl', 'deluser', 'guest');
    redis.command('replicaof', '127.0.0.1', '1');
    await expect(planCard()).rejects.toThrow(/is a copy that cannot be changed: give the address of its original/);
    redis.command('replicaof', 'no', 'one');
  });

  it('is no Redis', async () => {
    writeFiles('a.wav');
    const answers = createServer(
      (socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n').on('error', () => undefined),
    );
    await new Promise<void>((resolve) => void answers.listen(0, '127.0.0.1', resolve));
    const { port } = answers.address() as AddressInfo;
    await expect(planCard(`redis://127.0.0.1:${port}`)).rejects.toThrow(/^what answers at .* is no Redis/);
    answers.close();
  });

  it('takes the connection and says nothing', async () => {
    writeFiles('a.wav');
    const silent = createServer();
    await new Promise<void>((resolve) => void silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    await expect(planCard(`redis://127.0.0.1:${port}`)).rejects.toThrow(/does not answer \(ETIMEDOUT\)/);
    silent.close();
  }, 30_000);

  it('is old', () => {
    const info = '# Server\r\nredis_version:5.0.14\r\naof_enabled:1\r\nmaxmemory_policy:noeviction\r\n';
    expect(() => requireUsable(redisFacts(info), 'here')).toThrow('Redis at here is version 5.0.14: install 6.2');
    expect(() => requireUsable(redisFacts(info.replace('5.0.14', '7.0.15')), 'here')).not.toThrow();
  });
});

it('addresses are shown without their password', () => {
  expect(shownAddress('redis://me:secret@host:1/2')).toBe('redis://me@host:1/2');
  expect(() => shownAddress('host:6379')).toThrow('--queue needs an address such as redis://localhost:6379');
  expect(() => shownAddress('redis://host/first')).toThrow('--queue needs an address');
  expect(() => shownAddress('http://me:geheim@host')).toThrow('not “http://host”');
  expect(redisSentence(new Error('connect ETIMEDOUT'), 'rediss://here')).toContain('its address begins with redis://');
  expect(redisSentence(new Error('MISCONF Redis is configured'), 'here')).toContain('cannot write to its disk');
  expect(redisSentence(new Error('CLUSTERDOWN Hash slot not served'), 'here')).toContain('is part of a cluster');
  const lost = ['could not renew lock for job a-1', 'Missing lock for job a-1.', 'Lock mismatch for job a-1.'];
  for (const message of lost) {
    expect(redisSentence(new Error(message), 'here')).toMatch(/^this machine was too busy .*: nothing is lost/);
  }
});
