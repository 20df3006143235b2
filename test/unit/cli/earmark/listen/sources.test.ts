import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openWithFfmpeg, shownSource } from '../../../../../cli/earmark/listen/sources';

let folder = '';
const path = process.env.PATH;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sources-'));
  process.env.PATH = `${folder}:${path}`;
});
afterEach(() => {
  process.env.PATH = path;
  rmSync(folder, { recursive: true });
});

it('a live source that falls silent without an end is cut off', async () => {
  writeFileSync(join(folder, 'ffmpeg'), '#!/bin/sh\nhead -c 6400 /dev/zero\nexec sleep 1000\n', { mode: 0o755 });
  const { samples, ended } = openWithFfmpeg('rtsp://camera/1', 32_000);
  const start = Date.now();
  let count = 0;
  for await (const piece of samples) count += piece.length;
  expect(count).toBe(3200);
  expect(await ended).toBe('no sound comes any more');
  expect(Date.now() - start).toBeGreaterThan(4900);
});

it('a password in an address is neither printed nor sent', async () => {
  const camera = 'rtsp://admin:let@me/in@camera/1';
  expect(shownSource('rtsp://admin:letmein@camera/1?user=a@b')).toBe('rtsp://camera/1?user=a@b');
  expect(shownSource('alsa:hw:CARD=a@b')).toBe('alsa:hw:CARD=a@b');
  expect(shownSource('/home/me@host/a.wav')).toBe('/home/me@host/a.wav');
  // What ffmpeg says of it.
  const script =
    '#!/bin/sh\nfor last; do [ "$before" = -i ] && source=$last; before=$last; done\necho "$source: Unauthorized" >&2\nexit 1\n';
  writeFileSync(join(folder, 'ffmpeg'), script, { mode: 0o755 });
  const { samples, ended } = openWithFfmpeg(camera, 32_000);
  for await (const _ of samples);
  expect(await ended).toBe('Unauthorized');
});
