import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { commands } from '../../../../../cli/earmark/help/commands';
import { HEARD_FILE_VARIABLE, HeardFile } from '../../../../../cli/earmark/listen/outputs/heard-file';
import { signature } from '../../../../../cli/earmark/listen/outputs/webhook';
import { runPython, whyNoPython } from '../../../support/python';
import { eventLine } from './events';

const root = join(import.meta.dirname, '../../../../..');
const document = readFileSync(join(root, 'docs/listener.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'listener-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What `earmark listen` prints, for two events. */
const printed = [
  eventLine(1, 'start'),
  eventLine(1, 'update'),
  eventLine(1),
  eventLine(2, 'start', 'cat'),
  eventLine(2, 'end', 'cat'),
]
  .map((line) => `${JSON.stringify(line)}\n`)
  .join('');

/** The first snippet of a language that contains a text. */
function snippet(language: string, part: string): string {
  const all = [...document.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, code]) => code as string,
  );
  const found = all.find((code) => code.includes(part));
  if (found === undefined) throw new Error(`there is no ${language} with ${part}`);
  return found;
}

function missing(...programs: string[]): string | undefined {
  const lack = programs.find((program) => spawnSync(program, ['--version']).error !== undefined);
  return lack && `${lack} is not installed`;
}

/** Runs a snippet of shell in which a file takes the place of the listener. */
async function runShell(code: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  writeFileSync(join(folder, 'printed'), printed);
  const script = code.replace(/^earmark listen .*\|$/m, 'cat printed |').replace('notify-send', 'echo');
  const child = spawn('sh', ['-c', script], { cwd: folder, env: { ...process.env, ...env } });
  let told = '';
  child.stdout.on('data', (data) => {
    told += data;
  });
  await once(child, 'close');
  return told;
}

