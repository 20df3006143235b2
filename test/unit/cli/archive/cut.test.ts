import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ArchiveFolder } from '../../../../cli/earmark/archive/archive-folder';
import { cutOf, hearPart, type PartFacts } from '../../../../cli/earmark/archive/cut';
import { readPart, writePart } from '../../../../cli/earmark/archive/part-file';
import { FileTagger } from '../../../../cli/earmark/tag/file-tagger';
import type { Moment } from '../../../../src/events/sounding';
import { openSoundFile } from '../../../../src/sound/node';
import { whiteNoise } from '../../support/random';
import { encodeWav } from '../../support/wav';

const top = mkdtempSync(join(tmpdir(), 'cut-'));
afterAll(() => rmSync(top, { recursive: true }));
const folder = new ArchiveFolder(join(top, 'archive'));
const settings = {
  modelFolder: 'public/models/earmark-52',
  headFile: undefined,
  threshold: 0.05,
  labels: undefined,
  overlapSeconds: undefined,
};
let tagger: FileTagger;
beforeAll(async () => {
  tagger = await FileTagger.open(settings);
}, 120_000);

/** Noise that swells every seven seconds, so that events lie across each cut, and that does not end with a pass. */
function swellingNoise(rateHz: number, seconds: number): Float32Array {
  return whiteNoise(Math.round(rateHz * seconds), 5).map(
    (x, i) => x * 0.4 * Math.sin((Math.PI * i) / (7 * rateHz)) ** 2,
  );
}

async function eventsOfParts(path: string): Promise<{ events: object; parts: number; seconds: number }> {
  const { sound, close } = await openSoundFile(path);
  const cut = cutOf(sound, tagger.model.spec, true, 8);
  if (!cut) throw new Error('is not cut');
  // Any order will do: others may have done the first part later.
  for (let part = cut.parts - 1; part >= 0; part--) {
    await writePart(folder, folder.partFile('key', part), hearPart(tagger, sound, cut, part));
  }
  await close();
  let facts: PartFacts | undefined;
  async function* all(): AsyncGenerator<Moment[]> {
    for (let part = 0; part < (cut?.parts ?? 0); part++) {
      facts = yield* readPart(folder.partFile('key', part), tagger.head.labels.length);
    }
  }
  const events = await tagger.detect(all(), () => undefined);
  const { seconds = 0, startTime } = facts ?? {};
  const rows = tagger.rows(events, { name: 'x.wav', modifiedMs: 0, startTime: startTime ?? undefined, seconds });
  return { events: rows, parts: cut.parts, seconds };
}

async function expectSameAsWhole(path: string): Promise<void> {
  const whole = await tagger.tag({ path: Buffer.from(path), name: 'x.wav', modifiedMs: 0 }, () => undefined);
  const cut = await eventsOfParts(path);
  expect(cut.parts).toBe(4);
  expect(cut.seconds).toBe(whole.seconds);
  expect(whole.rows.length).toBeGreaterThan(2);
  expect(cut.events).toEqual(whole.rows);
}

describe('a long recording that is cut', () => {
  it.each([32_000, 44_100])('has the events of one run, to the last bit, at %i Hz', async (rateHz) => {
    const path = join(top, `${rateHz}.wav`);
    writeFileSync(path, encodeWav([swellingNoise(rateHz, 33.3)], rateHz, 's16'));
    await expectSameAsWhole(path);
  });

  it('has them as FLAC, too', async (context) => {
    const wav = join(top, 'source.wav');
    const path = join(top, 'source.flac');
    writeFileSync(wav, encodeWav([swellingNoise(24_000, 33.3)], 24_000, 's16'));
    const { error } = spawnSync('ffmpeg', ['-v', 'error', '-i', wav, path]);
    context.skip(error !== undefined, 'ffmpeg is not installed: no FLAC can be made');
    await expectSameAsWhole(path);
  });

  it('stays whole if what is heard depends on all that came before', async () => {
    const noise = swellingNoise(8000, 33.3);
    for (const [name, channels, format] of [
      ['stereo', [noise, noise], 's16'],
      ['float', [noise], 'f32'],
    ] as const) {
      const path = join(top, `${name}.wav`);
      writeFileSync(path, encodeWav(channels, 8000, format));
      const { sound, close } = await openSoundFile(path);
      expect(cutOf(sound, tagger.model.spec, true, 8)).toBeUndefined();
      await close();
    }
  });

  it('stays whole if it is short', async () => {
    const path = join(top, 'short.wav');
    writeFileSync(path, encodeWav([swellingNoise(8000, 23)], 8000, 's16'));
    const { sound, close } = await openSoundFile(path);
    expect(cutOf(sound, tagger.model.spec, true, 16)).toBeUndefined();
    expect(cutOf(sound, tagger.model.spec, true, 8)?.parts).toBe(3);
    await close();
  });
});
