import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeLock } from '../../../../cli/earmark/process-lock';
import { thisProcess } from '../../../../cli/earmark/processes';

let folder = '';
let waits: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
  waits = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (): string => join(folder, 'lock');
const take = (silentMs = 1500): ReturnType<typeof takeLock> =>
  takeLock(file(), {
    refusal: ({ pid }) => new Error(`process ${pid} has it`),
    onWait: ({ pid }, seconds) => void waits.push(`${pid} for ${seconds} s`),
    silentMs,
  });

/** The same host name, the same number, even the same start: only the container is another one. */
const twin = { ...thisProcess(), place: '00000000' };

/** Touches the lock as its holder does. */
function beat(): NodeJS.Timeout {
  let seconds = 1000;
  return setInterval(() => utimesSync(file(), seconds, seconds++), 300);
}

it('is refused while a process of another container holds it that looks like this one', async () => {
  writeFileSync(file(), JSON.stringify(twin));
  const beats = beat();
  await expect(take()).rejects.toThrow(`process ${twin.pid} has it`);
  clearInterval(beats);
  expect(waits).toEqual([`${twin.pid} for 1.5 s`]);
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual(twin);
});

it('is taken from a process of another container that shows no life', async () => {
  writeFileSync(file(), JSON.stringify(twin));
  const lock = await take();
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual(thisProcess());
  await lock.release();
  expect(existsSync(file())).toBe(false);
});

it('is taken at once from a process of this machine that is dead, whatever the clock says', async () => {
  writeFileSync(file(), JSON.stringify({ ...thisProcess(), startTicks: 1 }));
  await (await take(60_000)).release();
  expect(waits).toEqual([]);
});

it('is not taken from a process that has only begun to write it', async () => {
  writeFileSync(file(), '');
  setTimeout(() => writeFileSync(file(), JSON.stringify(thisProcess())), 400);
  await expect(take()).rejects.toThrow(`process ${process.pid} has it`);
});

it('shows that its holder lives', async () => {
  const lock = await take();
  utimesSync(file(), 1000, 1000);
  await expect.poll(() => statSync(file()).mtimeMs, { timeout: 3000 }).toBeGreaterThan(1_000_000_000_000);
  await expect(take()).rejects.toThrow(`process ${process.pid} has it`);
  await lock.release();
});

it('is left to a process that took it while this one slept', async () => {
  const lock = await take();
  writeFileSync(file(), JSON.stringify(twin));
  await lock.release();
  expect(existsSync(file())).toBe(true);
});
