import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { FileRow } from './file-tagger';
import { writeBeside } from './write-beside';

/** What is noted of a file that was tagged. */
export interface FileRecord {
  /** Of the file and of everything that decides its events. */
  readonly fingerprint: string;
  /** For people who look. */
  readonly path: string;
  readonly seconds: number;
  readonly events: number;
  readonly decoder: string;
}

/**
 * A folder with a record of each file that was tagged, so that a run can go on where another one was stopped. It may be
 * deleted; then everything is tagged again.
 */
export class Ledger {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The record of a key, if it has that fingerprint. A damaged one does not count. */
  async read(key: string, fingerprint: string): Promise<FileRecord | undefined> {
    try {
      const [first = ''] = (await readFile(this.#path(key), 'utf8')).split('\n', 1);
      const record = JSON.parse(first) as FileRecord;
      return record.fingerprint === fingerprint ? record : undefined;
    } catch {
      return undefined;
    }
  }

  /** The rows that were noted with a record. */
  async *rows(key: string): AsyncGenerator<FileRow> {
    const lines = createInterface({ input: createReadStream(this.#path(key)), crlfDelay: Number.POSITIVE_INFINITY });
    let isFirst = true;
    for await (const line of lines) {
      if (!isFirst) yield JSON.parse(line) as FileRow;
      isFirst = false;
    }
  }

  async write(key: string, record: FileRecord, rows: readonly FileRow[]): Promise<void> {
    const lines = [record, ...rows].map((value) => `${JSON.stringify(value)}\n`);
    await mkdir(dirname(this.#path(key)), { recursive: true });
    await writeBeside(this.#path(key), this.temporary(`${key}-record`), [Buffer.from(lines.join(''))]);
  }

  /** Forgets a record, before what it is about changes. */
  async remove(key: string): Promise<void> {
    await rm(this.#path(key), { force: true });
  }

  /** A path for a file that is not complete yet. */
  temporary(key: string): string {
    return join(this.#folder, `${key}.part`);
  }

  #path(key: string): string {
    return join(this.#folder, key.slice(0, 2), `${key}.jsonl`);
  }
}

/** A short name for something long, the same at every run. */
export function hashOf(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    // The length keeps “ab”, “c” apart from “a”, “bc”.
    hash.update(`${part.length}:`).update(part);
  }
  return hash.digest('hex').slice(0, 32);
}
