import { decodeFile } from '../../audio/decode-file';
import type { ClipInfo } from '../../shared/contracts/clip';
import type { Adjusted } from '../../shared/contracts/messages/notice';
import { EarmarkError, isAboutStorage, type Problem, problemOf } from '../../shared/contracts/messages/problem';
import type { Head } from '../../shared/contracts/model/head';
import type { Settings } from '../../shared/contracts/settings';
import { lastPart } from '../../shared/lib/files/file-names';
import { ZipArchive } from '../../shared/lib/files/zip-archive';
import type { MixFacts } from '../../sound/mono';
import { type Backup, backupLimits, isBackup, type Restored } from '../../store/backup/backup';
import type { ClipsAdded } from '../../store/clips/add-all';
import type { ClipLibrary } from '../../store/clips/clip-library';
import { findClipLists, folderOf, soundsIn, visiblePaths } from '../../store/dataset/archive-files';
import type { FindLabel } from '../../store/dataset/dataset-lists';
import { importDataset } from '../../store/dataset/dataset-zip';
import { type DecodeSound, type ImportOptions, importListed, type OnProgress } from '../../store/dataset/import-listed';
import type { HeadLibrary } from '../../store/head-library';
import type { DroppedFile, DroppedFiles } from './dropped-files';
import { DroppedFolder } from './dropped-folder';
import { importSounds, refuseManyLabels, type SoundsImported } from './import-sounds';

/** Every head has its card in a file of this name. Data sets never do. */
const HEAD_CARD = 'head.json';

/** Where imports go. */
export interface ImportParts {
  readonly library: ClipLibrary;
  readonly heads: HeadLibrary;
  readonly backup: Pick<Backup, 'restore'>;
  readonly sampleRateHz: number;
  readonly findLabel: FindLabel;
  readHead(zip: File): Promise<Head>;
  onProgress: OnProgress;
}

/** What backups brought besides clips and heads; what they did not bring is omitted. */
interface RestoredCounts {
  /** Number of new events in the diary. */
  events?: number;
  /** Number of new recordings. */
  recordings?: number;
}

/** The result of an import. */
export interface FilesImported extends Readonly<RestoredCounts> {
  readonly clips: number;
  readonly alreadyThere: number;
  readonly heads: readonly string[];
  /** Other files among them that are neither sounds nor zip files. */
  readonly others: number;
  /** Of the last backup among them. */
  readonly settings?: Settings;
  readonly problems: readonly Problem[];
  /** Sounds that were left after one for which there was no room. */
  readonly notTried: number;
  /** Left out if nothing had to be done to any sound. */
  readonly adjusted?: Adjusted;
}

/** Ten minutes of uncompressed stereo at 96 kHz and 24 bits, plus some margin. */
const LARGEST_SOUND_BYTES = 384e6;

/** A sound that was made quieter by less than 1 dB is not worth a word: compressed sound often is. */
const QUIETER_FROM = 1.12;

/** Imports sounds, data sets, heads and backups. Unusable files do not affect the others. */
export async function importFiles(files: DroppedFiles, parts: ImportParts): Promise<FilesImported> {
  const { adjusted, tell } = countAdjusted();
  const run = new ImportRun(parts, tell);
  for (const zip of files.zips) await run.attempt(() => run.addZip(zip));
  const { listed, lists, unlisted } = await splitByLists(files);
  if (lists.length > 0) await run.attempt(() => run.addListed(new DroppedFolder(listed), lists));
  if (unlisted.length > 0) await run.attempt(() => run.addDropped(unlisted));
  return {
    ...run.result(),
    others: files.others - lists.length,
    ...(adjusted.oneChannel + adjusted.quieter > 0 && { adjusted }),
  };
}

