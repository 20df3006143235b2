import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findSounds, folderBelow } from '../../../../cli/earmark/find/find-sounds';
import { onOneLine, textOf } from '../../../../cli/earmark/find/path-bytes';
import { rawZip } from '../../support/raw-zip';

const top = mkdtempSync(join(tmpdir(), 'find-'));
afterAll(() => rmSync(top, { recursive: true }));

const LATIN_1 = Buffer.concat([Buffer.from(`${top}/card/T`), Buffer.from([0xfc]), Buffer.from('r.wav')]);

beforeAll(() => {
  for (const folder of ['card/night', 'card/a.wav', 'card/.hidden', 'empty'])
    mkdirSync(join(top, folder), { recursive: true });
  for (const file of ['card/b.WAV', 'card/night/c.flac', 'card/notes.txt', 'card/.hidden/x.wav', 'card/[1].wav']) {
    writeFileSync(join(top, file), 'x');
  }
  writeFileSync(join(top, 'card/two\nlines.wav'), 'x');
  writeFileSync(LATIN_1, 'x');
  symlinkSync('..', join(top, 'card/night/back'));
  symlinkSync('self.wav', join(top, 'card/self.wav'));
  symlinkSync('gone', join(top, 'card/gone.wav'));
});

const found = async (...places: string[]): Promise<{ sounds: string[]; notFound: string[] }> => {
  const { sounds, notFound } = await findSounds(places);
  const short = (path: Buffer): string => textOf(path).replace(`${top}/`, '');
  return {
    sounds: sounds.map(({ path }) => short(path)),
    notFound: notFound.map(({ path, reason }) => `${short(path)}: ${reason}`),
  };
};

describe('what the arguments name', () => {
  it('a folder with everything below it, each once, though links lead back; names of any bytes', async () => {
    const { sounds, notFound } = await found(join(top, 'card'), join(top, 'card/night'));
    expect(sounds).toEqual([
      'card/T\\xFCr.wav',
      'card/[1].wav',
      'card/b.WAV',
      'card/night/c.flac',
      'card/two\nlines.wav',
    ]);
    expect(notFound).toEqual([
      'card/a.wav: is a folder without sounds',
      'card/gone.wav: there is no such file',
      'card/self.wav: its link leads back to itself',
    ]);
  });

  it('a file that is named, whatever it is called', async () => {
    expect((await found(join(top, 'card/notes.txt'))).sounds).toEqual(['card/notes.txt']);
    expect((await found(join(top, 'card/[1].wav'))).sounds).toEqual(['card/[1].wav']);
  });

  it('no zip file, but it is told of one with sounds', async () => {
    const folder = join(top, 'zips');
    mkdirSync(folder);
    const sounds = [
      { name: 'night/a.WAV', data: 'x' },
      { name: 'b.flac', data: 'x' },
      { name: '__MACOSX/._b.flac', data: 'x' },
    ];
    writeFileSync(join(folder, 'Card.ZIP'), rawZip(sounds));
    writeFileSync(join(folder, 'photos.zip'), rawZip([{ name: 'a.jpg', data: 'x' }]));
    writeFileSync(join(folder, 'damaged.zip'), 'PK');
    const told = {
      sounds: [],
      notFound: ['zips/Card.ZIP: is an archive with sounds (2): unpack it, then tag the folder'],
    };
    expect(await found(folder)).toEqual(told);
    expect(await found(`${folder}/*.ZIP`)).toEqual(told);
    expect((await found(join(folder, 'Card.ZIP'))).sounds).toEqual(['zips/Card.ZIP']);
  });

  it('a pattern', async () => {
    expect((await found(`${top}/card/*.WAV`)).sounds).toEqual(['card/b.WAV']);
    expect((await found(`${top}/**/*.flac`)).sounds).toEqual(['card/night/c.flac']);
    expect((await found(`${top}/card/*.ogg`)).notFound).toEqual(['card/*.ogg: no file has such a name']);
  });

  it('nothing', async () => {
    expect((await found(join(top, 'nowhere.wav'))).notFound).toEqual(['nowhere.wav: there is no such file']);
    expect(await found(join(top, 'empty'))).toEqual({ sounds: [], notFound: [] });
  });

  it('knows the folder below the one that was searched', async () => {
    const { sounds } = await findSounds([join(top, 'card')]);
    expect(sounds.map((sound) => folderBelow(sound).toString())).toEqual(['', '', '', 'night', '']);
  });
});

it('a path on one line', () => {
  expect(onOneLine('a\nb\u0007\u2028.wav')).toBe('a\\nb\\u0007\\u2028.wav');
});

it('bytes that are not UTF-8 are written out, and others are not', () => {
  expect(textOf(Buffer.from([0x61, 0xff, 0xc3, 0xa4, 0xc3]))).toBe('a\\xFFä\\xC3');
  expect(textOf(Buffer.from('Tür 🐕.wav'))).toBe('Tür 🐕.wav');
});