describe('in the document of the listener', () => {
  it('the shell tells of starts', async (context) => {
    const lack = missing('jq');
    context.skip(lack !== undefined, lack);
    expect(await runShell(snippet('sh', 'notify-send'))).toBe(
      '2026-06-01T20:00:10.000Z Dog\n2026-06-01T20:00:20.000Z cat\n',
    );
  });

  it('InfluxDB gets its lines', async (context) => {
    const lack = missing('jq', 'curl');
    context.skip(lack !== undefined, lack);
    const posted: string[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (data) => {
        body += data;
      });
      request.on('end', () => {
        posted.push(`${request.headers.authorization} ${request.url} ${body}`);
        response.writeHead(204).end();
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    await runShell(snippet('sh', 'INFLUX_URL'), { INFLUX_URL: `http://127.0.0.1:${port}`, INFLUX_TOKEN: 'secret' });
    server.close();
    const seconds = Date.UTC(2026, 5, 1, 20, 0, 10) / 1000;
    expect(posted).toEqual([
      `Token secret /api/v2/write?org=home&bucket=sounds&precision=s sound,label=dog probability=0.9 ${seconds}`,
      `Token secret /api/v2/write?org=home&bucket=sounds&precision=s sound,label=cat probability=0.9 ${seconds + 10}`,
    ]);
  });

  it('SQLite keeps the events', (context) => {
    const lack = whyNoPython();
    context.skip(lack !== undefined, lack);
    writeFileSync(join(folder, 'printed'), printed);
    const script = `import os, sys\nos.chdir(${JSON.stringify(folder)})\nsys.stdin = open("printed")\n${snippet('python', 'sqlite3')}`;
    const told = runPython(
      `${script}\nprint(database.execute("SELECT label, start, probability FROM events").fetchall())`,
    );
    expect(told.trim()).toBe("[('dog', '2026-06-01T20:00:10.000Z', 0.9), ('cat', '2026-06-01T20:00:20.000Z', 0.9)]");
  });

  it('Python checks the signature of a webhook', (context) => {
    const lack = whyNoPython();
    context.skip(lack !== undefined, lack);
    const timestamp = Math.floor(Date.now() / 1000);
    const check = (body: string, time: number): string => {
      const signed = `sha256=${signature('key', timestamp, '{"kind":"end"}')}`;
      const headers = JSON.stringify({ 'Earmark-Timestamp': String(time), 'Earmark-Signature': signed });
      return runPython(`${snippet('python', 'hmac')}\nprint(is_from_earmark(b"key", ${headers}, b'${body}'))`).trim();
    };
    expect(check('{"kind":"end"}', timestamp)).toBe('True');
    expect(check('{"kind":"start"}', timestamp)).toBe('False');
    expect(check('{"kind":"end"}', timestamp + 1)).toBe('False');
  });

  it('there are only options and metrics that exist', () => {
    const listen = commands.find(({ name }) => name === 'listen');
    const known = new Set(listen?.options.map(({ flag }) => flag));
    const others = new Set([
      '--global',
      '--unbuffered',
      '--raw-output',
      '--silent',
      '--header',
      '--data-binary',
      '--now',
    ]);
    for (const flag of [
      '--format',
      '--tag',
      '--file',
      '--device',
      '--group-add',
      '--volume',
      '--env',
      '--publish',
      '--hours',
      '--cuts',
    ])
      others.add(flag);
    const named = [...document.matchAll(/(?<=[\s`])--[a-z][a-z-]*/g)]
      .map(([flag]) => flag)
      .filter((flag) => !others.has(flag));
    expect(named.length).toBeGreaterThan(12);
    expect(named.filter((flag) => !known.has(flag))).toEqual([]);
    const code = readFileSync(join(root, 'cli/earmark/listen/outputs/prometheus.ts'), 'utf8');
    const metrics = [...document.matchAll(/`(earmark_\w+)`/g)].map(([, name]) => name as string);
    expect(metrics.length).toBeGreaterThan(8);
    for (const name of metrics) expect(code).toContain(`'${name}'`);
  });
});

describe('the health check of the container', () => {
  const containerfile = readFileSync(join(root, 'deploy/Containerfile'), 'utf8');
  const [command = '', ...args] = JSON.parse(
    /HEALTHCHECK [\s\S]*?CMD (\[.*\])/.exec(containerfile)?.[1] ?? '[]',
  ) as string[];
  const heard = join(folder, 'heard');
  const status = (): number | null =>
    spawnSync(command, args, { env: { ...process.env, EARMARK_HEARD_FILE: heard } }).status;

  it('is right only while sound is heard', () => {
    expect(containerfile).toMatch(new RegExp(`^ENV ${HEARD_FILE_VARIABLE}=/tmp/`, 'm'));
    expect(status()).toBe(1);
    const said: string[] = [];
    const file = new HeardFile(heard, (sentence) => void said.push(sentence));
    file.window();
    expect(status()).toBe(0);
    const secondsAgo = Date.now() / 1000 - 31;
    utimesSync(heard, secondsAgo, secondsAgo);
    expect(status()).toBe(1);
    new HeardFile(join(heard, 'x'), (sentence) => void said.push(sentence)).window();
    expect(said).toEqual([
      `${join(heard, 'x')} (EARMARK_HEARD_FILE) cannot be written: a part of its path is no folder`,
    ]);
  });
});

describe('the systemd unit', () => {
  const unit = join(folder, 'earmark-listen@porch.service');

  it('is understood by systemd, and gives few rights', (context) => {
    const lack = missing('systemd-analyze');
    context.skip(lack !== undefined, lack);
    copyFileSync(join(root, 'deploy/earmark-listen@.service'), unit);
    const { stderr } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
    const complaints = stderr
      .split('\n')
      .filter((line) => line.includes('earmark-listen') && !line.includes('man earmark'));
    expect(complaints).toEqual([]);
    const told = execFileSync('systemd-analyze', ['security', '--offline=true', unit], { encoding: 'utf8' });
    const exposure = Number(/Overall exposure level for .*: (\d+\.\d)/.exec(told)?.[1]);
    // 9.6 without any hardening.
    expect(exposure).toBeLessThanOrEqual(2);
  });

  it('leaves Node the memory that its compiler writes to', () => {
    const text = readFileSync(join(root, 'deploy/earmark-listen@.service'), 'utf8');
    expect(text).not.toMatch(/^MemoryDenyWriteExecute=/m);
  });
});