/** Imports one file or folder after the other, and counts what came of it. */
class ImportRun {
  readonly #parts: ImportParts;
  readonly #tell: (facts: MixFacts) => void;
  readonly #heads: string[] = [];
  readonly #problems: Problem[] = [];
  readonly #restored: RestoredCounts = {};
  #clips = 0;
  #alreadyThere = 0;
  #notTried = 0;
  #settings: Settings | undefined;

  constructor(parts: ImportParts, tell: (facts: MixFacts) => void) {
    this.#parts = parts;
    this.#tell = tell;
  }

  /** What fails becomes a problem of the result. */
  async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#problems.push(problemOf(error));
    }
  }

  async addZip(zip: File): Promise<void> {
    const { library } = this.#parts;
    // Each kind has its own limits when it is read.
    const archive = await ZipArchive.open(zip, zip.name, backupLimits);
    if (isBackup(archive)) return this.#addBackup(zip);
    if (archive.has(HEAD_CARD)) return this.#addHead(zip);
    const hasList = (await findClipLists(archive)).length > 0;
    const sounds = hasList ? [] : soundsIn(archive);
    if (!hasList) refuseOthersThanSounds(zip.name, archive, sounds);
    if (sounds.length > 0) this.#count(await importZipOfSounds(archive, sounds, this.#parts, this.#tell));
    else this.#count(await importDataset(library, zip, this.#listedOptions));
  }

  async addListed(archive: DroppedFolder, lists: readonly string[]): Promise<void> {
    const sounds = { name: lists.join(', '), archive, lists };
    this.#count(await importListed(this.#parts.library, sounds, this.#listedOptions));
  }

  async addDropped(sounds: readonly DroppedFile[]): Promise<void> {
    const { library, sampleRateHz, findLabel, onProgress } = this.#parts;
    refuseManyLabels(
      sounds.map(({ folder }) => folder),
      findLabel,
    );
    this.#count(await importSounds(library, sounds, { sampleRateHz, findLabel, onProgress, tell: this.#tell }));
  }

  result(): Omit<FilesImported, 'others' | 'adjusted'> {
    return {
      clips: this.#clips,
      alreadyThere: this.#alreadyThere,
      heads: this.#heads,
      ...this.#restored,
      ...(this.#settings && { settings: this.#settings }),
      problems: this.#problems,
      notTried: this.#notTried,
    };
  }

  get #listedOptions(): ImportOptions {
    const decode: DecodeSound = (file, sampleRateHz) => decodeFile(file, sampleRateHz, this.#tell);
    return { ...this.#parts, decode };
  }

  #count({ added, alreadyThere, problems = [], notTried = 0 }: ClipsAdded & Partial<SoundsImported>): void {
    this.#clips += added.length;
    this.#alreadyThere += alreadyThere;
    this.#notTried += notTried;
    this.#problems.push(...problems);
  }

  async #addBackup(zip: File): Promise<void> {
    const backup = await this.#parts.backup.restore(zip, this.#parts.onProgress);
    this.#count(backup);
    this.#heads.push(...backup.heads.map(({ name }) => name));
    countRestored(this.#restored, backup);
    this.#settings = backup.settings;
  }

  async #addHead(zip: File): Promise<void> {
    const head = await importHead(zip, this.#parts);
    if (head === undefined) this.#alreadyThere++;
    else this.#heads.push(head);
  }
}

/**
 * Refuses a zip without a list of clips for what is in its place.
 *
 * @throws EarmarkError zip-damaged or dataset-damaged.
 */
function refuseOthersThanSounds(file: string, archive: ZipArchive, sounds: readonly string[]): void {
  const zip = visiblePaths(archive).find((path) => /\.zip$/i.test(path));
  if (zip !== undefined && sounds.length === 0) {
    throw new EarmarkError({ code: 'zip-damaged', file, fault: { code: 'zip-inside', path: zip } });
  }
  const workbook = visiblePaths(archive).find((path) => /\.(xlsx?|ods|numbers)$/i.test(path));
  // Where the sounds lie in several folders, those say what they are.
  if (workbook !== undefined && new Set(sounds.map(folderOf)).size <= 1) {
    throw new EarmarkError({ code: 'dataset-damaged', file, reason: { code: 'list-workbook', list: workbook } });
  }
}

