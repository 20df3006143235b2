import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { soakTag } from '../../../../bench/tag/soak-run';
import { commands } from '../../../../cli/earmark/help/commands';
import { logMelColumns } from '../../../../src/dsp/log-mel';
import { openModelFolder } from '../../../../src/model/folder/node';
import { windowSamples } from '../../../../src/shared/contracts/model/feature-spec';
import { SHIPPED_MODEL } from '../../../../src/shared/contracts/model/shipped-model';
import { whiteNoise } from '../../support/random';
import { encodeWav } from '../../support/wav';

const root = join(import.meta.dirname, '../../../..');
const top = mkdtempSync(join(tmpdir(), 'earmark-package-'));
afterAll(() => rmSync(top, { recursive: true }));

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The installed command, in the folder of the test. */
function earmark(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      join(top, 'node_modules/.bin/earmark'),
      args,
      { cwd: top, encoding: 'utf8', maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => resolve({ status: error ? (error.code as unknown as number) : 0, stdout, stderr }),
    );
  });
}

/** Six seconds of noise that grows and fades: with a low threshold there is an event in it. */
const noise = whiteNoise(32_000 * 6, 5).map((x, i) => x * 0.3 * Math.sin((Math.PI * i) / (32_000 * 6)) ** 2);
const LOW = ['--threshold', '0.05'];

function writeSound(name: string, samples: Float32Array = noise): void {
  writeFileSync(join(top, name), encodeWav([samples], 32_000, 's16'));
}

