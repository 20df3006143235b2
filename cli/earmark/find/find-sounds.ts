import type { Dirent, Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import picomatch from 'picomatch';
import { reasonOf } from '../../system-reason';
import { folderOf, joinPath, nameOf, textOf } from './path-bytes';
import { isSoundName } from './sound-names';
import { soundsInZip } from './sounds-in-zip';

/** A file to be opened. */
export interface FoundSound {
  /** Absolute. */
  readonly path: Buffer;
  /** The folder that was searched for it: absolute. */
  readonly root: Buffer;
  readonly bytes: number;
  readonly modifiedMs: number;
}

/** Something that cannot be opened, and why. */
export interface NotFound {
  readonly path: Buffer;
  readonly reason: string;
}

export interface Findings {
  /** In the order of their paths. */
  readonly sounds: readonly FoundSound[];
  readonly notFound: readonly NotFound[];
}

/**
 * Finds what the arguments of a command name: files, folders with everything below them, and patterns such as
 * `night/*.wav`, which some shells leave to the program. A file that is named is opened whatever it is called. In folders,
 * zip files with sounds in them are told of, not opened.
 */
export async function findSounds(places: readonly string[]): Promise<Findings> {
  const sounds: FoundSound[] = [];
  const notFound: NotFound[] = [];
  await visitSounds(places, {
    onSound: (sound) => sounds.push(sound),
    onNotFound: (place) => notFound.push(place),
  });
  const once = new Map(sounds.map((sound) => [sound.path.toString('latin1'), sound]));
  const byPath = [...once.values()].sort((a, b) => a.path.compare(b.path));
  return { sounds: byPath, notFound };
}

/** Takes what a search finds, as it comes: a whole archive need not fit in memory. */
export interface SoundVisitor {
  onSound(sound: FoundSound): void;
  onNotFound(place: NotFound): void;
}

/** Finds what {@link findSounds} finds, folder by folder. A sound that two arguments name comes twice. */
export async function visitSounds(places: readonly string[], visitor: SoundVisitor): Promise<void> {
  const search = new Search(visitor);
  for (const place of places) await search.place(place);
}

class Search {
  readonly #visitor: SoundVisitor;
  /** Sounds, and places that cannot be opened. */
  #found = 0;
  /** Folders that were entered. Links, and other arguments, can lead back to one. */
  #entered = new Set<string>();

  constructor(visitor: SoundVisitor) {
    this.#visitor = visitor;
  }

  async place(place: string): Promise<void> {
    const path = Buffer.from(resolve(place));
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
    if (found instanceof Error) {
      const pattern = picomatch.scan(place);
      if (found.code === 'ENOENT' && pattern.isGlob) return this.#pattern(place, pattern.base);
      this.#miss(path, reasonOf(found));
      return;
    }
    if (found.isDirectory()) await this.#folder(path, path);
    else this.#take(path, folderOf(path), found);
  }

  async #pattern(pattern: string, base: string): Promise<void> {
    const root = Buffer.from(resolve(base));
    const matches = picomatch(resolve(pattern), { dot: false, nocase: process.platform === 'win32' });
    const before = this.#found;
    const entered = this.#entered;
    // What another argument took from a folder says nothing about what this one takes.
    this.#entered = new Set();
    await this.#folder(root, root, matches);
    this.#entered = entered;
    if (this.#found === before) this.#miss(Buffer.from(pattern), 'no file has such a name');
  }

  /** @returns how many sounds lie in the folder and below it. */
  async #folder(folder: Buffer, root: Buffer, matches?: (path: string) => boolean): Promise<number> {
    const before = this.#found;
    try {
      const real = (await realpath(folder, { encoding: 'buffer' })).toString('latin1');
      if (this.#entered.has(real)) return 0;
      this.#entered.add(real);
      const entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
      for (const entry of entries.sort((a, b) => a.name.compare(b.name))) {
        await this.#entry(joinPath(folder, entry.name), root, entry, matches);
      }
    } catch (error) {
      this.#miss(folder, reasonOf(error as NodeJS.ErrnoException));
    }
    return this.#found - before;
  }

  async #entry(
    path: Buffer,
    root: Buffer,
    entry: Dirent<Buffer>,
    matches: ((path: string) => boolean) | undefined,
  ): Promise<void> {
    const name = textOf(entry.name);
    // Programs hide what they keep for themselves: caches, previews, the ledger of an earlier run.
    if (name.startsWith('.')) return;
    const isMatch = matches === undefined || matches(textOf(path));
    const isWanted = isSoundName(name) && isMatch;
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
    if (found instanceof Error) {
      if (isWanted) this.#miss(path, reasonOf(found));
    } else if (found.isDirectory()) {
      const inside = await this.#folder(path, root, matches);
      if (isWanted && inside === 0) this.#miss(path, 'is a folder without sounds');
    } else if (isWanted) this.#take(path, root, found);
    else if (isMatch && /\.zip$/i.test(name) && found.isFile()) await this.#zip(path, found);
  }

  /** A zip file with sounds is not skipped in silence. */
  async #zip(path: Buffer, { size }: Stats): Promise<void> {
    const sounds = await soundsInZip(path, size).catch((error: NodeJS.ErrnoException) => {
      this.#miss(path, reasonOf(error));
      return 0;
    });
    if (sounds > 0) this.#miss(path, `is an archive with sounds (${sounds}): unpack it, then tag the folder`);
  }

  #take(path: Buffer, root: Buffer, found: Stats): void {
    // Opening a pipe or a device could wait for ever.
    if (!found.isFile()) {
      this.#miss(path, 'is not a regular file');
      return;
    }
    this.#found += 1;
    this.#visitor.onSound({ path, root, bytes: found.size, modifiedMs: found.mtimeMs });
  }

  #miss(path: Buffer, reason: string): void {
    this.#found += 1;
    this.#visitor.onNotFound({ path, reason });
  }
}

/** The folders between the searched folder and the file; empty at the top. */
export function folderBelow({ path, root }: FoundSound): Buffer {
  const folder = folderOf(path);
  return folder.length > root.length
    ? folder.subarray(root.length).subarray(root.at(-1) === 0x2f ? 0 : 1)
    : Buffer.alloc(0);
}

/** The file's name. */
export function soundName({ path }: FoundSound): Buffer {
  return nameOf(path);
}
