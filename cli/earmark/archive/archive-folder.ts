import { randomUUID } from 'node:crypto';
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../../command';
import { makeFolder } from '../../output-place';
import { reasonOf } from '../../system-reason';
import { isHere, isSameRunning, processNamed, uniqueName } from '../processes';

/** What a plan decides, for every machine that works on it. */
export interface Archive {
  readonly format: 1;
  readonly id: string;
  /** Of everything but the sound that decides the events. */
  readonly fingerprint: string;
  readonly options: ArchiveOptions;
  /** The zone in which the dates of files are read: results must not depend on the machine. */
  readonly timeZone: string;
  /** What was planned, as it was named, made absolute. */
  readonly sources: readonly string[];
  /** The folders and lists that files were found in. Rows of the manifest name them by number. */
  readonly roots: readonly PathText[];
  readonly manifest: ManifestFacts;
  /** The address of Redis without its password; undefined for a queue on this machine. */
  readonly queue: string | undefined;
}

/** Options of `plan`, as they were given. */
export interface ArchiveOptions {
  readonly model: string;
  readonly hasHead: boolean;
  readonly threshold: number | undefined;
  readonly labels: readonly string[] | undefined;
  readonly overlapSeconds: number | undefined;
}

export interface ManifestFacts {
  /** The name of its file, which changes with its content. */
  readonly name: string;
  readonly files: number;
  readonly bytes: number;
}

/** A path as text, with its bytes in base64 if they are not UTF-8. */
export interface PathText {
  readonly path: string;
  readonly raw?: string;
}

/** The results, or the folder itself, cannot be written. No file is to blame. */
export class NotWritable extends Error {}

/** What is not complete after so long never will be. */
const LONGEST_WORK_MS = 7 * 86_400_000;

/** The folder of an archive: its files are the ledger, whatever becomes of the queue. */
export class ArchiveFolder {
  readonly path: string;
  #temporaries = 0;

  constructor(path: string) {
    this.path = resolve(path);
  }

  /** @throws UsageError if nothing was planned here. */
  async read(): Promise<Archive> {
    const archive = await this.readIfPlanned();
    if (archive) return archive;
    throw new UsageError(
      `${this.path} holds no archive: \`earmark archive plan SOURCE --into ${this.path}\` makes one`,
    );
  }

  async readIfPlanned(): Promise<Archive | undefined> {
    const text = await readFile(this.#planFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw error;
    });
    if (text === undefined) return undefined;
    const archive = this.#parsed(text);
    if (archive.format === 1) return archive;
    throw new UsageError(`${this.#planFile} was written by another version of Earmark: use that one`);
  }

  #parsed(text: string): Archive {
    try {
      return JSON.parse(text) as Archive;
    } catch (cause) {
      throw new UsageError(
        `${this.#planFile} is damaged: delete it, and plan again with the same options; what is done stays done`,
        { cause },
      );
    }
  }

  write(archive: Archive): Promise<void> {
    return this.writeDurably(this.#planFile, [Buffer.from(`${JSON.stringify(archive, null, 2)}\n`)]);
  }

  /** The trained head that the plan names, if it names one: a copy, so that every machine has it. */
  get headFile(): string {
    return join(this.path, 'head.zip');
  }

  manifestFile(name: string): string {
    return join(this.path, name);
  }

  /** The folder of the results whose keys begin with two such digits. */
  resultFolder(prefix: string): string {
    return join(this.path, 'results', prefix);
  }

  resultFile(key: string): string {
    return join(this.resultFolder(key.slice(0, 2)), `${key}${RESULT_SUFFIX}`);
  }

  unreadableFile(key: string): string {
    return join(this.resultFolder(key.slice(0, 2)), `${key}${UNREADABLE_SUFFIX}`);
  }

  /** What was heard in a part of a long file, until all of its parts are done. */
  partFile(key: string, part: number): string {
    return join(this.path, 'pieces', key, `${String(part).padStart(5, '0')}.moments`);
  }

  get countsFile(): string {
    return join(this.path, 'counts.json');
  }

  get workersFolder(): string {
    return join(this.path, 'workers');
  }

  get mergedFolder(): string {
    return join(this.path, 'merged');
  }

  /** A path for what is not complete yet. No other process ever uses it. */
  temporary(): string {
    return join(this.#unfinished, `${uniqueName()}-${this.#temporaries++}.part`);
  }

  /** Deletes what processes left behind when they were killed: those of this machine at once, others after a week. */
  async sweep(): Promise<void> {
    const paths = (await readdir(this.#unfinished).catch(() => [])).map((name) => join(this.#unfinished, name));
    const timesMs = await Promise.all(paths.map((path) => modifiedMs(path)));
    // By the clock of the disk, because those of machines differ.
    const oldMs = Math.max(...timesMs) - LONGEST_WORK_MS;
    for (const [i, path] of paths.entries()) {
      const maker = processNamed(basename(path).replace(/-\d+\.part$/, ''));
      const isAbandoned = maker && isHere(maker) ? !isSameRunning(maker) : (timesMs[i] as number) < oldMs;
      if (isAbandoned) await rm(path, { force: true, recursive: true });
    }
  }

  /**
   * Writes a file beside its place, waits until the disk has it, and moves it there.
   *
   * @throws NotWritable; nothing is at the place then, or what was there before.
   */
  async writeDurably(target: string, pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
    const temporary = this.temporary();
    try {
      makeFolder(dirname(temporary));
      makeFolder(dirname(target));
      const file = await open(temporary, 'w');
      try {
        for await (const piece of pieces) await file.writeFile(piece);
        await file.datasync();
      } finally {
        await file.close();
      }
      await rename(temporary, target);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      const { code, syscall } = error as NodeJS.ErrnoException;
      if (code === undefined || syscall === undefined) throw error;
      throw new NotWritable(`nothing can be written to ${this.path}: ${reasonOf(error as NodeJS.ErrnoException)}`, {
        cause: error,
      });
    }
  }

  get #planFile(): string {
    return join(this.path, 'archive.json');
  }

  get #unfinished(): string {
    return join(this.path, 'unfinished');
  }
}

/** What files in the folders of results end in. */
export const RESULT_SUFFIX = '.jsonl';
export const UNREADABLE_SUFFIX = '.unreadable.json';

/** @returns 0 for a file that is gone. */
function modifiedMs(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}

/** A name for a new archive. */
export function newArchiveId(): string {
  return randomUUID().replaceAll('-', '').slice(0, 16);
}
