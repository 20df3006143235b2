import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm, utimes } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { isHere, isSameRunning, type ProcessName, thisProcess } from './processes';

/** How often a holder shows that it lives: for processes of other containers and machines, which cannot ask the kernel. */
const BEAT_MS = 1000;
/** A holder elsewhere that shows nothing for so long is dead. Measured by this machine's clock, which nobody sets. */
const SILENT_MS = 10_000;

/** A file that only one process holds at a time. */
export interface ProcessLock {
  release(): Promise<void>;
}

export interface LockWishes {
  /** Makes the error if a living process holds it. */
  refusal(holder: ProcessName): Error;
  /** Is told of a holder elsewhere, before it is known whether it lives. */
  onWait(holder: ProcessName, mostSeconds: number): void;
  /** For tests. */
  readonly silentMs?: number;
}

/** Takes a lock from nobody, or from a process that is dead. Its folder exists. @throws the refusal */
export async function takeLock(
  file: string,
  { refusal, onWait, silentMs = SILENT_MS }: LockWishes,
): Promise<ProcessLock> {
  const text = JSON.stringify(thisProcess());
  while (!(await isCreated(file, text))) {
    const held = await textOf(file);
    if (held === undefined) continue;
    const holder = holderIn(held);
    if (holder && !isHere(holder)) onWait(holder, silentMs / 1000);
    const isAlive = holder && isHere(holder) ? isSameRunning(holder) : await isBeating(file, silentMs);
    if (isAlive && holder) throw refusal(holder);
    if (!isAlive) await takeAway(file, held);
  }
  const timer = setInterval(() => {
    const now = new Date();
    // If the drive is away, nobody else can take the lock either.
    utimes(file, now, now).catch(() => undefined);
  }, BEAT_MS).unref();
  return {
    async release() {
      clearInterval(timer);
      // After a long sleep of this machine, another process may hold it.
      if ((await textOf(file)) === text) await rm(file, { force: true });
    },
  };
}

/** @returns whether there was no lock. */
async function isCreated(file: string, text: string): Promise<boolean> {
  const lock = await open(file, 'wx').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  if (!lock) return false;
  try {
    await lock.writeFile(text).finally(() => lock.close());
    return true;
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/** Whether a lock changes, because its holder lives or has only begun to write it, or is given back. */
async function isBeating(file: string, silentMs: number): Promise<boolean> {
  const before = await beatOf(file);
  const start = performance.now();
  while (performance.now() - start < silentMs) {
    await delay(BEAT_MS / 4);
    if ((await beatOf(file)) !== before) return true;
  }
  return false;
}

/** When a lock was last touched. Opened, because network drives only then ask their server. */
async function beatOf(file: string): Promise<number | undefined> {
  const lock = await open(file).catch(onlyIfThere);
  if (!lock) return undefined;
  return lock
    .stat()
    .then(({ mtimeMs }) => mtimeMs)
    .finally(() => lock.close());
}

/** Removes the lock of a dead process, and not that of a process which did so first. */
async function takeAway(file: string, held: string): Promise<void> {
  const aside = `${file}-${randomUUID()}`;
  const isMoved = await rename(file, aside).then(() => true, onlyIfThere);
  if (!isMoved) return;
  if ((await textOf(aside)) === held) await rm(aside, { force: true });
  else await rename(aside, file);
}

function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(onlyIfThere);
}

/** @returns undefined for a lock whose process was killed while it wrote it, or writes it now. */
function holderIn(text: string): ProcessName | undefined {
  try {
    const holder = JSON.parse(text) as Partial<ProcessName> | undefined;
    return holder?.place === undefined ? undefined : (holder as ProcessName);
  } catch {
    return undefined;
  }
}

/** @returns undefined for a file that is gone. @throws any other error. */
function onlyIfThere(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
