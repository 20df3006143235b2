import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FileFinder } from '../../src/shared/lib/files/file-finder';
import { isHiddenName } from '../../src/shared/lib/files/file-names';

/** The folder that holds the sounds of a list. */
export class ClipFolder {
  readonly #root: string;
  #finder: Promise<FileFinder> | undefined;

  constructor(root: string) {
    this.#root = root;
  }

  /**
   * The path of a file that a list names: as the list writes it, or else as {@link FileFinder} finds it.
   *
   * @returns the path as the list writes it if there is no such file.
   */
  async pathOf(file: string): Promise<string> {
    const path = join(this.#root, file);
    const isThere = await stat(path).then(
      (found) => found.isFile(),
      () => false,
    );
    if (isThere) return path;
    this.#finder ??= finderIn(this.#root);
    const found = (await this.#finder).find(file);
    return found === undefined ? path : join(this.#root, found);
  }
}

async function finderIn(root: string): Promise<FileFinder> {
  // Reading a file reports a folder that cannot be read.
  const paths = await readdir(root, { recursive: true }).catch(() => []);
  const visible = paths.filter((path) => !path.split(/[/\\]/).some(isHiddenName));
  return new FileFinder(visible, ['', 'clips/']);
}
