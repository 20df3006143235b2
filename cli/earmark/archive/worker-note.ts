import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isHere, isSameRunning, type ProcessName, thisProcess, uniqueName } from '../processes';
import type { ArchiveFolder } from './archive-folder';

/** How often a worker says what it does. */
const NOTE_SECONDS = 5;
/** A worker of another machine that said nothing for so long is taken for dead. */
const SILENT_SECONDS = 60;
/** The rate is that of so many seconds. */
const RATE_SECONDS = 300;

/** What a worker says of itself, for `status`. */
export interface WorkerNote extends ProcessName {
  readonly updatedMs: number;
  /** Files in work. */
  readonly running: readonly string[];
  readonly filesPerSecond: number;
  /** Seconds of sound per second. */
  readonly speed: number;
  /** Why it waits; undefined while it works. */
  readonly waitsFor: string | undefined;
}

/** A note, and where it lies. */
interface FoundNote extends WorkerNote {
  readonly file: string;
}

/** Writes a worker's note again and again. */
export class NoteKeeper {
  readonly #folder: ArchiveFolder;
  readonly #name = thisProcess();
  readonly #running = new Set<string>();
  /** Files and seconds that were done, by when on a clock that nobody sets. */
  readonly #recent: { readonly atMs: number; readonly files: number; readonly seconds: number }[] = [];
  readonly #startMs = performance.now();
  #waitsFor: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #removal: NodeJS.Timeout | undefined;

  constructor(folder: ArchiveFolder) {
    this.#folder = folder;
  }

  async start(): Promise<void> {
    await mkdir(this.#folder.workersFolder, { recursive: true }).catch(() => undefined);
    await removeOldNotes(this.#folder);
    await this.#write();
    this.#timer = setInterval(() => void this.#write(), 1000 * NOTE_SECONDS);
    // A container that was started anew has to wait until that before it is silent for long enough.
    const removalMs = 1000 * (SILENT_SECONDS + NOTE_SECONDS);
    this.#removal = setTimeout(() => void removeOldNotes(this.#folder).catch(() => undefined), removalMs).unref();
  }

  begins(path: string): void {
    this.#running.add(path);
  }

  ends(path: string): void {
    this.#running.delete(path);
  }

  done(files: number, seconds: number): void {
    this.#recent.push({ atMs: performance.now(), files, seconds });
  }

  waits(reason: string | undefined): void {
    this.#waitsFor = reason;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    clearTimeout(this.#removal);
    await rm(this.#file, { force: true });
  }

  /** It is no part of the ledger: a full disk or a lost one must not end the work. */
  async #write(): Promise<void> {
    const temporary = this.#folder.temporary();
    try {
      await writeFile(temporary, JSON.stringify(this.#note()));
      await rename(temporary, this.#file);
    } catch {
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }

  #note(): WorkerNote {
    const now = performance.now();
    while ((this.#recent[0]?.atMs ?? now) < now - 1000 * RATE_SECONDS) this.#recent.shift();
    const elapsed = Math.max(1, Math.min(RATE_SECONDS, (now - this.#startMs) / 1000));
    const sum = (value: (entry: { files: number; seconds: number }) => number): number =>
      this.#recent.reduce((total, entry) => total + value(entry), 0);
    return {
      ...this.#name,
      updatedMs: Date.now(),
      running: [...this.#running],
      filesPerSecond: sum(({ files }) => files) / elapsed,
      speed: sum(({ seconds }) => seconds) / elapsed,
      waitsFor: this.#waitsFor,
    };
  }

  get #file(): string {
    return join(this.#folder.workersFolder, `${uniqueName()}.json`);
  }
}

/** The notes of all workers that did not end in peace. */
export async function readNotes(folder: ArchiveFolder): Promise<FoundNote[]> {
  const names = await readdir(folder.workersFolder).catch(() => []);
  const notes: FoundNote[] = [];
  for (const name of names.sort()) {
    const file = join(folder.workersFolder, name);
    try {
      notes.push({ ...(JSON.parse(await readFile(file, 'utf8')) as WorkerNote), file });
    } catch {
      // It ended meanwhile.
    }
  }
  return notes;
}

/** Whether a worker was killed, or its machine is gone. */
export function isDead(note: WorkerNote): boolean {
  if (isHere(note)) return !isSameRunning(note);
  return Math.abs(Date.now() - note.updatedMs) > 1000 * SILENT_SECONDS;
}

/** A worker that starts on a machine takes the place of those that were killed there. */
async function removeOldNotes(folder: ArchiveFolder): Promise<void> {
  const { host } = thisProcess();
  for (const note of await readNotes(folder)) {
    if (note.host === host && isDead(note)) await rm(note.file, { force: true });
  }
}