function countRestored(counts: RestoredCounts, { events, recordings }: Restored): void {
  if (events > 0) counts.events = (counts.events ?? 0) + events;
  if (recordings > 0) counts.recordings = (counts.recordings ?? 0) + recordings;
}

/** Dropped files with the lists that name them, and the sounds that no list is beside or above. */
interface SplitFiles {
  readonly listed: readonly DroppedFile[];
  /** Paths of the lists. */
  readonly lists: readonly string[];
  readonly unlisted: readonly DroppedFile[];
}

async function splitByLists({ sounds, lists }: DroppedFiles): Promise<SplitFiles> {
  const all = [...sounds, ...lists];
  const found = sounds.length === 0 ? [] : await findClipLists(new DroppedFolder(all));
  const folders = found.map(topFolderOf);
  const isListed = ({ path }: DroppedFile): boolean => folders.includes(topFolderOf(path));
  return { listed: all.filter(isListed), lists: found, unlisted: sounds.filter((sound) => !isListed(sound)) };
}

/** The folder that was dropped or picked, for a file in it; empty for a file that was dropped by itself. */
function topFolderOf(path: string): string {
  return folderOf(path).split('/')[0] as string;
}

/** Where a single file of a zip is damaged, the others are imported. */
function problemInZip(problem: Problem, path: string): Problem {
  const isOfFile = problem.code === 'zip-damaged' && problem.fault.code === 'damaged';
  return isOfFile ? { code: 'file-unreadable', file: path, fault: 'undecodable' } : problem;
}

/** Counts the sounds that `tell` is called about. */
function countAdjusted(): { adjusted: Adjusted; tell: (facts: MixFacts) => void } {
  const adjusted = { oneChannel: 0, quieter: 0 };
  const tell = ({ channel, beyondFullScale = 1 }: MixFacts): void => {
    if (channel) adjusted.oneChannel++;
    if (beyondFullScale >= QUIETER_FROM) adjusted.quieter++;
  };
  return { adjusted, tell };
}

/**
 * Imports the sounds of a zip file without a list, like those of a folder: the name of a sound's folder is suggested as
 * its label.
 */
async function importZipOfSounds(
  archive: ZipArchive,
  paths: readonly string[],
  { library, sampleRateHz, findLabel, onProgress }: ImportParts,
  tell: (facts: MixFacts) => void,
): Promise<SoundsImported> {
  const all = { added: [] as ClipInfo[], alreadyThere: 0, problems: [] as Problem[], notTried: 0 };
  archive.requireReadable(paths);
  const folderIn = (path: string): string | undefined => path.split('/').at(-2);
  refuseManyLabels(paths.map(folderIn), findLabel);
  for (const [i, path] of paths.entries()) {
    try {
      // One at a time, so that the archive is never in memory as a whole.
      const file = new File([await archive.read(path, LARGEST_SOUND_BYTES)], lastPart(path));
      const dropped = { file, folder: folderIn(path), path };
      const options = { sampleRateHz, findLabel, onProgress: () => undefined, tell };
      const imported = await importSounds(library, [dropped], options);
      all.added.push(...imported.added);
      all.alreadyThere += imported.alreadyThere;
      all.problems.push(...imported.problems);
      if (imported.problems.some(isAboutStorage)) {
        all.notTried = paths.length - i - 1;
        break;
      }
    } catch (error) {
      all.problems.push(problemInZip(problemOf(error), path));
    }
    onProgress(i + 1, paths.length);
  }
  return all;
}

/** @returns the head's name; undefined if it is already there. */
async function importHead(zip: File, { heads, readHead }: ImportParts): Promise<string | undefined> {
  const head = await readHead(zip);
  return (await heads.addForeign(head)) ? head.name : undefined;
}
