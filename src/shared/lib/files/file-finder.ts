import { baseName, isSoundName, lastPart, plainPath } from './file-names';

/** Finds the files that a list names among those that there are. */
export class FileFinder {
  /** Folders in which the list's paths can begin, with `/` at their ends. */
  readonly #folders: readonly string[];
  /** Paths as they are, by their plain form. */
  readonly #paths: ReadonlyMap<string, string>;
  /** Paths by their last part in small letters; undefined if several share it. */
  readonly #byName = new Map<string, string | undefined>();
  /** The same of sounds, without their extension. */
  readonly #byBaseName = new Map<string, string | undefined>();

  /** @param folders in which the list's paths can begin, the likeliest first, with `/` at their ends. */
  constructor(paths: readonly string[], folders: readonly string[]) {
    this.#folders = folders;
    this.#paths = new Map(paths.map((path) => [plainPath(path), path]));
    for (const path of paths) {
      const name = lastPart(plainPath(path)).toLowerCase();
      keepOnlyOne(this.#byName, name, path);
      if (isSoundName(name)) keepOnlyOne(this.#byBaseName, baseName(name), path);
    }
  }

  /**
   * The path of a file. Lists can have paths of another computer: then the only file of that name is taken, in whatever
   * case, and if there is none, the only sound of that name with another extension, because lists can be older than a
   * conversion, or have no extensions at all.
   */
  find(file: string): string | undefined {
    const path = plainPath(file);
    const found = this.#folders.map((folder) => this.#paths.get(folder + path)).find((place) => place !== undefined);
    if (found !== undefined) return found;
    const name = lastPart(path).toLowerCase();
    if (this.#byName.has(name)) return this.#byName.get(name);
    return this.#byBaseName.get(isSoundName(name) ? baseName(name) : name);
  }
}

function keepOnlyOne(paths: Map<string, string | undefined>, name: string, path: string): void {
  paths.set(name, paths.has(name) ? undefined : path);
}
