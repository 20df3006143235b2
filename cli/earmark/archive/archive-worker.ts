/** Runs in a process of its own: does what the command asks with one file after the other. */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Moment } from '../../../src/events/sounding';
import { openSoundFile } from '../../../src/sound/node';
import { SoundError } from '../../../src/sound/sound-error';
import { reasonOf } from '../../system-reason';
import { nameOf, textOf } from '../find/path-bytes';
import { FileTagger } from '../tag/file-tagger';
import { whyNotTagged } from '../tag/reasons';
import { type Archive, ArchiveFolder, NotWritable } from './archive-folder';
import { cutOf, hearPart, type PartFacts } from './cut';
import type { ManifestRow } from './manifest';
import { readPart, writePart } from './part-file';
import { bytesOfPath } from './path-text';
import { writeResult } from './results';
import { tagSettings } from './settings';
import { fetchRemote, isRemote } from './sources/remote';
import { SourceGone } from './sources/source-gone';
import type { Outcome, SandboxMessage, Task } from './tasks';

/** Smaller files are not looked at twice: few of them are long. */
const FEWEST_BYTES_TO_CUT = 5_000_000;

function say(message: SandboxMessage): void {
  process.send?.(message);
}

const onMoments = (): void => say({ kind: 'progress' });

/** Does tasks for one archive. */
class ArchiveWorker {
  readonly #folder: ArchiveFolder;
  readonly #archive: Archive;
  readonly #tagger: FileTagger;

  constructor(folder: ArchiveFolder, archive: Archive, tagger: FileTagger) {
    this.#folder = folder;
    this.#archive = archive;
    this.#tagger = tagger;
  }

  async outcome(task: Task): Promise<Outcome> {
    try {
      if (task.kind === 'file') return await this.#file(task.row);
      if (task.kind === 'part') return await this.#part(task.row, task.part);
      return await this.#join(task.row, task.parts);
    } catch (error) {
      if (error instanceof NotWritable || error instanceof SourceGone)
        return { kind: 'blocked', reason: error.message };
      return { kind: 'failed', reason: whyNotTagged(error) };
    }
  }

