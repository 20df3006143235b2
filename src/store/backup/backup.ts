import type { ClipInfo } from '../../shared/contracts/clip';
import { EarmarkError, type Problem } from '../../shared/contracts/messages/problem';
import type { Head } from '../../shared/contracts/model/head';
import type { Settings } from '../../shared/contracts/settings';
import { decodeWav, isSound } from '../../shared/lib/files/wav';
import { streamZip, writeZip, ZipArchive, type ZipPart } from '../../shared/lib/files/zip-archive';
import { BadValue } from '../../shared/lib/validate';
import { addAll } from '../clips/add-all';
import type { ClipLibrary } from '../clips/clip-library';
import type { NewClip } from '../clips/clip-records';
import type { Database } from '../database';
import { datasetParts, rootFolder } from '../dataset/dataset-zip';
import type { OnProgress } from '../dataset/import-listed';
import { DiaryArchive } from '../diary/diary-archive';
import { type HeadLibrary, keepForeignHead } from '../head-library';
import type { RecordingsStore } from '../recordings/recordings-store';
import { BACKUP_CARD, type BackupCard, cardPart, headParts, parseBackupCard, parseHead } from './backup-format';
import { type DiaryCard, diaryParts, parseEvents, parseLevels } from './diary-parts';
import { type BackedUpRecording, parseRecording, recordingsParts } from './recordings-parts';

/** Many times what a browser lets a page keep. */
export const backupLimits = { files: 200_000, totalBytes: 1e12 };
const LARGEST_CARD_BYTES = 128e6;
/** Ten minutes at the highest rate that is kept. */
const LARGEST_CLIP_BYTES = 256e6;
const LARGEST_HEAD_BYTES = 64e6;

/** What a backup holds. */
export interface BackedUp {
  readonly clips: number;
  readonly heads: number;
  /** Events of the diary. */
  readonly events: number;
  readonly recordings: number;
  /** Clips that were gone or had no sound when they were written. */
  readonly leftOut: number;
}

/** The result of restoring a backup. */
export interface Restored {
  readonly added: readonly ClipInfo[];
  /** The new heads, as stored. */
  readonly heads: readonly Head[];
  /** Number of new events in the diary. */
  readonly events: number;
  /** Number of new recordings. */
  readonly recordings: number;
  /** Clips, heads and recordings that already existed and were left unchanged. */
  readonly alreadyThere: number;
  /** For the person to apply or not. */
  readonly settings: Settings;
}

/** What a backup needs of the recordings. */
export type BackupRecordings = Pick<RecordingsStore, 'list' | 'events' | 'addMissing'>;

/** Weights of a head, which no data set has. */
const HEAD_WEIGHTS = /(^|\/)heads\/\d+\.bin$/;

/**
 * Whether a zip file is a backup. One with heads still is if the name of its card is damaged: imported as a data set, it
 * would lose them without a word.
 */
export function isBackup(archive: ZipArchive): boolean {
  return rootFolder(archive, BACKUP_CARD) !== undefined || archive.paths.some((path) => HEAD_WEIGHTS.test(path));
}

/** Everything that a person has made, as one zip file and back. Fails like `ClipLibrary`. */
export class Backup {
  readonly #database: Database;
  readonly #library: ClipLibrary;
  readonly #heads: HeadLibrary;
  readonly #diary: DiaryArchive;
  readonly #recordings: BackupRecordings;

  constructor(database: Database, library: ClipLibrary, heads: HeadLibrary, recordings: BackupRecordings) {
    this.#database = database;
    this.#library = library;
    this.#heads = heads;
    this.#diary = new DiaryArchive(database);
    this.#recordings = recordings;
  }

  /** Writes a backup to a file in chunks. The file is discarded if that fails. */
  async stream(settings: Settings, file: WritableStream<Uint8Array>, onProgress: OnProgress): Promise<BackedUp> {
    return this.#write(settings, onProgress, (parts) => streamZip(parts, file));
  }

