import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ClipFolder } from '../../../cli/clips/clip-folder';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'earmark-clip-folder-'));
  for (const folder of ['a', 'b', '.hidden']) await mkdir(join(root, folder));
  const files = ['a/dog.WAV', 'a/rain.wav', 'b/rain.wav', 'b/Tu\u0308r.flac', '.hidden/bell.wav'];
  for (const file of files) await writeFile(join(root, file), '');
});
afterAll(() => rm(root, { recursive: true }));

it.each([
  ['as it is written', 'b/rain.wav', 'b/rain.wav'],
  ['in another case', 'A/Dog.wav', 'a/dog.WAV'],
  ['in another Unicode form', 'b/T\u00fcr.flac', 'b/Tu\u0308r.flac'],
  ['with the path of another computer', 'C:/sounds/dog.wav', 'a/dog.WAV'],
  ['with the extension from before a conversion', 'T\u00fcr.mp3', 'b/Tu\u0308r.flac'],
  ['without an extension', 'dog', 'a/dog.WAV'],
  ['not where several files have its name', 'rain.wav', 'rain.wav'],
  ['not among hidden files', 'bell.wav', 'bell.wav'],
])('a file that a list names is found %s', async (_, listed, found) => {
  expect(await new ClipFolder(root).pathOf(listed)).toBe(join(root, found));
});
