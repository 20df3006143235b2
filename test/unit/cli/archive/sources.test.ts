import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fetchRemote, isRemote, listRemote } from '../../../../cli/earmark/archive/sources/remote';
import type { RemoteFile } from '../../../../cli/earmark/archive/sources/remote-file';
import { SourceGone } from '../../../../cli/earmark/archive/sources/source-gone';
import { whiteNoise } from '../../support/random';
import { encodeWav } from '../../support/wav';

const top = mkdtempSync(join(tmpdir(), 'sources-'));
const sound = encodeWav([whiteNoise(16_000, 5).map((x) => x * 0.3)], 8000, 's16');
let server: Server;
let origin = '';

/** Files, and a bucket as S3 tells of it, two objects a page. */
beforeAll(async () => {
  const objects = ['night/a.wav', 'night/b.wav', 'night/note.txt', 'night/c.wav'];
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', origin);
    if (pathname === '/list.txt')
      response.end(`# recordings\n\n/a.wav\nsub/b.wav,${sound.length}\n${origin}/gone.wav\t7\n`);
    else if (pathname === '/bucket' || pathname === '/bucket/') {
      const at = Number(searchParams.get('continuation-token') ?? 0);
      const page = objects
        .slice(at, at + 2)
        .map((key) => `<Contents><Key>${key}</Key><Size>${sound.length}</Size></Contents>`);
      const next = at + 2 < objects.length;
      const token = next ? `<NextContinuationToken>${at + 2}</NextContinuationToken>` : '';
      response.setHeader('content-type', 'application/xml');
      response.end(`<ListBucketResult><IsTruncated>${next}</IsTruncated>${page.join('')}${token}</ListBucketResult>`);
    } else if (pathname.endsWith('gone.wav')) {
      response.statusCode = 404;
      response.setHeader('content-type', 'application/xml');
      response.end('<Error><Code>NoSuchKey</Code></Error>');
    } else if (pathname.endsWith('half.wav')) {
      // As a full disk or a wrong size on the server would do it, each time.
      response.setHeader('content-length', sound.length);
      if (request.method === 'HEAD') response.end();
      else response.write(sound.subarray(0, 5000), () => setTimeout(() => response.destroy(), 100));
    } else if (pathname === '/windows.txt') {
      response.end(`\ufeff# from a spreadsheet\r\na.wav,${sound.length}\r\n\r\na.wav , ${sound.length}\r\n`);
    } else if (pathname === '/wrong') {
      response.end(`a.wav,7\n${decodeURIComponent(new URL(request.url ?? '', origin).search.slice(1))}\n`);
    } else if (pathname.endsWith('refused.wav')) {
      response.statusCode = 403;
      response.setHeader('content-type', 'application/xml');
      response.end('<Error><Code>ExpiredToken</Code></Error>');
    } else if (pathname === '/ill.wav') {
      response.statusCode = 503;
      response.end();
    } else response.setHeader('content-length', sound.length).end(request.method === 'HEAD' ? undefined : sound);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  vi.stubEnv('AWS_ENDPOINT_URL', origin);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
  rmSync(top, { recursive: true });
});

async function listed(source: string): Promise<RemoteFile[]> {
  const files: RemoteFile[] = [];
  for await (const file of listRemote(source)) files.push(file);
  return files;
}

const fetched = (path: string): Promise<number> => fetchRemote(path, join(top, 'fetched'), () => undefined);

