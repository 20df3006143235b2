import { access, readdir, readFile, rm, stat } from 'node:fs/promises';
import type { FileRow } from '../tag/file-tagger';
import { type ArchiveFolder, RESULT_SUFFIX, UNREADABLE_SUFFIX } from './archive-folder';
import { type Manifest, prefixes } from './manifest';

/** The first line of a result. Nothing in it tells who made it, or when: doing it twice gives the same bytes. */
export interface ResultHead {
  readonly path: string;
  readonly seconds: number;
  readonly events: number;
  readonly decoder: string;
}

/** Why a file has no result. */
export interface Unreadable {
  readonly path: string;
  readonly reason: string;
  readonly tries: number;
}

/** How far an archive is. */
export interface Counts {
  readonly done: number;
  readonly unreadable: number;
}

/** What the ledger has of the rows with one prefix: a state per key. */
export type PrefixStates = ReadonlyMap<string, keyof Counts>;

/** Writes a file's result. @throws NotWritable */
export function writeResult(
  folder: ArchiveFolder,
  key: string,
  head: ResultHead,
  rows: readonly FileRow[],
): Promise<void> {
  const lines = [head, ...rows].map((value) => `${JSON.stringify(value)}\n`);
  return folder.writeDurably(folder.resultFile(key), [Buffer.from(lines.join(''))]);
}

export async function readResult(
  folder: ArchiveFolder,
  key: string,
): Promise<{ readonly head: ResultHead; readonly rows: FileRow[] }> {
  const lines = (await readFile(folder.resultFile(key), 'utf8')).split('\n');
  lines.pop();
  const [head, ...rows] = lines.map((line) => JSON.parse(line));
  return { head, rows };
}

/** Notes that a file was given up. @throws NotWritable */
export function writeUnreadable(folder: ArchiveFolder, key: string, facts: Unreadable): Promise<void> {
  return folder.writeDurably(folder.unreadableFile(key), [Buffer.from(`${JSON.stringify(facts)}\n`)]);
}

export async function readUnreadable(folder: ArchiveFolder, key: string): Promise<Unreadable> {
  return JSON.parse(await readFile(folder.unreadableFile(key), 'utf8')) as Unreadable;
}

/** What the ledger has of a file. A result counts more than a former failure. */
export async function stateOf(folder: ArchiveFolder, key: string): Promise<keyof Counts | undefined> {
  if (await exists(folder.resultFile(key))) return 'done';
  return (await exists(folder.unreadableFile(key))) ? 'unreadable' : undefined;
}

/** Forgets that a file was given up. */
export function removeUnreadable(folder: ArchiveFolder, key: string): Promise<void> {
  return rm(folder.unreadableFile(key), { force: true });
}

/** What the ledger has of all rows with a prefix. */
export async function statesOf(folder: ArchiveFolder, prefix: string): Promise<PrefixStates> {
  const states = new Map<string, keyof Counts>();
  const names = await readdir(folder.resultFolder(prefix)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const name of names) {
    if (name.endsWith(UNREADABLE_SUFFIX)) {
      const key = name.slice(0, -UNREADABLE_SUFFIX.length);
      if (!states.has(key)) states.set(key, 'unreadable');
    } else if (name.endsWith(RESULT_SUFFIX)) states.set(name.slice(0, -RESULT_SUFFIX.length), 'done');
  }
  return states;
}

/** Counts of prefixes, which need not be counted again while their folder stays the same. */
interface KnownCounts {
  readonly manifest: string;
  readonly prefixes: Record<string, Counts & { readonly folderMs: number }>;
}

/**
 * A folder that changes may do so twice in one tick of its disk's clock, or before a network drive tells of it. It is
 * at rest when it is so much older than the newest one: by the clock of the disk, because those of machines differ.
 */
const REST_MS = 120_000;

/**
 * Counts all results. What is complete or at rest is counted once, so that ten million files take no longer than some:
 * files that fail come last, and leave nearly every folder incomplete until the end.
 */
export async function countResults(folder: ArchiveFolder, manifest: Manifest): Promise<Counts> {
  const before = await readKnownCounts(folder, manifest);
  const known: KnownCounts = { manifest: manifest.name, prefixes: {} };
  const foldersMs = await Promise.all(prefixes.map((prefix) => modifiedMs(folder.resultFolder(prefix))));
  const newestMs = Math.max(...foldersMs.map((folderMs) => folderMs ?? 0));
  let isNew = false;
  let done = 0;
  let unreadable = 0;
  for (const [bucket, prefix] of prefixes.entries()) {
    const folderMs = foldersMs[bucket];
    if (manifest.count(bucket) === 0 || folderMs === undefined) continue;
    const kept = before.prefixes[prefix];
    const counts = kept?.folderMs === folderMs ? kept : await countPrefix(folder, manifest, bucket);
    done += counts.done;
    unreadable += counts.unreadable;
    const isComplete = counts.done + counts.unreadable === manifest.count(bucket);
    if (!isComplete && folderMs > newestMs - REST_MS) continue;
    known.prefixes[prefix] = { done: counts.done, unreadable: counts.unreadable, folderMs };
    isNew ||= counts !== kept;
  }
  if (isNew) await folder.writeDurably(folder.countsFile, [Buffer.from(JSON.stringify(known))]).catch(() => undefined);
  return { done, unreadable };
}

async function countPrefix(folder: ArchiveFolder, manifest: Manifest, bucket: number): Promise<Counts> {
  const states = await statesOf(folder, prefixes[bucket] as string);
  const counts = { done: 0, unreadable: 0 };
  for (const key of await manifest.keys(bucket)) {
    const state = states.get(key);
    if (state) counts[state] += 1;
  }
  return counts;
}

async function readKnownCounts(folder: ArchiveFolder, manifest: Manifest): Promise<KnownCounts> {
  try {
    const known = JSON.parse(await readFile(folder.countsFile, 'utf8')) as KnownCounts;
    if (known.manifest === manifest.name) return known;
  } catch {
    // It is only a short cut.
  }
  return { manifest: manifest.name, prefixes: {} };
}

async function modifiedMs(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
