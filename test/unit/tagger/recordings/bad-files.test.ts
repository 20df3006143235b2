import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EarmarkError } from '../../../../src/shared/contracts/messages/problem';
import { RecordingsWorker } from '../../../../src/tagger/recordings/recordings-worker';
import { exampleSpec } from '../../../support/feature-spec';
import { encodeWav } from '../../support/wav';

const folder = mkdtempSync(join(tmpdir(), 'earmark-bad-'));
afterAll(() => rmSync(folder, { recursive: true }));
const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;

function made(name: string, ...args: string[]): Buffer {
  const path = join(folder, name);
  const { status, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-y', ...args, path], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return readFileSync(path);
}

const wav = encodeWav([new Float32Array(160_000).fill(0.1)], 32_000, 's16');
const fileOf = (name: string, bytes: Uint8Array | string): File =>
  new File([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], name);

/** The problem with which a file cannot be opened, or looked at. */
async function problemOf(file: File): Promise<unknown> {
  const worker = new RecordingsWorker();
  try {
    await worker.open(file, exampleSpec);
    // 5 s of sound are more than opening reads.
    for (let seconds = 0; seconds < 5; seconds++) await worker.sound(seconds, 1);
    return undefined;
  } catch (error) {
    return error instanceof EarmarkError ? error.problem : error;
  }
}

describe('a file that cannot be used gives one problem with its name', () => {
  it.each([
    ['zero bytes', fileOf('none.wav', ''), 'empty'],
    ['a zip', fileOf('a.wav', Buffer.from('PK\x03\x04'.padEnd(600, '\0'), 'latin1')), 'archive'],
    ['a picture', fileOf('picture.wav', Buffer.from('\x89PNG\r\n\x1a\n'.padEnd(600, '\0'), 'latin1')), 'not-sound'],
    ['half a header', fileOf('half.wav', wav.subarray(0, 30)), 'undecodable'],
    [
      'an old audio book',
      fileOf('book.aa', Buffer.from('\0\0\x10\0\x57\x90\x75\x36'.padEnd(600, '\0'), 'latin1')),
      'protected',
    ],
    ['text', fileOf('text.mp3', 'This is no sound.\n'.repeat(50)), 'undecodable'],
  ])('%s', async (_, file, fault) => {
    expect(await problemOf(file)).toMatchObject({ code: 'recording-unreadable', file: file.name, fault });
  });

  it('a copy-protected file', async (context) => {
    context.skip(!hasFfmpeg, 'ffmpeg, which makes the file, is not installed');
    const m4a = made('sound.m4a', '-f', 'lavfi', '-i', 'sine=d=1', '-c:a', 'aac');
    // Shops write another name of the codec.
    m4a.write('drms', m4a.lastIndexOf('mp4a'), 'latin1');
    const problem = { code: 'recording-unreadable', file: 'bought.m4p', fault: 'protected' };
    expect(await problemOf(fileOf('bought.m4p', m4a))).toMatchObject(problem);
  });

  it('half a file of which the end says what is in it', async (context) => {
    context.skip(!hasFfmpeg, 'ffmpeg, which makes the file, is not installed');
    const m4a = made('whole.m4a', '-f', 'lavfi', '-i', 'sine=d=1', '-c:a', 'aac');
    const problem = { code: 'recording-unreadable', file: 'half.m4a', fault: 'cut-off' };
    expect(await problemOf(fileOf('half.m4a', m4a.subarray(0, m4a.length / 2)))).toMatchObject(problem);
  });

  it('a video without sound', async (context) => {
    context.skip(!hasFfmpeg, 'ffmpeg, which makes the file, is not installed');
    const mp4 = made('silent.mp4', '-f', 'lavfi', '-i', 'testsrc=d=0.2:s=64x64', '-an', '-c:v', 'mpeg4');
    const problem = { code: 'recording-unreadable', file: 'silent.mp4', fault: 'no-sound-track' };
    expect(await problemOf(fileOf('silent.mp4', mp4))).toMatchObject(problem);
  });

  it('a file that is removed while it is read', async () => {
    const file = fileOf('gone.wav', wav);
    let reads = 0;
    const slice = file.slice.bind(file);
    file.slice = (start, end) => {
      reads += 1;
      if (end === undefined || end < 100_000) return slice(start, end);
      // What Chromium says of a file that is no longer there.
      const gone = slice(start, end);
      gone.arrayBuffer = () => Promise.reject(new DOMException('a requested file could not be found', 'NotFoundError'));
      return gone;
    };
    const problem = { code: 'recording-unreadable', file: 'gone.wav', fault: 'out-of-reach' };
    expect(await problemOf(file)).toMatchObject(problem);
    expect(reads).toBeGreaterThan(1);
  });
});

it('a file that was cut off, or has a wrong name, is opened as far as it goes', async () => {
  expect(await problemOf(fileOf('cut.wav', wav.subarray(0, wav.length / 2)))).toBeUndefined();
  expect(await problemOf(fileOf('really-wav.mp3', wav))).toBeUndefined();
});
