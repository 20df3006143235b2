import { EarmarkError } from '../../shared/contracts/messages/problem';
import { plainPath } from '../../shared/lib/files/file-names';
import type { SoundArchive } from '../../store/dataset/archive-files';
import type { DroppedFile } from './dropped-files';

/** Dropped or picked files as an archive: an unpacked data set. */
export class DroppedFolder implements SoundArchive {
  readonly #files: ReadonlyMap<string, File>;

  constructor(files: readonly DroppedFile[]) {
    this.#files = new Map(files.map(({ file, path }) => [plainPath(path), file]));
  }

  get paths(): string[] {
    return [...this.#files.keys()];
  }

  sizeOf(path: string): number {
    return this.#file(path).size;
  }

  /** @throws EarmarkError file-unreadable. */
  async read(path: string, mostBytes: number): Promise<Uint8Array<ArrayBuffer>> {
    const file = this.#file(path);
    try {
      return new Uint8Array(await file.slice(0, mostBytes).arrayBuffer());
    } catch (cause) {
      throw new EarmarkError({ code: 'file-unreadable', file: file.name, fault: 'out-of-reach' }, { cause });
    }
  }

  #file(path: string): File {
    return this.#files.get(path) as File;
  }
}