describe('a list on a server', () => {
  it('names files, with or without their size, relative or not', async () => {
    expect(await listed(`${origin}/list.txt`)).toEqual([
      { path: `${origin}/a.wav`, bytes: sound.length },
      { path: `${origin}/sub/b.wav`, bytes: sound.length },
      { path: `${origin}/gone.wav`, bytes: 7 },
    ]);
    expect(await listed(`${origin}/a.wav`)).toEqual([{ path: `${origin}/a.wav`, bytes: sound.length }]);
  });

  it('that is not there gets a sentence', async () => {
    await expect(listed('http://127.0.0.1:2/list.txt')).rejects.toThrow(
      '127.0.0.1:2 is out of reach: nothing answers at this address; is it running, and is the port right?',
    );
    await expect(listed(origin.replace('http:', 'https:'))).rejects.toThrow('does not speak TLS');
    await expect(listed('http://')).rejects.toThrow('“http://” is no address that begins with https:// or http://');
  });

  it('may have the line ends of Windows, spaces, and a file twice', async () => {
    const file = { path: `${origin}/a.wav`, bytes: sound.length };
    expect(await listed(`${origin}/windows.txt`)).toEqual([file, file]);
  });

  it.each([
    ['http://[oops', /“http:\/\/\[oops” in http:.*\/wrong.* is no address that begins with/],
    ['ftp://host/a.wav', /“ftp:\/\/host\/a.wav” in .* is no address/],
    ['https://me:geheim@host/a.wav', /^an address on host has a name or a password, which a plan must not keep/],
  ])('is refused as a whole if it has a line such as %s', async (line, sentence) => {
    const attempt = listed(`${origin}/wrong?${encodeURIComponent(line)}`);
    await expect(attempt).rejects.toThrow(sentence);
    await expect(attempt).rejects.not.toThrow('geheim');
  });

  it('has a file that always ends too early, which is to blame, unless the server is gone', async () => {
    await expect(fetched(`${origin}/half.wav`)).rejects.toThrow(
      'cannot be fetched as a whole: the server ends too early',
    );
    await expect(fetched(`${origin}/half.wav`)).rejects.not.toThrow(SourceGone);
  });

  it('has files that are copied, that are missing, and a server that is ill', async () => {
    expect(await fetched(`${origin}/a.wav`)).toBe(sound.length);
    expect(readFileSync(join(top, 'fetched')).equals(sound)).toBe(true);
    await expect(fetched(`${origin}/gone.wav`)).rejects.toThrow('cannot be fetched (HTTP 404)');
    await expect(fetched(`${origin}/ill.wav`)).rejects.toThrow(SourceGone);
    await expect(fetched('http://127.0.0.1:2/a.wav')).rejects.toThrow(SourceGone);
  });

  it('is tagged like files on disk', async (context) => {
    context.skip(!existsSync('node_modules/tsx'), 'tsx is not installed');
    const results = join(top, 'results');
    const earmark = (...args: string[]): Promise<string> =>
      new Promise((resolve) => {
        const command = ['--import', 'tsx', 'cli/earmark/earmark.ts', 'archive', ...args];
        execFile(process.execPath, command, (_, stdout, stderr) => resolve(stdout + stderr));
      });
    writeFileSync(join(top, 'local.wav'), sound);
    const planned = await earmark(
      'plan',
      `${origin}/list.txt`,
      join(top, 'local.wav'),
      '--into',
      results,
      '--threshold',
      '0.05',
    );
    expect(planned).toContain('4 files planned');
    expect(await earmark('work', results, '--jobs', '1')).toContain('3 done, 1 unreadable');
    expect(await earmark('merge', results)).toContain('4 files: 3 done, 1 unreadable');
    const events = readdirSync(join(results, 'results'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.name.endsWith('.jsonl'))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8').split('\n').slice(1))
      .map((lines) =>
        lines.filter((line) => line !== '').map((line) => ({ ...JSON.parse(line), startedAt: undefined })),
      );
    expect(events[0]?.length).toBeGreaterThan(0);
    expect(events[1]).toEqual(events[0]);
    expect(events[2]).toEqual(events[0]);
  });
});

it('a folder that vanishes while it is worked on is waited for, and no file is blamed', async (context) => {
  context.skip(!existsSync('node_modules/tsx'), 'tsx is not installed');
  const [card, away, results] = ['vanishing', 'away', 'vanished-results'].map((name) => join(top, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(card);
  for (const name of ['a.wav', 'b.wav']) writeFileSync(join(card, name), sound);
  const start = (...args: string[]): ChildProcess =>
    spawn(process.execPath, ['--import', 'tsx', 'cli/earmark/earmark.ts', 'archive', ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  await once(start('plan', card, '--into', results), 'close');
  renameSync(card, away);
  const worker = start('work', results, '--jobs', '1');
  let said = '';
  worker.stderr?.on('data', (data) => {
    said += data;
    // The drive is mounted again when the sentence asks for it.
    if (said.includes('is gone or empty') && existsSync(away)) renameSync(away, card);
  });
  expect(await once(worker, 'close')).toEqual([0, null]);
  expect(said).toContain(`waiting: ${card} is gone or empty: mount it again, and the work goes on`);
  expect(said).toContain('2 done, 0 unreadable by this worker');
}, 300_000);

describe('a bucket', () => {
  const why = existsSync('cli/node_modules/@aws-sdk/client-s3')
    ? undefined
    : 'AWS’s SDK is not installed: npm ci --prefix cli';

  it('is listed page by page, and its objects are copied', async (context) => {
    context.skip(why !== undefined, why);
    expect(await listed('s3://bucket/night/')).toEqual(
      ['a', 'b', 'c'].map((name) => ({ path: `s3://bucket/night/${name}.wav`, bytes: sound.length })),
    );
    expect(await fetched('s3://bucket/night/a.wav')).toBe(sound.length);
    expect(readFileSync(join(top, 'fetched')).equals(sound)).toBe(true);
    await expect(fetched('s3://bucket/night/gone.wav')).rejects.toThrow('cannot be fetched (NoSuchKey)');
    await expect(fetched('s3://bucket/half.wav')).rejects.toThrow('cannot be fetched as a whole');
    // Of a night’s work, all later files would be given up when the credentials end.
    const refused = fetched('s3://bucket/refused.wav');
    await expect(refused).rejects.toThrow(SourceGone);
    await expect(refused).rejects.toThrow(
      's3://bucket refuses the credentials (ExpiredToken): start `work` with valid',
    );
  });

  it('is named by an address', () => {
    expect(['s3://b/x', 'https://h/l', 'http://h/l', '/data', 'data'].map(isRemote)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
