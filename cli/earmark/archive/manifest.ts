import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, requireWritableFolder } from '../../output-place';
import type { ArchiveFolder, ManifestFacts, PathText } from './archive-folder';

/** A file of the archive. */
export interface ManifestRow extends PathText {
  /** A hash of its path, its size and the parameters: the name of its result. */
  readonly key: string;
  /** 0 if it is not known. */
  readonly bytes: number;
  readonly modifiedMs?: number;
  /** Its place among the archive's roots. */
  readonly root: number;
  /** Why it could not be opened when it was planned. */
  readonly problem?: string;
}

const PREFIX_DIGITS = 2;
const BUCKETS = 16 ** PREFIX_DIGITS;
/** Text of a bucket that waits to be written. All buckets together take 16 times that many MB. */
const WAITING_CHARACTERS = 65_536;
const KEY_START = '{"key":"'.length;
const KEY_LENGTH = 32;

/** The prefixes of keys, in order: one for each folder of results. */
export const prefixes: readonly string[] = Array.from({ length: BUCKETS }, (_, i) =>
  i.toString(16).padStart(PREFIX_DIGITS, '0'),
);

/**
 * Writes a manifest of any length: rows are sorted by key and written once. Keys are hashes, so the first hour of work
 * is a random sample of the archive, and all machines work in the same few folders of results.
 */
export class ManifestWriter {
  readonly #folder: ArchiveFolder;
  readonly #buckets: string;
  readonly #files: number[];
  readonly #waiting: string[] = prefixes.map(() => '');

  constructor(folder: ArchiveFolder) {
    this.#folder = folder;
    this.#buckets = folder.temporary();
    makeFolder(this.#buckets);
    this.#files = prefixes.map((prefix) => openSync(join(this.#buckets, prefix), 'w'));
  }

  add(row: ManifestRow): void {
    const bucket = Number.parseInt(row.key.slice(0, PREFIX_DIGITS), 16);
    const text = `${this.#waiting[bucket]}${JSON.stringify(row)}\n`;
    this.#waiting[bucket] = text.length < WAITING_CHARACTERS ? text : this.#flush(bucket, text);
  }

  /** Puts the manifest in its place. Rows with one key count once. */
  async finish(): Promise<ManifestFacts> {
    const temporary = this.#folder.temporary();
    const { name, index, bytes } = await this.#write(temporary).catch(async (error) => {
      await rm(temporary, { force: true });
      throw error;
    });
    this.discard();
    await this.#folder.writeDurably(this.#folder.manifestFile(indexName(name)), [Buffer.from(JSON.stringify(index))]);
    await rename(temporary, this.#folder.manifestFile(name));
    return { name, files: index.counts.reduce((sum, count) => sum + count, 0), bytes };
  }

  async #write(temporary: string): Promise<{ name: string; index: ManifestIndex; bytes: number }> {
    const file = await open(temporary, 'w');
    const hash = createHash('sha256');
    const starts: number[] = [0];
    const counts: number[] = [];
    let bytes = 0;
    try {
      for (const [bucket, prefix] of prefixes.entries()) {
        this.#flush(bucket, this.#waiting[bucket] as string);
        const lines = sortedLines(readFileSync(join(this.#buckets, prefix), 'utf8'));
        for (const line of lines) bytes += (JSON.parse(line) as ManifestRow).bytes;
        const text = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        hash.update(text);
        await file.writeFile(text);
        counts.push(lines.length);
        starts.push((starts.at(-1) as number) + text.length);
      }
      await file.datasync();
    } finally {
      await file.close();
    }
    return { name: `manifest-${hash.digest('hex').slice(0, 12)}.jsonl`, index: { starts, counts }, bytes };
  }

  /** Deletes what is not finished. */
  discard(): void {
    for (const file of this.#files.splice(0)) closeSync(file);
    rmSync(this.#buckets, { recursive: true, force: true });
  }

  #flush(bucket: number, text: string): '' {
    if (text !== '') writeSync(this.#files[bucket] as number, text);
    return '';
  }
}

interface ManifestIndex {
  /** Where the rows of each prefix begin, in bytes; and the end. */
  readonly starts: readonly number[];
  readonly counts: readonly number[];
}

function indexName(manifest: string): string {
  return manifest.replace('.jsonl', '.index.json');
}

/** Without repeated keys. */
function sortedLines(text: string): string[] {
  const lines = text.split('\n');
  lines.pop();
  lines.sort();
  return lines.filter((line, i) => i === 0 || keyOf(line) !== keyOf(lines[i - 1] as string));
}

function keyOf(line: string): string {
  return line.slice(KEY_START, KEY_START + KEY_LENGTH);
}

/** A piece of the manifest: some rows that follow each other. */
export interface ManifestSpan {
  readonly start: number;
  readonly end: number;
}

/** Reads a manifest, piece by piece. */
export class Manifest {
  readonly name: string;
  readonly #path: string;
  readonly #index: ManifestIndex;

  private constructor(path: string, name: string, index: ManifestIndex) {
    this.#path = path;
    this.name = name;
    this.#index = index;
  }

  static async open(folder: ArchiveFolder, { name }: Pick<ManifestFacts, 'name'>): Promise<Manifest> {
    const index = JSON.parse(await readFile(folder.manifestFile(indexName(name)), 'utf8')) as ManifestIndex;
    return new Manifest(folder.manifestFile(name), name, index);
  }

  count(bucket: number): number {
    return this.#index.counts[bucket] as number;
  }

  /** The rows of a prefix. */
  span(bucket: number): ManifestSpan {
    return { start: this.#index.starts[bucket] as number, end: this.#index.starts[bucket + 1] as number };
  }

  /** The lines of some rows, with the place of each. */
  async lines(
    span: ManifestSpan,
  ): Promise<{ readonly line: string; readonly key: string; readonly span: ManifestSpan }[]> {
    let { start } = span;
    const text = (await this.#bytes(span)).toString();
    return text.split('\n').flatMap((line) => {
      if (line === '') return [];
      const span = { start, end: start + Buffer.byteLength(line) + 1 };
      start = span.end;
      return [{ line, key: keyOf(line), span }];
    });
  }

  /** The keys of a prefix, in order. The rows are not decoded: of ten million, a prefix has 8 MB. */
  async keys(bucket: number): Promise<string[]> {
    const bytes = await this.#bytes(this.span(bucket));
    const keys: string[] = [];
    for (let start = 0; start < bytes.length; start = bytes.indexOf('\n', start) + 1) {
      keys.push(bytes.toString('latin1', start + KEY_START, start + KEY_START + KEY_LENGTH));
    }
    return keys;
  }

  async rows(span: ManifestSpan): Promise<ManifestRow[]> {
    return (await this.lines(span)).map(({ line }) => JSON.parse(line) as ManifestRow);
  }

  /** The rows of a prefix, in order. */
  async bucketRows(bucket: number): Promise<ManifestRow[]> {
    return this.rows(this.span(bucket));
  }

  async #bytes({ start, end }: ManifestSpan): Promise<Buffer> {
    const file = await open(this.#path);
    try {
      const bytes = Buffer.alloc(end - start);
      await file.read(bytes, 0, bytes.length, start);
      return bytes;
    } finally {
      await file.close();
    }
  }
}

/** Makes a folder that a manifest can be written in. @throws UsageError */
export async function prepareFolder(folder: ArchiveFolder): Promise<void> {
  requireWritableFolder('--into', folder.path);
  await folder.sweep();
}
