import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { S3Server, whyNoS3Server } from '../../../support/s3/s3-server';
import { whiteNoise } from '../../support/random';
import { encodeWav } from '../../support/wav';

const top = mkdtempSync(join(tmpdir(), 's3-'));
let server: S3Server;
const command = ['--import', 'tsx', 'cli/earmark/earmark.ts', 'archive'];

/** Names that must be quoted in addresses, which need not be in paths. */
const names = ['night/a.wav', 'night/b c.wav', 'night/ä+#?%20.wav', 'night/deeper/d.wav'];
const soundOf = (place: number): Buffer => encodeWav([whiteNoise(8000, 7 + place).map((x) => x * 0.3)], 8000, 's16');

const environment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  AWS_ENDPOINT_URL: server.address,
  AWS_ACCESS_KEY_ID: 'key',
  AWS_SECRET_ACCESS_KEY: 'secret',
});

function earmark(...args: string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, [...command, ...args], { env: environment() }, (_, out, err) => resolve(out + err));
  });
}

async function fillBucket(): Promise<void> {
  await server.makeBucket('sounds');
  for (const [place, name] of names.entries()) await server.put('sounds', name, new Uint8Array(soundOf(place)));
  await server.put('sounds', 'night/broken.wav', new Uint8Array(soundOf(0).subarray(0, 20)));
  await server.put('sounds', 'night/note.txt', new Uint8Array(4));
  await server.put('sounds', 'day/e.wav', new Uint8Array(soundOf(0)));
}

/** The events of an archive by the name of their file, without what tells when a file was made. */
function eventsOf(results: string): Record<string, unknown> {
  const folder = join(results, 'results');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    ({ name }) => name.endsWith('.jsonl') && !name.endsWith('.unreadable.json'),
  );
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const [head, ...rows] = readFileSync(join(parentPath, name), 'utf8').trim().split('\n');
      const { path } = JSON.parse(head as string);
      return [path.slice(path.indexOf('night/')), rows.map((row) => ({ ...JSON.parse(row), startedAt: undefined }))];
    }),
  );
}

beforeAll(async () => {
  if (whyNoS3Server !== undefined) return;
  server = await S3Server.start();
  await fillBucket();
}, 120_000);
afterAll(async () => {
  await server?.kill();
  rmSync(top, { recursive: true });
});

describe('an archive in a bucket of S3', () => {
  beforeEach((context) => context.skip(whyNoS3Server !== undefined, whyNoS3Server));

  it('is planned, tagged and merged, with the events of the same files on disk', async () => {
    const [remote, local] = [join(top, 'remote'), join(top, 'local')];
    expect(await earmark('plan', 's3://sounds/night/', '--into', remote, '--threshold', '0.05')).toContain(
      '5 files planned',
    );
    expect(await earmark('work', remote, '--jobs', '2')).toContain('4 done, 1 unreadable by this worker');
    const merged = await earmark('merge', remote);
    expect(merged).toContain('5 files: 4 done, 1 unreadable');
    expect(readFileSync(join(remote, 'merged/unreadable.csv'), 'utf8')).toContain('s3://sounds/night/broken.wav');

    for (const [place, name] of names.entries()) {
      mkdirSync(dirname(join(top, name)), { recursive: true });
      writeFileSync(join(top, name), soundOf(place));
    }
    await earmark('plan', join(top, 'night'), '--into', local, '--threshold', '0.05');
    await earmark('work', local, '--jobs', '2');
    const events = eventsOf(remote);
    expect(Object.keys(events).sort()).toEqual([...names].sort());
    expect(Object.values(events).flat().length).toBeGreaterThan(0);
    expect(events).toEqual(eventsOf(local));
  }, 300_000);

  it('waits while the server is away, and blames no file', async () => {
    const results = join(top, 'away');
    await earmark('plan', 's3://sounds/night/a.wav', '--into', results);
    await server.kill();
    const worker = spawn(process.execPath, [...command, 'work', results, '--jobs', '1'], {
      env: environment(),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    // It comes back empty, which is no reason to give up a file either.
    const mendings = [
      { sentence: 'does not answer', mend: () => server.start() },
      { sentence: 'NoSuchBucket', mend: fillBucket },
    ];
    for await (const text of worker.stderr) {
      said += text;
      if (said.includes(mendings[0]?.sentence ?? 'by this worker')) await mendings.shift()?.mend();
    }
    if (worker.exitCode === null) await once(worker, 'close');
    expect(said).toContain('waiting: s3://sounds does not answer (NoSuchBucket');
    expect(said).toContain('1 done, 0 unreadable by this worker');
  }, 300_000);

  it('that cannot be listed gets a sentence', async () => {
    expect(await earmark('plan', 's3://nowhere/', '--into', join(top, 'nowhere'))).toMatch(
      /s3:\/\/nowhere\/ cannot be listed \(NoSuchBucket: .*\): look at the name, AWS_REGION and the credentials/,
    );
  });
});
