import { isHiddenName, isSoundName, lastPart, plainPath } from '../../shared/lib/files/file-names';
import { listText } from '../../shared/lib/files/list-table';
import type { ZipArchive } from '../../shared/lib/files/zip-archive';
import { isClipList } from './dataset-lists';

/** The list of a data set, as Earmark writes it. Lists from elsewhere can have other names. */
export const CLIP_LIST = 'labels.csv';
/** Where Earmark puts the sounds of a data set. */
export const CLIP_FOLDER = 'clips/';
export const LARGEST_LIST_BYTES = 16e6;

const listName = /\.(csv|tsv|txt)$/i;

/** Paths of an archive, without what file managers put into it. */
function visiblePaths(archive: ZipArchive): string[] {
  return archive.paths.filter((path) => !path.split('/').some(isHiddenName));
}

/** Sounds in an archive, by their names. */
export function soundsIn(archive: ZipArchive): string[] {
  return visiblePaths(archive).filter(isSoundName);
}

/**
 * Finds the list of a data set anywhere in an archive: the outermost `labels.csv`, else the only other list that has the
 * columns of one.
 *
 * @returns its path; undefined if there is none, or if there are several. @throws EarmarkError zip-damaged.
 */
export async function findClipList(archive: ZipArchive): Promise<string | undefined> {
  const named = visiblePaths(archive).filter((path) => lastPart(path).toLowerCase() === CLIP_LIST);
  const depth = (path: string): number => path.split('/').length;
  const outermost = Math.min(...named.map(depth));
  const [list, ...others] = named.filter((path) => depth(path) === outermost);
  if (list !== undefined) return others.length === 0 ? list : undefined;
  const lists: string[] = [];
  for (const path of visiblePaths(archive).filter((candidate) => listName.test(candidate))) {
    if (archive.sizeOf(path) > LARGEST_LIST_BYTES) continue;
    if (isClipList(listText(await archive.read(path, LARGEST_LIST_BYTES)))) lists.push(path);
  }
  return lists.length === 1 ? lists[0] : undefined;
}

/** Finds the files that a list names. */
export class FileFinder {
  readonly #archive: ZipArchive;
  readonly #folder: string;
  /** Paths by their last part in small letters; undefined if several share it. */
  readonly #byName = new Map<string, string | undefined>();

  /** @param folder of the list, with `/` at its end; empty for the top of the archive. */
  constructor(archive: ZipArchive, folder: string) {
    this.#archive = archive;
    this.#folder = folder;
    for (const path of visiblePaths(archive)) {
      const name = lastPart(path).toLowerCase();
      this.#byName.set(name, this.#byName.has(name) ? undefined : path);
    }
  }

  /**
   * The path of a file in the archive: below the list's folder, or from its top. Lists from elsewhere can have paths of
   * another computer; then the only file of that name is taken, in whatever case.
   */
  find(file: string): string | undefined {
    const path = plainPath(file);
    const places = [`${this.#folder}${CLIP_FOLDER}${path}`, `${this.#folder}${path}`, path];
    return places.find((place) => this.#archive.has(place)) ?? this.#byName.get(lastPart(path).toLowerCase());
  }
}
