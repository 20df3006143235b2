import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAudioFile } from '../../../../cli/audio/audio-files';
import type { Tagger } from '../../../../library/api';
import {
  createTagger,
  Detector,
  type EventChange,
  eventBytes,
  eventTiming,
  type Source,
} from '../../../../library/node';
import { encodeWav } from '../../support/wav';

const RATE_HZ = 32_000;
const root = join(import.meta.dirname, '../../../..');

let tagger: Tagger<Source>;
/** A crow after two seconds of silence, and silence after it. */
let crow: Float32Array;
beforeAll(async () => {
  tagger = await createTagger({ threshold: 0.3 });
  const sound = await readAudioFile(join(root, 'test/sounds/misc_crow.flac'), RATE_HZ);
  crow = new Float32Array(6 * RATE_HZ);
  crow.set(sound, 2 * RATE_HZ);
});
afterAll(() => tagger.dispose());

async function* piecesOf(samples: Float32Array): AsyncGenerator<Float32Array> {
  for (let at = 0; at < samples.length; at += 5000) yield samples.slice(at, at + 5000);
}

function ends(changes: readonly EventChange[]): string[] {
  return changes.filter(({ kind }) => kind === 'end').map(({ event }) => event.label);
}

describe('the library in Node', () => {
  it('tags a sound at any rate', async () => {
    for (const samples of [crow, await readAudioFileAt(48_000)]) {
      const { windows, events } = await tagger.tag(samples, samples === crow ? RATE_HZ : 48_000);
      const [first] = events;
      expect(first).toMatchObject({ label: 'crow', labelName: 'Crow', threshold: 0.3 });
      expect(first?.startSeconds).toBeGreaterThan(1.5);
      expect(first?.startSeconds).toBeLessThan(2.6);
      expect(windows.length).toBeGreaterThanOrEqual(48);
      for (const { probabilities } of windows) expect(probabilities).toHaveLength(tagger.labels.length);
    }
  });

  it('listens to a stream, and tells of the same events as for the whole sound', async () => {
    const { events } = await tagger.tag(crow, RATE_HZ);
    const changes: EventChange[] = [];
    let windows = 0;
    const listening = await tagger.listen(piecesOf(crow), {
      onWindow: () => {
        windows += 1;
      },
      onEvent: (change) => changes.push(change),
    });
    await listening.ended;
    expect(windows).toBeGreaterThanOrEqual(48);
    expect(ends(changes).sort()).toEqual(events.map(({ label }) => label).sort());
    const ids = new Set(changes.map(({ event }) => event.id));
    expect(changes.filter(({ kind }) => kind === 'start')).toHaveLength(ids.size);
  });

  it('listens to a port until null comes, or it is stopped', async () => {
    const { port1, port2 } = new MessageChannel();
    const changes: EventChange[] = [];
    const listening = await tagger.listen(port2, { onEvent: (change) => changes.push(change) });
    for await (const piece of piecesOf(crow)) port1.postMessage(piece);
    port1.postMessage(null);
    await listening.ended;
    expect(ends(changes)).toContain('crow');
    // Nothing comes at all: it ends all the same.
    const silent = new MessageChannel();
    const waiting = await tagger.listen(silent.port2, {});
    await waiting.stop();
    silent.port1.close();
  });

  it('says which backend and which model there is not', async () => {
    await expect(createTagger({ backend: 'webgpu' })).rejects.toThrow(
      'in Node there is no backend but wasm, not webgpu',
    );
    await expect(createTagger({ model: './nowhere/' })).rejects.toThrow();
  });

  it('has the detector and the formats', async () => {
    const detector = new Detector([{ on: 0.5, off: 0.25 }], eventTiming, () => 'id');
    const kinds: string[] = [];
    for (let i = 1; i < 80; i++) {
      const changes = detector.push({ windowEndSeconds: i / 8, probabilities: [i < 20 ? 0.9 : 0], levelDb: -20 });
      kinds.push(...changes.map(({ kind }) => kind));
    }
    expect([kinds[0], kinds.at(-1)]).toEqual(['start', 'end']);
    const file = { name: 'a.wav', path: '/a.wav', root: '/', folder: '', sequenceStartSeconds: 0 };
    const row = { file, startSeconds: 1, endSeconds: 2, label: 'dog', labelName: 'Dog', probability: 0.9 };
    const pieces: Uint8Array[] = [];
    for await (const piece of eventBytes('audacity', [row])) pieces.push(piece);
    expect(Buffer.concat(pieces).toString()).toBe('1.000000\t2.000000\tDog 0.90\n');
  });
});

