import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from './command';
import { reasonOf } from './system-reason';

/**
 * Makes a folder and those above it. Node's own way never ends where nothing can be made, such as in `/proc`, and says of
 * a disk that is read-only that something is not there.
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (isFolder(path)) return;
    const above = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || isFolder(above)) throw error;
    makeFolder(above);
    mkdirSync(path);
  }
}

/** Why nothing can be written in a folder, which is made if need be; undefined if it can. */
export function faultOfFolder(path: string): NodeJS.ErrnoException | undefined {
  try {
    makeFolder(path);
    const probe = join(path, `.earmark-${process.pid}.part`);
    writeFileSync(probe, 'Earmark tries whether it can write here.\n', { flush: true });
    rmSync(probe);
    return undefined;
  } catch (error) {
    // Where nothing can be made, the system says that it is not there.
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return isMissing ? new Error('nothing can be made there') : (error as NodeJS.ErrnoException);
  }
}

/** Makes a folder that an option names, before the work whose results it should hold. @throws UsageError */
export function requireWritableFolder(option: string, path: string): void {
  const fault = faultOfFolder(path);
  if (fault) throw new UsageError(`${path} cannot be written to (${reasonOf(fault)}): name another ${option}`);
}

/**
 * Rejects a file that cannot be written, before the work whose result it should hold.
 *
 * @param path undefined if no file is wanted. @throws UsageError
 */
export function requireWritableFile(path: string | undefined): void {
  if (path === undefined) return;
  const folder = dirname(path);
  const found = existsSync(path) ? statSync(path) : undefined;
  if (found?.isDirectory()) throw new UsageError(`${path} cannot be written: it is a folder`);
  // A device or a pipe is written to, and its folder is not.
  if (found && !found.isFile()) return;
  if (!isFolder(folder)) throw new UsageError(`${path} cannot be written: there is no folder ${folder}`);
  const fault = faultOfFolder(folder);
  if (fault) throw new UsageError(`${path} cannot be written: ${reasonOf(fault)}`);
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
