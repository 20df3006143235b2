import { open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventRow, RowFile } from '../../../src/events/formats/event-row';
import { eventBytes } from '../../../src/events/formats/formats';
import { csvText } from '../../../src/events/formats/text-formats';
import { makeFolder } from '../../output-place';
import { folderBelow, soundName } from '../find/find-sounds';
import { onOneLine, textOf } from '../find/path-bytes';
import type { FileRow } from '../tag/file-tagger';
import { alone } from './alone';
import { type Archive, ArchiveFolder } from './archive-folder';
import { Manifest, type ManifestRow, prefixes } from './manifest';
import { bytesOfPath } from './path-text';
import { type PrefixStates, readResult, readUnreadable, statesOf } from './results';

/** Missing files that are named on the error stream; a file holds them all. */
const MOST_NAMED = 20;
/** Text that waits to be written, of all days together. */
const WAITING_CHARACTERS = 2 ** 26;
/** Events of files that tell no time of day. */
const UNDATED = 'undated';

/** Makes one table a day of all results. @returns the exit status: 1 if files are missing. */
export async function merge({ folder: path }: { readonly folder: string }): Promise<number> {
  const folder = new ArchiveFolder(path);
  const archive = await folder.read();
  return alone(join(folder.path, 'merge.lock'), 'merges', async () => {
    const manifest = await Manifest.open(folder, archive.manifest);
    return new Merge(folder, archive, manifest).run();
  });
}

class Merge {
  readonly #folder: ArchiveFolder;
  readonly #archive: Archive;
  readonly #manifest: Manifest;
  #done = 0;
  #unreadable = 0;
  readonly #missing: ManifestRow[] = [];

  constructor(folder: ArchiveFolder, archive: Archive, manifest: Manifest) {
    this.#folder = folder;
    this.#archive = archive;
    this.#manifest = manifest;
  }

  async run(): Promise<number> {
    const target = this.#folder.temporary();
    makeFolder(target);
    // It is gone if all went well.
    return this.#run(target).finally(() => rm(target, { recursive: true, force: true }));
  }

  async #run(target: string): Promise<number> {
    const { files } = this.#archive.manifest;
    const days = new DayFiles(target);
    const unreadable: string[] = [];
    for (const [bucket, prefix] of prefixes.entries()) {
      if (this.#manifest.count(bucket) === 0) continue;
      const states = await statesOf(this.#folder, prefix);
      for (const row of await this.#manifest.bucketRows(bucket)) await this.#take(row, states, days, unreadable);
    }
    if (this.#missing.length > 0) return this.#refuse();
    await days.finish();
    await writeFile(join(target, 'unreadable.csv'), `path,reason\n${unreadable.sort().join('')}`);
    await rm(this.#folder.mergedFolder, { recursive: true, force: true });
    await rename(target, this.#folder.mergedFolder);
    // Nothing is unfinished any more.
    for (const name of ['pieces', 'missing.txt']) {
      await rm(join(this.#folder.path, name), { recursive: true, force: true });
    }
    console.log(`${this.#folder.mergedFolder}: ${days.events} events of ${days.names.length} days`);
    console.log(`${files} files: ${this.#done} done, ${this.#unreadable} unreadable`);
    return 0;
  }

  async #take(row: ManifestRow, states: PrefixStates, days: DayFiles, unreadable: string[]): Promise<void> {
    const state = states.get(row.key);
    if (state === undefined) this.#missing.push(row);
    else if (state === 'unreadable') {
      this.#unreadable += 1;
      const { reason } = await readUnreadable(this.#folder, row.key);
      unreadable.push(`${csvText(row.path)},${csvText(reason)}\n`);
    } else {
      this.#done += 1;
      // If something is missing, no table is made.
      if (this.#missing.length > 0) return;
      const { rows } = await readResult(this.#folder, row.key);
      await days.add(this.#rowFile(row), rows);
    }
  }

  async #refuse(): Promise<number> {
    const list = join(this.#folder.path, 'missing.txt');
    const paths = this.#missing.map(({ path }) => onOneLine(path)).sort();
    await this.#folder.writeDurably(list, [Buffer.from(paths.map((path) => `${path}\n`).join(''))]);
    for (const path of paths.slice(0, MOST_NAMED)) console.error(`earmark: ${path}: is not done`);
    if (paths.length > MOST_NAMED) console.error(`earmark: and ${paths.length - MOST_NAMED} more, which ${list} names`);
    const { files } = this.#archive.manifest;
    console.error(
      `${files} files: ${this.#done} done, ${this.#unreadable} unreadable, ${paths.length} missing: nothing is merged; ` +
        `\`earmark archive work ${this.#folder.path}\` does the rest`,
    );
    return 1;
  }

  #rowFile(row: ManifestRow): RowFile {
    const root = this.#archive.roots[row.root];
    const found = { path: bytesOfPath(row), root: root ? bytesOfPath(root) : Buffer.alloc(0), bytes: 0, modifiedMs: 0 };
    return {
      name: textOf(soundName(found)),
      path: row.path,
      root: root?.path ?? '',
      folder: textOf(folderBelow(found)),
      sequenceStartSeconds: 0,
    };
  }
}

/** Sorts events into days, and makes a table of each. Only one day at a time is in memory. */
class DayFiles {
  readonly #folder: string;
  readonly #waiting = new Map<string, string>();
  readonly #days = new Set<string>();
  #waitingCharacters = 0;
  events = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get names(): string[] {
    return [...this.#days].sort();
  }

  async add(file: RowFile, rows: readonly FileRow[]): Promise<void> {
    for (const row of rows) {
      const day = row.startedAt ? new Date(row.startedAt.localMs).toISOString().slice(0, 10) : UNDATED;
      const line = `${JSON.stringify({ ...row, file })}\n`;
      this.#days.add(day);
      this.#waiting.set(day, `${this.#waiting.get(day) ?? ''}${line}`);
      this.#waitingCharacters += line.length;
      this.events += 1;
    }
    if (this.#waitingCharacters > WAITING_CHARACTERS) await this.#flush();
  }

  async finish(): Promise<void> {
    await this.#flush();
    for (const day of this.names) {
      const lines = (await readFile(this.#linesFile(day), 'utf8')).split('\n');
      lines.pop();
      const rows = lines.map((line) => JSON.parse(line) as EventRow).sort(byTime);
      const table = await open(join(this.#folder, `${day}.parquet`), 'w');
      try {
        for await (const piece of eventBytes('parquet', rows)) await table.writeFile(piece);
        await table.datasync();
      } finally {
        await table.close();
      }
      await rm(this.#linesFile(day));
    }
  }

  async #flush(): Promise<void> {
    for (const [day, text] of this.#waiting) await writeFile(this.#linesFile(day), text, { flag: 'a' });
    this.#waiting.clear();
    this.#waitingCharacters = 0;
  }

  #linesFile(day: string): string {
    return join(this.#folder, `${day}.lines`);
  }
}

function byTime(a: EventRow, b: EventRow): number {
  const time = (a.startedAt?.localMs ?? 0) - (b.startedAt?.localMs ?? 0);
  if (time !== 0) return time;
  if (a.file.path !== b.file.path) return a.file.path < b.file.path ? -1 : 1;
  return a.startSeconds - b.startSeconds || (a.label < b.label ? -1 : 1);
}