  /** Makes a backup in memory, or wherever the browser keeps large blobs. */
  async pack(settings: Settings, onProgress: OnProgress): Promise<BackedUp & { zip: Blob }> {
    let zip = new Blob();
    const backedUp = await this.#write(settings, onProgress, async (parts) => {
      zip = await writeZip(parts);
    });
    return { ...backedUp, zip };
  }

  /**
   * Restores what is missing: all of it or, if anything in the file is wrong, nothing. Existing data stays unchanged;
   * settings are only returned. If diary or recordings cannot be written to their end, restoring again adds the rest.
   *
   * @throws EarmarkError zip-damaged, backup-damaged or backup-newer.
   */
  async restore(file: File, onProgress: OnProgress): Promise<Restored> {
    const archive = await ZipArchive.open(file, file.name, backupLimits);
    const reader = new BackupReader(archive, file.name, rootFolder(archive, BACKUP_CARD) ?? '');
    const card = await reader.card();
    const heads: Head[] = [];
    for (const at of card.heads) heads.push(await reader.head(at));
    await reader.checkDiary(card.diary);
    const recordings = await reader.recordings(card.recordings);
    async function* clips(): AsyncGenerator<NewClip> {
      for (const [i, clip] of card.clips.entries()) {
        yield await reader.clip(clip, card);
        onProgress(i + 1, card.clips.length);
      }
    }
    const kept: Head[] = [];
    const ids = new Map<string, string>();
    const { added, alreadyThere } = await addAll(this.#database, clips(), card.labels, async (transaction) => {
      for (const head of heads) {
        const now = await keepForeignHead(transaction, head);
        if (now) kept.push(now);
        ids.set(head.id, (now ?? head).id);
      }
    });
    const entries = await reader.restoreDiary(card.diary, this.#diary);
    let newRecordings = 0;
    for (const { recording, events } of recordings) {
      if (await this.#recordings.addMissing(recording, events)) newRecordings++;
    }
    const idNow = (id: string): string => ids.get(id) ?? id;
    const { head, comparedHead } = card.settings;
    return {
      added,
      heads: kept,
      events: entries.added,
      recordings: newRecordings,
      alreadyThere: alreadyThere + heads.length - kept.length + entries.known + recordings.length - newRecordings,
      settings: { ...card.settings, head: idNow(head), comparedHead: idNow(comparedHead) },
    };
  }

  async #write(
    settings: Settings,
    onProgress: OnProgress,
    write: (parts: AsyncIterable<ZipPart>) => Promise<void>,
  ): Promise<BackedUp> {
    const library = this.#library;
    const [clips, labels, heads] = await Promise.all([library.list(), library.labels(), this.#heads.list()]);
    let packed = 0;
    let events = 0;
    let recordings: readonly string[] = [];
    const archive = this.#diary;
    const store = this.#recordings;
    async function* parts(): AsyncGenerator<ZipPart> {
      const files = yield* datasetParts(library, { clips, labels }, onProgress);
      packed = files.length;
      const paths = heads.map((_, i) => `heads/${i + 1}`);
      for (const [i, head] of heads.entries()) yield* headParts(head, paths[i] as string);
      const diary = yield* diaryParts(archive, (count) => {
        events += count;
      });
      recordings = yield* recordingsParts(store);
      yield cardPart({
        writtenAtMs: Date.now(),
        settings,
        labels,
        clips: files.map(({ clip, path }) => ({ ...clip, path })),
        heads: paths,
        diary,
        recordings,
      });
    }
    await write(parts());
    const leftOut = clips.length - packed;
    return { clips: packed, heads: heads.length, events, recordings: recordings.length, leftOut };
  }
}

/** Backups from before there was a diary. */
const noDiary: DiaryCard = { events: [], levels: [], sounds: [] };

/** Reads the parts of a backup. A fault in one becomes backup-damaged. */
class BackupReader {
  readonly #archive: ZipArchive;
  readonly #name: string;
  readonly #folder: string;

  constructor(archive: ZipArchive, name: string, folder: string) {
    this.#archive = archive;
    this.#name = name;
    this.#folder = folder;
  }

  async card(): Promise<BackupCard> {
    const card = await this.#checked(BACKUP_CARD, async () => parseBackupCard(await this.#json(BACKUP_CARD)));
    if (!card) throw new EarmarkError({ code: 'backup-newer', file: this.#name });
    return card;
  }

  head(at: string): Promise<Head> {
    return this.#checked(`${at}.json`, async () =>
      parseHead(await this.#json(`${at}.json`), await this.#bytes(`${at}.bin`, LARGEST_HEAD_BYTES)),
    );
  }

  async recordings(paths: readonly string[] = []): Promise<BackedUpRecording[]> {
    const recordings: BackedUpRecording[] = [];
    for (const at of paths) recordings.push(await this.#parsed(at, parseRecording));
    return recordings;
  }

  async clip(clip: BackupCard['clips'][number], { labels }: BackupCard): Promise<NewClip> {
    const { labels: ids, path, ...own } = clip;
    const sound = decodeWav((await this.#bytes(path, LARGEST_CLIP_BYTES)).buffer);
    if (!sound?.samples.length) throw this.#refused({ code: 'part-not-sound', part: path });
    const names = new Map(labels.map((label) => [label.id, label]));
    // A label whose own row was damaged is named after its id.
    const known = ids.map((label) => names.get(label) ?? { id: label, name: label.replaceAll('_', ' ') });
    return { ...own, labels: known, ...sound };
  }

  /** Reads every part of the diary, and throws if one is damaged. */
  async checkDiary(diary: DiaryCard = noDiary): Promise<void> {
    for (const at of diary.events) await this.#parsed(at, parseEvents);
    for (const at of diary.levels) await this.#parsed(at, parseLevels);
    for (const { path } of diary.sounds) await this.#wav(path);
  }

  /** Adds what is missing. @returns the numbers of new events, and of those that are there already. */
  async restoreDiary(diary: DiaryCard = noDiary, archive: DiaryArchive): Promise<{ added: number; known: number }> {
    const entries = { added: 0, known: 0 };
    for (const at of diary.events) {
      const events = await this.#parsed(at, parseEvents);
      const added = await archive.addEvents(events);
      entries.added += added;
      entries.known += events.length - added;
    }
    for (const at of diary.levels) await archive.addLevels(await this.#parsed(at, parseLevels));
    for (const { path, ...clip } of diary.sounds) await archive.addSound({ clip, wav: await this.#wav(path) });
    return entries;
  }

  async #wav(path: string): Promise<ArrayBuffer> {
    const { buffer } = await this.#bytes(path, LARGEST_CLIP_BYTES);
    if (!isSound(buffer)) throw this.#refused({ code: 'part-not-sound', part: path });
    return buffer;
  }

  #json(path: string): Promise<unknown> {
    return this.#parsed(path, (text) => JSON.parse(text) as unknown);
  }

  async #parsed<Result>(path: string, parse: (text: string) => Result): Promise<Result> {
    const bytes = await this.#bytes(path, LARGEST_CARD_BYTES);
    return this.#checked(path, async () => {
      try {
        return parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
      } catch (error) {
        if (error instanceof BadValue) throw error;
        throw this.#refused({ code: 'part-not-json', part: path }, error);
      }
    });
  }

  #bytes(path: string, mostBytes: number): Promise<Uint8Array<ArrayBuffer>> {
    return this.#archive.read(this.#folder + path, mostBytes);
  }

  async #checked<Result>(part: string, check: () => Promise<Result>): Promise<Result> {
    try {
      return await check();
    } catch (error) {
      if (!(error instanceof BadValue)) throw error;
      throw this.#refused({ code: 'part-damaged', part, ...error.fault }, error);
    }
  }

  #refused(reason: Problem, cause?: unknown): EarmarkError {
    return new EarmarkError({ code: 'backup-damaged', file: this.#name, reason }, { cause });
  }
}