beforeAll(() => {
  execFileSync('npx', ['tsx', 'scripts/pack.mjs', '--into', top], { cwd: root });
  const [file] = readdirSync(top).filter((name) => name.endsWith('.tgz'));
  writeFileSync(join(top, 'package.json'), '{}');
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${file}`], { cwd: top });
  for (const folder of ['card/night', 'bad']) mkdirSync(join(top, folder), { recursive: true });
  writeSound('card/20250601_043000.wav');
  writeSound('card/night/b.wav', noise.subarray(0, 32_000 * 4));
  writeSound('card/Bär.wav', noise.subarray(32_000));
}, 300_000);

describe('the package', () => {
  it('has no dependencies, and its licences', () => {
    const folder = join(top, 'node_modules/earmark');
    expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).dependencies).toBeUndefined();
    expect(readdirSync(join(top, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['earmark']);
    expect(readFileSync(join(folder, 'licences.txt'), 'utf8')).toContain('@tensorflow/tfjs-core');
    expect(readFileSync(join(folder, 'man/earmark.1'), 'utf8')).toMatch(/^\.TH EARMARK 1/);
  });

  it('installed for everyone, brings its man page', (context) => {
    context.skip(process.platform === 'win32', 'npm links no man pages on Windows');
    const [file] = readdirSync(top).filter((name) => name.endsWith('.tgz'));
    const place = ['--global', '--prefix', join(top, 'global')];
    execFileSync('npm', ['install', ...place, '--offline', '--no-audit', '--no-fund', `./${file}`], { cwd: top });
    expect(readFileSync(join(top, 'global/share/man/man1/earmark.1'), 'utf8')).toMatch(/^\.TH EARMARK 1/);
  });

  it('explains itself', async () => {
    for (const { name, options, examples } of commands) {
      const { status, stdout } = await earmark(name, '--help');
      expect(status).toBe(0);
      for (const { flag } of options) expect(stdout).toContain(flag);
      for (const { command } of examples) expect(stdout).toContain(command);
      for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
    }
    expect((await earmark('--help')).stdout).toContain('usage: earmark COMMAND');
    expect((await earmark('--version')).stdout).toBe('1.0.0\n');
  });

  it('says what is wrong with its use, with exit status 2', async () => {
    const wrong: [string[], RegExp][] = [
      [[], /usage: earmark COMMAND/],
      [['listen-to'], /no command “listen-to”/],
      [['tag'], /name the files/],
      [['tag', 'card', '--format', 'xls'], /no format “xls”; there are csv/],
      [['tag', 'card', '--threshold', '7'], /--threshold must be/],
      [['tag', 'card', '--labels', 'unicorn'], /no label “unicorn”; the labels are dog/],
      [['tag', 'card', '--resume'], /--resume needs/],
      [['tag', 'card', '--scores'], /--scores needs/],
      [['tag', 'card', '--overlap', '9'], /less than a window, which is 1\.89 s/],
      [['tag', 'card', '--out', 'a', '--combined', 'b'], /not both/],
      [['tag', 'card', '--combined', 'nowhere/b.csv'], /b\.csv cannot be written: there is no folder .*nowhere/],
      [['tag', 'card', '--combined', 'card'], /card cannot be written: it is a folder/],
      [['tag', 'card', '--combined', 'pipe'], /pipe is no file: without --combined, the table goes to standard output/],
      [['tag', 'card', '--out', 'package.json'], /package\.json cannot be written to \(a file is at its place\)/],
      [
        ['archive', 'plan', 'card', '--into', 'package.json/x'],
        /\(a part of its path is no folder\): name another --into/,
      ],
      [['tag', 'card', '--jobs', '0'], /--jobs/],
      [['tag', 'card', '--loud'], /Unknown option '--loud'/],
      [['info'], /name the files/],
      [['completion', 'tcsh'], /no completion for “tcsh”/],
      [['evaluate'], /--clips is missing/],
    ];
    execFileSync('mkfifo', [join(top, 'pipe')]);
    for (const [args, message] of wrong) {
      const { status, stdout, stderr } = await earmark(...args);
      expect([args, status, stdout]).toEqual([args, 2, '']);
      expect(stderr).toMatch(message);
    }
  });

  it('lists its models', async () => {
    const { stdout } = await earmark('models');
    const listed = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(listed.map(({ name }) => name)).toContain(SHIPPED_MODEL);
    expect(listed[0].labels).toContain('dog');
  });

  it('completes in bash', async () => {
    const script = (await earmark('completion', 'bash')).stdout;
    const ask = `${script}\nCOMP_WORDS=(earmark tag --format r); COMP_CWORD=3; _earmark; echo "\${COMPREPLY[@]}"
COMP_WORDS=(earmark tag --thr); COMP_CWORD=2; _earmark; echo "\${COMPREPLY[@]}"`;
    expect(spawnSync('bash', ['-c', ask], { encoding: 'utf8' }).stdout).toBe('raven\n--threshold\n');
  });
});

describe('earmark tag', () => {
  it('writes a table for a folder to standard output, quietly, with the time from the name', async () => {
    const { status, stdout, stderr } = await earmark('tag', 'card', '--format', 'jsonl', ...LOW);
    expect([status, stderr]).toEqual([0, '']);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(new Set(events.map(({ file }) => file))).toEqual(new Set(['20250601_043000.wav', 'Bär.wav', 'b.wav']));
    const [first] = events;
    expect(first.path).toBe(join(top, 'card/20250601_043000.wav'));
    expect(first.started_at).toBe(
      new Date(Date.UTC(2025, 5, 1, 4, 30) + 1000 * first.start_s).toISOString().slice(0, -1),
    );
    for (const { start_s, end_s, probability } of events) {
      expect(start_s).toBeGreaterThanOrEqual(0);
      expect(end_s).toBeGreaterThan(start_s);
      expect(end_s).toBeLessThanOrEqual(6);
      expect(probability).toBeGreaterThanOrEqual(0.05);
    }
  });

  it('gives each window the probabilities that the page gives it', async () => {
    const { status } = await earmark(
      'tag',
      'card/20250601_043000.wav',
      '--out',
      'scored',
      '--scores',
      '--overlap',
      '0.9',
    );
    expect(status).toBe(0);
    const [header = '', ...lines] = readFileSync(join(top, 'scored/20250601_043000.wav.scores.csv'), 'utf8')
      .trim()
      .split('\n');
    const model = await openModelFolder(join(root, 'public/models', SHIPPED_MODEL));
    const { spec } = model;
    const heard = noise.map((x) => Math.round(32_767 * x) / 32_768);
    let compared = 0;
    for (const line of lines) {
      const [endSeconds = 0, , ...probabilities] = line.split(',').map(Number);
      const end = Math.round(endSeconds * spec.sampleRateHz);
      // The time is rounded to milliseconds; windows end at whole columns.
      const column = Math.round((end - spec.fftSize) / spec.hopSamples);
      const stop = column * spec.hopSamples + spec.fftSize;
      const start = stop - windowSamples(spec);
      if (start < 0 || stop > heard.length) continue;
      const stream = model.openStream(1);
      const unheard = (spec.frames - (stream?.reachColumns ?? spec.frames)) * spec.melBands;
      const columns = logMelColumns(heard.subarray(start, stop), spec);
      const moved = new Float32Array(columns.length);
      moved.set(columns.subarray(unheard));
      const expected = await model.predict(moved, 1);
      const worst = Math.max(...Array.from(expected, (p, i) => Math.abs(p - (probabilities[i] as number))));
      expect(worst).toBeLessThan(1e-3);
      compared += 1;
    }
    expect(header.split(',')).toHaveLength(2 + model.labels.length);
    expect(compared).toBeGreaterThanOrEqual(3);
    model.dispose();
  });

  it('writes one table per recording, in the same folders, and skips them with --resume', async () => {
    const args = ['tag', 'card', '--out', 'results', '--format', 'raven', ...LOW];
    expect((await earmark(...args)).status).toBe(0);
    const written = ['20250601_043000.wav', 'Bär.wav', 'night/b.wav'].map((name) => `results/${name}.selections.txt`);
    const before = written.map((name) => readFileSync(join(top, name), 'utf8'));
    expect(before[1]).toContain('Begin Time (s)');
    rmSync(join(top, written[1] as string));
    const again = await earmark(...args, '--resume');
    expect(again.stderr).toBe('3 found = 1 done + 0 unreadable + 2 skipped\n');
    expect(written.map((name) => readFileSync(join(top, name), 'utf8'))).toEqual(before);
    const otherwise = await earmark(
      'tag',
      'card',
      '--out',
      'results',
      '--format',
      'raven',
      '--threshold',
      '0.06',
      '--resume',
    );
    expect(otherwise.stderr).toBe('3 found = 3 done + 0 unreadable + 0 skipped\n');
  });

  it('joins all recordings into one table, and makes another format of what it has', async () => {
    expect((await earmark('tag', 'card', '--combined', 'all.parquet', ...LOW)).status).toBe(0);
    const read = await parquetReadObjects({ file: new Uint8Array(readFileSync(join(top, 'all.parquet'))).buffer });
    const streamed = await earmark('tag', 'card', '--format', 'jsonl', ...LOW);
    expect(read).toHaveLength(streamed.stdout.trim().split('\n').length);
    const once = await earmark('tag', 'card', '--combined', 'all.txt', '--format', 'audacity', ...LOW);
    expect(once.status).toBe(0);
    const second = readFileSync(join(top, 'all.txt'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => Number(line.split('\t')[0]));
    // The second recording begins where the first one ends.
    expect(Math.max(...second)).toBeGreaterThan(6);
    expect([...second].sort((a, b) => a - b)).toEqual(second);
  });

  it('reads standard input', async () => {
    const child = spawn(join(top, 'node_modules/.bin/earmark'), ['tag', '-', '--format', 'jsonl', ...LOW], {
      cwd: top,
    });
    let printed = '';
    child.stdout.on('data', (data) => {
      printed += data;
    });
    child.stdin.end(readFileSync(join(top, 'card/Bär.wav')));
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
    const event = JSON.parse(printed.split('\n')[0] as string);
    expect(event.file).toBe('stdin');
    expect(event.started_at).toBeUndefined();
  });

  it('takes names that are not UTF-8, and names of 255 bytes', async (context) => {
    context.skip(process.platform !== 'linux', 'only Linux has names of any bytes');
    const folder = join(top, 'names');
    mkdirSync(folder);
    const latin1 = Buffer.concat([Buffer.from(`${folder}/T`), Buffer.from([0xfc]), Buffer.from('r.wav')]);
    const long = `${'x'.repeat(251)}.wav`;
    const sound = readFileSync(join(top, 'card/Bär.wav'));
    writeFileSync(latin1, sound);
    writeFileSync(join(folder, long), sound);
    const { status, stderr } = await earmark('tag', 'names', '--out', 'named', '--format', 'jsonl', ...LOW);
    expect([status, stderr]).toEqual([0, '']);
    const results = readdirSync(join(top, 'named'), { encoding: 'buffer' }).map((name) => name.toString('latin1'));
    expect(results).toContain('Tür.wav.jsonl');
    const [ofLong = ''] = results.filter((name) => name.startsWith('xxx'));
    expect(ofLong).toMatch(/^x+~[0-9a-f]{8}\.jsonl$/);
    const [first = ''] = readFileSync(join(top, 'named', ofLong), 'utf8').split('\n');
    expect(JSON.parse(first).file).toBe(long);
    const { stdout } = await earmark('tag', 'names', '--format', 'jsonl', ...LOW);
    expect(stdout).toContain('"file":"T\\\\xFCr.wav"');
  });

  it('only the labels that are wanted', async () => {
    const { stdout } = await earmark(
      'tag',
      'card',
      '--format',
      'jsonl',
      '--labels',
      'Wind,rain',
      '--threshold',
      '0.001',
    );
    const found = new Set(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).label),
    );
    expect([...found].filter((label) => label !== 'wind' && label !== 'rain')).toEqual([]);
    expect(found.size).toBeGreaterThan(0);
  });

  it('a problem costs one line, and the rest goes on', async () => {
    const bad = (name: string, bytes: Uint8Array | string): void => writeFileSync(join(top, 'bad', name), bytes);
    const wav = readFileSync(join(top, 'card/Bär.wav'));
    bad('empty.wav', '');
    bad('picture.wav', Buffer.concat([Buffer.from([0x89]), Buffer.from('PNG\r\n\x1a\n'), Buffer.alloc(500)]));
    bad('text.mp3', 'This is no sound.\n'.repeat(50));
    bad('header.wav', wav.subarray(0, 30));
    bad('no-samples.wav', wav.subarray(0, 44));
    bad('two\nlines.wav', 'x');
    bad('truncated.wav', wav.subarray(0, wav.length / 2));
    bad('really-wav.mp3', wav);
    mkdirSync(join(top, 'bad/folder.wav'));
    bad('secret.wav', wav);
    chmodSync(join(top, 'bad/secret.wav'), 0);
    const isRoot = process.getuid?.() === 0;
    const { status, stdout, stderr } = await earmark('tag', 'bad', '--format', 'jsonl', ...LOW);
    expect(status).toBe(1);
    expect(
      new Set(
        stdout
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line).file),
      ),
    ).toEqual(new Set(['really-wav.mp3', 'truncated.wav', ...(isRoot ? ['secret.wav'] : [])]));
    const lines = stderr.trim().split('\n');
    const about = (name: string): string => {
      const found = lines.filter((line) => line.startsWith(`earmark: ${join(top, 'bad')}/${name}: `));
      expect([name, found.length]).toEqual([name, 1]);
      return found[0] as string;
    };
    expect(about('empty.wav')).toContain('is empty');
    expect(about('folder.wav')).toContain('is a folder');
    for (const name of ['picture.wav', 'text.mp3', 'header.wav', 'no-samples.wav', 'two\\nlines.wav']) about(name);
    if (!isRoot) expect(about('secret.wav')).toContain('not allowed');
    expect(lines.at(-1)).toBe(
      isRoot ? '10 found = 3 done + 7 unreadable + 0 skipped' : '10 found = 2 done + 8 unreadable + 0 skipped',
    );
  });

  it('a result that cannot be written costs a line, and leaves neither a half one nor its scores', async () => {
    // A folder stands at its place.
    mkdirSync(join(top, 'full/Bär.wav.csv'), { recursive: true });
    const sounds = ['card/Bär.wav', 'card/night/b.wav'];
    const { status, stderr } = await earmark('tag', ...sounds, '--out', 'full', '--scores', ...LOW);
    expect(status).toBe(1);
    expect(stderr).toMatch(/Bär\.wav: its result cannot be written \(.+\)\n2 found = 1 done \+ 1 unreadable/);
    const kept = readdirSync(join(top, 'full'), { recursive: true }).map(String);
    expect(kept.filter((name) => name.endsWith('.part'))).toEqual([]);
    expect(kept.filter((name) => name.endsWith('.csv')).sort()).toEqual([
      'Bär.wav.csv',
      'b.wav.csv',
      'b.wav.scores.csv',
    ]);
  });

  it('ends quietly when its reader has seen enough', async () => {
    const { status, stderr } = spawnSync(
      'bash',
      [
        '-c',
        `set -o pipefail; node_modules/.bin/earmark tag card --threshold 0.001 | head -c 10 >/dev/null; echo \${PIPESTATUS[0]}`,
      ],
      { cwd: top, encoding: 'utf8' },
    );
    expect([status, stderr]).toEqual([0, '']);
  });
});

it('killed at random moments and resumed, it gives the same bytes as one run in peace', async () => {
  const folder = join(top, 'soak');
  mkdirSync(folder);
  const result = await soakTag({
    command: [join(top, 'node_modules/.bin/earmark')],
    folder,
    files: 80,
    kills: 2,
    seed: 1,
    onStep: () => undefined,
  });
  expect(result).toMatchObject({ status: 1, reasons: 40, sameTable: true, sameFolder: true });
  expect(result.summary).toBe('80 found = 40 done + 40 unreadable + 0 skipped');
  expect(result.resumedSummary).toMatch(/^80 found = \d+ done \+ 40 unreadable \+ \d+ skipped$/);
  expect(result.kills).toBeGreaterThan(0);
}, 300_000);

describe('earmark listen', () => {
  const pcm = Buffer.from(Int16Array.from(noise, (x) => Math.round(32_767 * x)).buffer);
  const parsed = (text: string): { kind: string; id: string; label: string; start: string; end: string }[] =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

  it('tells of the events that earmark tag finds in the same sound, each with a start and an end', async () => {
    const child = spawn(join(top, 'node_modules/.bin/earmark'), ['listen', '-', ...LOW, '--levels'], { cwd: top });
    let printed = '';
    child.stdout.on('data', (data) => {
      printed += data;
    });
    // Cut within a sample.
    child.stdin.write(pcm.subarray(0, 10_001));
    child.stdin.end(pcm.subarray(10_001));
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
    const lines = parsed(printed);
    expect(lines.filter(({ kind }) => kind === 'level').length).toBeGreaterThanOrEqual(24);
    const ends = lines.filter(({ kind }) => kind === 'end');
    const starts = lines.filter(({ kind }) => kind === 'start');
    expect(new Set(starts.map(({ id }) => id))).toEqual(new Set(ends.map(({ id }) => id)));
    // As many windows as `earmark listen` hears: eight a second.
    const dense = ['--overlap', '1.77', ...LOW];
    const { stdout } = await earmark('tag', 'card/20250601_043000.wav', '--format', 'jsonl', ...dense);
    const tagged = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(ends.map(({ label }) => label).sort()).toEqual(tagged.map(({ label }) => label).sort());
    const firstMs = Math.min(...ends.map(({ start }) => Date.parse(start)));
    const first = Math.min(...tagged.map(({ start_s }) => start_s));
    for (const { label, start } of ends) {
      const seconds = (Date.parse(start) - firstMs) / 1000 + first;
      const nearest = Math.min(
        ...tagged.filter((event) => event.label === label).map(({ start_s }) => Math.abs(start_s - seconds)),
      );
      expect(nearest).toBeLessThan(0.126);
    }
  });

  it('opens a source again that was cut off, and ends its events when it is stopped', async () => {
    const bin = join(top, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'noise.raw'), pcm);
    // A camera that is gone after six seconds.
    writeFileSync(join(bin, 'ffmpeg'), `#!/bin/sh\ncat ${bin}/noise.raw\necho "Connection lost" >&2\nexit 1\n`, {
      mode: 0o755,
    });
    const child = spawn(join(top, 'node_modules/.bin/earmark'), ['listen', 'rtsp://camera/1', ...LOW], {
      cwd: top,
      env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
    });
    let printed = '';
    child.stdout.on('data', (data) => {
      printed += data;
    });
    let said = '';
    await new Promise<void>((resolve) => {
      child.stderr.on('data', (data) => {
        said += data;
        if (said.split('\n').length > 2) resolve();
      });
    });
    child.kill('SIGTERM');
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
    expect(said.split('\n')[0]).toBe('earmark: rtsp://camera/1: Connection lost; trying again in 0.25 s');
    const lines = parsed(printed);
    const started = lines.filter(({ kind }) => kind === 'start').map(({ id }) => id);
    const ended = lines.filter(({ kind }) => kind === 'end').map(({ id }) => id);
    expect(started.length).toBeGreaterThanOrEqual(2);
    expect([...ended].sort()).toEqual([...started].sort());
  });

  it('says what it needs', async () => {
    expect((await earmark('listen')).status).toBe(2);
    const { status, stderr } = await earmark('listen', 'nowhere.wav');
    expect(status).toBe(1);
    expect(stderr).toMatch(/nowhere\.wav cannot be opened|ffmpeg, which opens nowhere\.wav, cannot be started/);
  });
});