  async #file(row: ManifestRow): Promise<Outcome> {
    return isRemote(row.path) ? this.#remoteFile(row) : this.#localFile(row, await this.#reach(row));
  }

  async #localFile(row: ManifestRow, path: Buffer): Promise<Outcome> {
    const cut = row.bytes < FEWEST_BYTES_TO_CUT ? undefined : await this.#cut(path);
    return cut ? { kind: 'cut', parts: cut.parts } : this.#tag(row, path);
  }

  /** Stays whole: each part would be copied as a whole. */
  async #remoteFile(row: ManifestRow): Promise<Outcome> {
    const folder = await mkdtemp(join(tmpdir(), 'earmark-')).catch(noRoom);
    try {
      const copy = join(folder, 'copy');
      const bytes = await fetchRemote(row.path, copy, onMoments).catch(noRoom);
      // Not every server tells the size beforehand.
      if (row.bytes > 0) requireBytes(row, bytes);
      return await this.#tag(row, Buffer.from(copy));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #tag(row: ManifestRow, path: Buffer): Promise<Outcome> {
    const request = { path, name: fileName(row), modifiedMs: row.modifiedMs };
    const { rows, seconds, decoder } = await this.#tagger.tag(request, onMoments);
    await writeResult(this.#folder, row.key, { path: row.path, seconds, events: rows.length, decoder }, rows);
    return { kind: 'done', seconds };
  }

  async #part(row: ManifestRow, part: number): Promise<Outcome> {
    const path = await this.#reach(row);
    const { sound, close } = await openSoundFile(path);
    try {
      const cut = cutOf(sound, this.#tagger.model.spec, this.#isOwnStride);
      if (!cut) throw new Error('has changed since it was cut into parts');
      const heard = withProgress(hearPart(this.#tagger, sound, cut, part));
      await writePart(this.#folder, this.#folder.partFile(row.key, part), heard);
      return { kind: 'done', seconds: cut.partSeconds };
    } finally {
      await close();
    }
  }

  /** The detector goes through the windows of all parts as if they had come from one run. */
  async #join(row: ManifestRow, parts: number): Promise<Outcome> {
    const { key, modifiedMs } = row;
    const labels = this.#tagger.head.labels.length;
    let last: PartFacts | undefined;
    const folder = this.#folder;
    async function* allParts(): AsyncGenerator<Moment[]> {
      for (let part = 0; part < parts; part++) last = yield* readPart(folder.partFile(key, part), labels);
    }
    const detections = await this.#tagger.detect(allParts(), onMoments);
    const { startTime, seconds, decoder } = last as unknown as PartFacts;
    const rows = this.#tagger.rows(detections, { name: fileName(row), modifiedMs, startTime, seconds });
    await writeResult(folder, key, { path: row.path, seconds, events: rows.length, decoder }, rows);
    await rm(dirname(folder.partFile(key, 0)), { recursive: true, force: true });
    return { kind: 'done', seconds: 0 };
  }

  /** Makes sure that a file is what it was when it was planned. @returns its path. */
  async #reach(row: ManifestRow): Promise<Buffer> {
    const path = bytesOfPath(row);
    const found = await stat(path).catch((error: unknown) => error as NodeJS.ErrnoException);
    if (found instanceof Error) {
      const root = this.#archive.roots[row.root];
      if (root && (await isGone(bytesOfPath(root)))) {
        throw new SourceGone(`${root.path} is gone or empty: mount it again, and the work goes on`);
      }
      throw new SoundError('out-of-reach', found.code ?? '', { cause: found });
    }
    if (row.problem === undefined) requireBytes(row, found.size);
    return path;
  }

  async #cut(path: Buffer): Promise<ReturnType<typeof cutOf>> {
    const { sound, close } = await openSoundFile(path);
    await close();
    return cutOf(sound, this.#tagger.model.spec, this.#isOwnStride);
  }

  get #isOwnStride(): boolean {
    return this.#archive.options.overlapSeconds === undefined;
  }
}

/** @throws NotWritable if the copy of a file cannot be written: the file is not to blame. Else the error. */
function noRoom(error: NodeJS.ErrnoException): never {
  if (error.syscall === undefined) throw error;
  throw new NotWritable(`a file cannot be copied to ${tmpdir()}: ${reasonOf(error)}`, { cause: error });
}

/** @throws Error if a file is no longer what was planned. */
function requireBytes({ bytes }: ManifestRow, found: number): void {
  if (found === bytes) return;
  throw new Error(`has changed since it was planned (${bytes} bytes then, ${found} now): plan again`);
}

/** A folder that cannot be read, or where a drive was mounted before. */
async function isGone(folder: Buffer): Promise<boolean> {
  return readdir(folder).then(
    (names) => names.length === 0,
    () => true,
  );
}

function fileName(row: ManifestRow): string {
  return textOf(nameOf(bytesOfPath(row)));
}

/** Lets the command know that something is heard. */
async function* withProgress<T, R>(heard: AsyncGenerator<T, R>): AsyncGenerator<T, R> {
  for (;;) {
    const next = await heard.next();
    if (next.done) return next.value;
    onMoments();
    yield next.value;
  }
}

// Without its command, it would work for nobody.
process.on('disconnect', () => process.exit());
try {
  const folder = new ArchiveFolder(process.argv[2] as string);
  const archive = await folder.read();
  const worker = new ArchiveWorker(folder, archive, await FileTagger.open(tagSettings(archive, folder)));
  process.on('message', (task: Task) => void worker.outcome(task).then(say));
  say({ kind: 'ready' });
} catch (error) {
  say({ kind: 'unable', reason: whyNotTagged(error) });
}
