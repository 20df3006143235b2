import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, so that it can be recognised even if its number was given to another one. */
export interface ProcessName {
  readonly host: string;
  /** Where its number means something: another container has other processes, even if it has the same host name. */
  readonly place: string;
  readonly pid: number;
  /** When the kernel started it, in ticks since the machine started; undefined where that is not known. */
  readonly startTicks: number | undefined;
}

/** This process. */
export function thisProcess(): ProcessName {
  return { host: hostname(), place: thisPlace(), pid: process.pid, startTicks: startTicksOf(process.pid) };
}

/** A name for files of this process that no other one has. */
export function uniqueName(): string {
  const { host, place, pid, startTicks = '' } = thisProcess();
  return `${host}-${place}-${pid}-${startTicks}`;
}

/** The process that has a {@link uniqueName}; undefined if the text is none. */
export function processNamed(text: string): ProcessName | undefined {
  const [isName, host = '', place = '', pid, ticks] = /^(.*)-([\da-f]{8})-(\d+)-(\d*)$/.exec(text) ?? [];
  if (isName === undefined) return undefined;
  return { host, place, pid: Number(pid), startTicks: ticks === '' ? undefined : Number(ticks) };
}

/** Whether a process runs where this one does, so that the kernel can be asked about it. */
export function isHere({ place }: ProcessName): boolean {
  return place === thisPlace();
}

/** Whether a process of this place is still the same one. Does not look at any clock. */
export function isSameRunning({ pid, startTicks }: ProcessName): boolean {
  return isRunning(pid) && (startTicks === undefined || startTicksOf(pid) === startTicks);
}

/** The start of the machine and the container, where the kernel tells them; else the machine's name has to do. */
function thisPlace(): string {
  const hash = createHash('sha256').update(hostname());
  try {
    hash.update(readFileSync('/proc/sys/kernel/random/boot_id')).update(readlinkSync('/proc/self/ns/pid'));
  } catch {
    // Only Linux has them, and only Linux has containers.
  }
  return hash.digest('hex').slice(0, 8);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
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