it('as the first process of a container, a command without a goodbye ends when it is told to', async (context) => {
  const canUnshare = spawnSync('unshare', ['--pid', '--fork', 'true']).status === 0;
  context.skip(!canUnshare, 'processes can only be set apart on Linux, with the rights of root');
  expect((await earmark('archive', 'plan', 'card', '--into', 'watched')).status).toBe(0);
  const command = [join(top, 'node_modules/.bin/earmark'), 'archive', 'status', 'watched', '--watch'];
  const child = spawn('unshare', ['--pid', '--fork', '--kill-child', ...command], { cwd: top });
  const ended = new Promise((resolve) => child.on('close', resolve));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const first = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim();
  process.kill(Number(first), 'SIGTERM');
  // The status of a program that this signal ended.
  expect(await ended).toBe(143);
});

it('earmark info says what is in files', async () => {
  const { status, stdout } = await earmark('info', 'card', 'bad/empty.wav');
  expect(status).toBe(1);
  const facts = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const bear = facts.find(({ path }) => path.endsWith('Bär.wav'));
  expect(bear).toMatchObject({ seconds: 5, rate: 32_000, channels: 1, bits: 16, container: 'WAV', codec: 'PCM' });
  expect(bear.startFrom).toBe('file-date');
  expect(facts.find(({ path }) => path.endsWith('043000.wav'))).toMatchObject({
    start: '2025-06-01T04:30:00',
    utcOffsetMinutes: null,
    startFrom: 'name',
  });
  expect(facts.find(({ path }) => path.endsWith('empty.wav')).problem).toBe('is empty');
});

it('earmark evaluate measures a model on clips', async () => {
  writeFileSync(join(top, 'clips.csv'), 'file,labels\nBär.wav,wind\nnight/b.wav,rain\n');
  const { status, stdout } = await earmark('evaluate', '--clips', 'clips.csv', '--root', 'card');
  expect(status).toBe(0);
  expect(stdout).toContain('macro ROC-AUC');
});