async function readAudioFileAt(rateHz: number): Promise<Float32Array> {
  const sound = await readAudioFile(join(root, 'test/sounds/misc_crow.flac'), rateHz);
  const samples = new Float32Array(6 * rateHz);
  samples.set(sound, 2 * rateHz);
  return samples;
}

describe('the package', () => {
  const top = mkdtempSync(join(tmpdir(), 'earmark-library-'));
  beforeAll(() => {
    execFileSync('npx', ['tsx', 'scripts/pack.mjs', '--into', top], { cwd: root });
    const [file] = readdirSync(top).filter((name) => name.endsWith('.tgz'));
    writeFileSync(join(top, 'package.json'), '{"type":"module"}');
    execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${file}`], { cwd: top });
  }, 300_000);
  afterAll(() => rmSync(top, { recursive: true }));

  it('serves a script of 15 lines', () => {
    const script = readFileSync(join(root, 'library/examples/tag.mjs'), 'utf8');
    expect(script.trimEnd().split('\n').length).toBeLessThanOrEqual(15);
    writeFileSync(join(top, 'tag.mjs'), script);
    writeFileSync(join(top, 'crow.wav'), encodeWav([crow], RATE_HZ, 's16'));
    const printed = execFileSync(process.execPath, ['tag.mjs', 'crow.wav'], { cwd: top, encoding: 'utf8' });
    expect(printed).toMatch(/^(1|2)\.\d–\d\.\d s {2}Crow {2}0\.\d\d$/m);
  });

  it('has types that a strict program can use, in Node and in browsers, and that refuse what is wrong', () => {
    const typescript = join(root, 'node_modules/typescript/bin/tsc');
    writeFileSync(
      join(top, 'right.ts'),
      `import { createTagger, Detector, eventBytes, eventTiming, type TaggedEvent } from 'earmark';
const tagger = await createTagger({ model: './models/earmark-52/', backend: 'wasm' });
const { events, windows } = await tagger.tag(new Float32Array(32000), 32000);
export const first: TaggedEvent | undefined = events[0];
export const levelDb: number | undefined = windows[0]?.levelDb;
export const detector = new Detector([{ on: 0.5, off: 0.2 }], eventTiming, () => crypto.randomUUID());
export const bytes = eventBytes('csv', []);
`,
    );
    writeFileSync(
      join(top, 'wrong.ts'),
      `import { createTagger, eventBytes } from 'earmark';
const tagger = await createTagger({ model: './m/', backend: 'cuda' });
tagger.tag([0, 1], 32000);
eventBytes('xls', []);
`,
    );
    const strict = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'esnext', '--skipLibCheck', 'false'];
    const check = (file: string, ...options: string[]): string => {
      try {
        execFileSync(process.execPath, [typescript, ...strict, ...options, file], { cwd: top, encoding: 'utf8' });
        return '';
      } catch (error) {
        return (error as { stdout: string }).stdout;
      }
    };
    const browser = ['--moduleResolution', 'bundler', '--lib', 'es2023,dom,dom.iterable'];
    expect(check('right.ts', ...browser)).toBe('');
    const complaints = check('wrong.ts', ...browser);
    expect(complaints.match(/^wrong\.ts\(\d/gm)).toEqual(['wrong.ts(2', 'wrong.ts(3', 'wrong.ts(4']);
  });
});

it('npm pack in the repository says what makes the package', () => {
  const { status, stderr } = spawnSync('npm', ['pack', '--dry-run', '--ignore-scripts=false'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(status).not.toBe(0);
  expect(stderr).toContain('npm run pack makes the package');
});
