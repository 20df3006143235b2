import { EarmarkError } from '../../shared/contracts/messages/problem';
import { isHiddenName, isListName, isSoundName } from '../../shared/lib/files/file-names';

/** Deeper folders or more files are not a snippet collection: a home folder was dropped by mistake. */
const MOST_FILES = 20_000;
const DEEPEST_FOLDER = 20;

/** One dropped or picked file. */
export interface DroppedFile {
  readonly file: File;
  /** Name of its folder, which often says what sounds in it; undefined for a single file. */
  readonly folder: string | undefined;
  /** With the folders that it lies in, from the one that was dropped or picked; `/` between them. */
  readonly path: string;
}

/** Dropped or picked files, by what Earmark can do with them. */
export interface DroppedFiles {
  /** Audio and video files. */
  readonly sounds: readonly DroppedFile[];
  /** Data sets and heads, as zip files. */
  readonly zips: readonly File[];
  /** Tables and texts, which can say what the sounds are. */
  readonly lists: readonly DroppedFile[];
  /** Number of other files, such as texts and pictures, with the lists. */
  readonly others: number;
}

/**
 * Collects what was dropped, including the contents of folders. Call it in the drop event's handler, before the first
 * `await`.
 *
 * @throws EarmarkError nothing-to-import if there is no sound or zip file, too-much-to-import, file-unreadable.
 */
export async function droppedFiles(items: DataTransferItemList): Promise<DroppedFiles> {
  // The list is emptied as soon as the event is over.
  const dropped = [...items].map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  const files: DroppedFile[] = [];
  for (const item of dropped) {
    // Items that do not come from the file system, such as a file from another page, have no entry.
    if (item instanceof File) files.push({ file: item, folder: undefined, path: item.name });
    else if (item) await collect(item, [], files);
  }
  return sorted(files);
}

/** Sorts the result of a file or folder picker. @throws EarmarkError nothing-to-import, too-much-to-import. */
export function pickedFiles(picked: Iterable<File>): DroppedFiles {
  const visible = [...picked].filter(
    ({ webkitRelativePath, name }) => !`${webkitRelativePath}/${name}`.split('/').some((part) => isHiddenName(part)),
  );
  if (visible.length > MOST_FILES) throw tooMany();
  return sorted(
    visible.map((file) => {
      const path = file.webkitRelativePath || file.name;
      return { file, folder: path.split('/').at(-2), path };
    }),
  );
}

/** @param folders that the entry lies in, outermost first. */
async function collect(entry: FileSystemEntry, folders: readonly string[], files: DroppedFile[]): Promise<void> {
  if (isHiddenName(entry.name)) return;
  if (entry.isFile) {
    if (files.length === MOST_FILES) throw tooMany();
    const file = await fileOf(entry as FileSystemFileEntry);
    files.push({ file, folder: folders.at(-1), path: [...folders, entry.name].join('/') });
    return;
  }
  if (folders.length === DEEPEST_FOLDER) throw tooMany();
  for (const child of await childrenOf(entry as FileSystemDirectoryEntry)) {
    await collect(child, [...folders, entry.name], files);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise<File>((resolve, reject) => entry.file(resolve, reject)).catch((cause: unknown) => {
    throw unreadable(entry.name, cause);
  });
}

async function childrenOf(entry: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = entry.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    // Returns a hundred at a time, until there are none left.
    const more = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject)).catch(
      (cause: unknown) => {
        throw unreadable(entry.name, cause);
      },
    );
    if (more.length === 0) return children.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
    children.push(...more);
  }
}

function sorted(files: readonly DroppedFile[]): DroppedFiles {
  const isZip = ({ file }: DroppedFile): boolean => /\.zip$/i.test(file.name);
  const isSound = ({ file }: DroppedFile): boolean => /^(audio|video)\//.test(file.type) || isSoundName(file.name);
  const zips = files.filter(isZip).map(({ file }) => file);
  const sounds = files.filter((dropped) => !isZip(dropped) && isSound(dropped));
  if (sounds.length + zips.length === 0) {
    throw new EarmarkError({ code: 'nothing-to-import' });
  }
  const lists = files.filter((dropped) => !isZip(dropped) && !isSound(dropped) && isListName(dropped.file.name));
  return { sounds, zips, lists, others: files.length - sounds.length - zips.length };
}

function tooMany(): EarmarkError {
  return new EarmarkError({ code: 'too-much-to-import', mostFiles: MOST_FILES, deepestFolder: DEEPEST_FOLDER });
}

function unreadable(name: string, cause: unknown): EarmarkError {
  return new EarmarkError({ code: 'file-unreadable', file: name, fault: 'out-of-reach' }, { cause });
}
