import { readFileSync } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { UsageError } from '../../command';

/** A process, so that it can be recognised even if its number was given to another one. */
export interface ProcessName {
  readonly host: string;
  readonly pid: number;
  /** When the kernel started it, in ticks since the machine started; undefined where that is not known. */
  readonly startTicks: number | undefined;
}

/** This process. */
export function thisProcess(): ProcessName {
  return { host: hostname(), pid: process.pid, startTicks: startTicksOf(process.pid) };
}

/** Whether a process of this machine exists. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether a process of this machine is still the same one. Does not look at any clock. */
export function isSameRunning({ pid, startTicks }: ProcessName): boolean {
  return isRunning(pid) && (startTicks === undefined || startTicksOf(pid) === startTicks);
}

function startTicksOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces. What follows starts with field 3; the time is field 22.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
  } catch {
    return undefined;
  }
}

/**
 * Does something that only one process may do in a folder at a time.
 *
 * @param doing what it does, for the sentence to the other one, such as `plans`. @throws UsageError if another does it.
 */
export async function alone<T>(lockFile: string, doing: string, work: () => Promise<T>): Promise<T> {
  await acquire(lockFile, doing);
  try {
    return await work();
  } finally {
    await rm(lockFile, { force: true });
  }
}

async function acquire(lockFile: string, doing: string): Promise<void> {
  for (;;) {
    try {
      const file = await open(lockFile, 'wx');
      await file.writeFile(JSON.stringify(thisProcess()));
      await file.close();
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = await readHolder(lockFile);
    const isHere = holder === undefined || holder.host === hostname();
    if (isHere && !(holder && isSameRunning(holder))) {
      await rm(lockFile, { force: true });
      continue;
    }
    const who = `process ${holder?.pid} of ${holder?.host}`;
    throw new UsageError(
      `another process ${doing} here (${who}): wait for it; if it no longer runs, delete ${lockFile}`,
    );
  }
}

/** @returns undefined for a lock whose process was killed while it wrote it. */
async function readHolder(lockFile: string): Promise<ProcessName | undefined> {
  try {
    return JSON.parse(await readFile(lockFile, 'utf8')) as ProcessName;
  } catch {
    return undefined;
  }
}
