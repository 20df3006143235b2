import { EarmarkError } from '../../shared/contracts/messages/problem';
import { isHiddenName, isSoundName } from '../../shared/lib/files/file-names';
import type { GivenFile } from './recordings-state';

/** Deeper folders or more files are no card of a recorder: a whole disk was dropped by mistake. */
const MOST_FILES = 20_000;
const DEEPEST_FOLDER = 20;

/** What Chromium adds. TypeScript does not have it yet. */
interface HandleItem extends DataTransferItem {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

interface Pickers {
  showOpenFilePicker?(options: { multiple: boolean }): Promise<FileSystemFileHandle[]>;
  showDirectoryPicker?(): Promise<FileSystemDirectoryHandle>;
}

/** Whether the browser's own pickers give files that can be opened again after a reload. */
export function hasPickers(): boolean {
  return 'showOpenFilePicker' in globalThis && 'showDirectoryPicker' in globalThis;
}

/** Lets the person choose files. @returns none if they cancelled. */
export async function pickFiles(): Promise<GivenFile[]> {
  const handles = await notCancelled((globalThis as Pickers).showOpenFilePicker?.({ multiple: true }));
  return Promise.all((handles ?? []).map(async (handle) => ({ file: await fileOf(handle), handle, folder: '' })));
}

/** Lets the person choose a folder. @returns none if they cancelled. @throws EarmarkError too-much-to-import. */
export async function pickFolder(): Promise<GivenFile[]> {
  const handle = await notCancelled((globalThis as Pickers).showDirectoryPicker?.());
  const found: GivenFile[] = [];
  if (handle) await collectHandle(handle, handle.name, 0, found);
  return found;
}

/** The files of an input of type “file”, or of a share. In folders, only what has the name of a sound counts. */
export function filesOfInput(files: Iterable<File>): GivenFile[] {
  return [...files].flatMap((file) => {
    const parts = file.webkitRelativePath.split('/').slice(0, -1);
    if (parts.length === 0) return [{ file, folder: '' }];
    const isHidden = [...parts, file.name].some((part) => isHiddenName(part));
    return isHidden || !isSoundName(file.name) ? [] : [{ file, folder: parts.join('/') }];
  });
}

/**
 * Collects what was dropped, with the contents of folders. Call it in the drop event's handler, before the first `await`.
 *
 * @throws EarmarkError too-much-to-import, recording-unreadable.
 */
export async function filesOfDrop(items: DataTransferItemList): Promise<GivenFile[]> {
  // The list is emptied as soon as the event is over.
  const dropped = [...items].map((item: HandleItem) => ({
    handle: item.getAsFileSystemHandle?.().catch(() => null),
    entry: item.webkitGetAsEntry?.(),
    file: item.kind === 'file' ? item.getAsFile() : null,
  }));
  const found: GivenFile[] = [];
  for (const { handle, entry, file } of dropped) {
    const opened = await handle;
    if (opened) await collectHandle(opened, '', 0, found);
    else if (entry?.isDirectory) await collectEntry(entry, '', 0, found);
    else if (file) found.push({ file, folder: '' });
  }
  return found;
}

async function collectHandle(
  handle: FileSystemHandle,
  folder: string,
  depth: number,
  found: GivenFile[],
): Promise<void> {
  if (isHiddenName(handle.name)) return;
  if (handle.kind === 'file') {
    // What was dropped by itself is meant, whatever its name is.
    if (depth > 0 && !isSoundName(handle.name)) return;
    takeOne(found);
    const file = await fileOf(handle as FileSystemFileHandle);
    found.push({ file, handle: handle as FileSystemFileHandle, folder });
    return;
  }
  if (depth === DEEPEST_FOLDER) throw tooMany();
  const directory = handle as FileSystemDirectoryHandle & { values(): AsyncIterable<FileSystemHandle> };
  const inside = depth === 0 && folder === handle.name ? folder : joined(folder, handle.name);
  const children: FileSystemHandle[] = [];
  for await (const child of directory.values()) children.push(child);
  for (const child of children.sort(byName)) await collectHandle(child, inside, depth + 1, found);
}

async function collectEntry(entry: FileSystemEntry, folder: string, depth: number, found: GivenFile[]): Promise<void> {
  if (isHiddenName(entry.name)) return;
  if (entry.isFile) {
    if (depth > 0 && !isSoundName(entry.name)) return;
    takeOne(found);
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    found.push({ file, folder });
    return;
  }
  if (depth === DEEPEST_FOLDER) throw tooMany();
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    // Gives a hundred at a time, until there are none left.
    const more = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (more.length === 0) break;
    children.push(...more);
  }
  for (const child of children.sort(byName)) await collectEntry(child, joined(folder, entry.name), depth + 1, found);
}

function fileOf(handle: FileSystemFileHandle): Promise<File> {
  return handle.getFile().catch((cause: unknown) => {
    throw new EarmarkError({ code: 'recording-unreadable', file: handle.name, fault: 'out-of-reach' }, { cause });
  });
}

async function notCancelled<Chosen>(chosen: Promise<Chosen> | undefined): Promise<Chosen | undefined> {
  try {
    return await chosen;
  } catch (error) {
    if ((error as DOMException).name === 'AbortError') return undefined;
    throw error;
  }
}

function joined(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name.localeCompare(b.name, undefined, { numeric: true });
}

function takeOne(found: readonly GivenFile[]): void {
  if (found.length === MOST_FILES) throw tooMany();
}

function tooMany(): EarmarkError {
  return new EarmarkError({ code: 'too-much-to-import', mostFiles: MOST_FILES, deepestFolder: DEEPEST_FOLDER });
}
