import { isHiddenName, isListName, isSoundName, lastPart } from '../../shared/lib/files/file-names';
import { listText } from '../../shared/lib/files/list-table';
import { CLIP_LIST, isClipList } from './dataset-lists';

/** Where Earmark puts the sounds of a data set. */
export const CLIP_FOLDER = 'clips/';
export const LARGEST_LIST_BYTES = 16e6;

/** Files that belong together: a zip file, or a folder. */
export interface SoundArchive {
  /** `/` between folders. */
  readonly paths: readonly string[];
  /** Size of a file in bytes. */
  sizeOf(path: string): number;
  /** @throws EarmarkError if the file cannot be read, or is larger than `mostBytes`. */
  read(path: string, mostBytes: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** Paths of an archive, without what file managers put into it. */
export function visiblePaths({ paths }: Pick<SoundArchive, 'paths'>): string[] {
  return paths.filter((path) => !path.split('/').some(isHiddenName));
}

/** Sounds in an archive, by their names. */
export function soundsIn(archive: Pick<SoundArchive, 'paths'>): string[] {
  return visiblePaths(archive).filter(isSoundName);
}

/** The path of a file's folder, with `/` at its end; empty at the top. */
export function folderOf(path: string): string {
  return path.slice(0, path.length - lastPart(path).length);
}

/**
 * Finds the lists of a data set anywhere in an archive: the outermost `labels.csv`, else all other lists that say what
 * sounds in which files. Some data sets have a list for each of their parts.
 *
 * @returns their paths. @throws EarmarkError zip-damaged.
 */
export async function findClipLists(archive: SoundArchive): Promise<string[]> {
  const named = visiblePaths(archive).filter((path) => lastPart(path).toLowerCase() === CLIP_LIST);
  const depth = (path: string): number => path.split('/').length;
  const outermost = Math.min(...named.map(depth));
  if (named.length > 0) return named.filter((path) => depth(path) === outermost);
  const lists: string[] = [];
  for (const path of visiblePaths(archive).filter(isListName)) {
    if (archive.sizeOf(path) > LARGEST_LIST_BYTES) continue;
    if (isClipList(listText(await archive.read(path, LARGEST_LIST_BYTES)))) lists.push(path);
  }
  return lists;
}
