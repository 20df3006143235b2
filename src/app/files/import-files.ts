import { decodeFile } from '../../audio/decode-file';
import type { ClipInfo } from '../../shared/contracts/clip';
import type { Adjusted } from '../../shared/contracts/messages/notice';
import { isAboutStorage, type Problem, problemOf } from '../../shared/contracts/messages/problem';
import type { Head } from '../../shared/contracts/model/head';
import type { Settings } from '../../shared/contracts/settings';
import { lastPart } from '../../shared/lib/files/file-names';
import { ZipArchive } from '../../shared/lib/files/zip-archive';
import type { MixFacts } from '../../sound/mono';
import { type Backup, backupLimits, isBackup, type Restored } from '../../store/backup/backup';
import type { ClipLibrary } from '../../store/clips/clip-library';
import { findClipList, soundsIn } from '../../store/dataset/archive-files';
import { type DecodeSound, importDataset, type OnProgress } from '../../store/dataset/dataset-zip';
import type { HeadLibrary } from '../../store/head-library';
import type { DroppedFiles } from './dropped-files';
import { importSounds, refuseManyLabels, type SoundsImported } from './import-sounds';

/** Every head has its card in a file of this name. Data sets never do. */
const HEAD_CARD = 'head.json';

/** Where imports go. */
export interface ImportParts {
  readonly library: ClipLibrary;
  readonly heads: HeadLibrary;
  readonly backup: Pick<Backup, 'restore'>;
  readonly sampleRateHz: number;
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
export async function importFiles({ sounds, zips, others }: DroppedFiles, parts: ImportParts): Promise<FilesImported> {
  const problems: Problem[] = [];
  const heads: string[] = [];
  const restored: RestoredCounts = {};
  let clips = 0;
  let alreadyThere = 0;
  let notTried = 0;
  let settings: Settings | undefined;
  const { adjusted, tell } = countAdjusted();
  const addSounds = (imported: SoundsImported): void => {
    clips += imported.added.length;
    alreadyThere += imported.alreadyThere;
    notTried += imported.notTried;
    problems.push(...imported.problems);
  };
  const decode: DecodeSound = (file, sampleRateHz) => decodeFile(file, sampleRateHz, tell);
  for (const zip of zips) {
    try {
      // Each kind has its own limits when it is read.
      const archive = await ZipArchive.open(zip, zip.name, backupLimits);
      if (isBackup(archive)) {
        const backup = await parts.backup.restore(zip, parts.onProgress);
        clips += backup.added.length;
        alreadyThere += backup.alreadyThere;
        heads.push(...backup.heads.map(({ name }) => name));
        countRestored(restored, backup);
        settings = backup.settings;
        continue;
      }
      if (archive.has(HEAD_CARD)) {
        const head = await importHead(zip, parts);
        if (head === undefined) alreadyThere++;
        else heads.push(head);
        continue;
      }
      const sounds = (await findClipList(archive)) === undefined ? soundsIn(archive) : [];
      if (sounds.length > 0) {
        addSounds(await importZipOfSounds(archive, sounds, parts, tell));
        continue;
      }
      const imported = await importDataset(parts.library, zip, parts.sampleRateHz, decode, parts.onProgress);
      clips += imported.added.length;
      alreadyThere += imported.alreadyThere;
    } catch (error) {
      problems.push(problemOf(error));
    }
  }
  if (sounds.length > 0) addSounds(await importDroppedSounds(sounds, parts, tell));
  return {
    clips,
    alreadyThere,
    heads,
    ...restored,
    others,
    ...(settings && { settings }),
    problems,
    notTried,
    ...(adjusted.oneChannel + adjusted.quieter > 0 && { adjusted }),
  };
}

function countRestored(counts: RestoredCounts, { events, recordings }: Restored): void {
  if (events > 0) counts.events = (counts.events ?? 0) + events;
  if (recordings > 0) counts.recordings = (counts.recordings ?? 0) + recordings;
}

async function importDroppedSounds(
  sounds: DroppedFiles['sounds'],
  { library, sampleRateHz, onProgress }: ImportParts,
  tell: (facts: MixFacts) => void,
): Promise<SoundsImported> {
  try {
    refuseManyLabels(sounds.map(({ folder }) => folder));
  } catch (error) {
    return { added: [], alreadyThere: 0, problems: [problemOf(error)], notTried: 0 };
  }
  return importSounds(library, sounds, sampleRateHz, onProgress, tell);
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
  { library, sampleRateHz, onProgress }: ImportParts,
  tell: (facts: MixFacts) => void,
): Promise<SoundsImported> {
  const all = { added: [] as ClipInfo[], alreadyThere: 0, problems: [] as Problem[], notTried: 0 };
  const folderOf = (path: string): string | undefined => path.split('/').at(-2);
  refuseManyLabels(paths.map(folderOf));
  for (const [i, path] of paths.entries()) {
    try {
      // One at a time, so that the archive is never in memory as a whole.
      const file = new File([await archive.read(path, LARGEST_SOUND_BYTES)], lastPart(path));
      const dropped = { file, folder: folderOf(path) };
      const imported = await importSounds(library, [dropped], sampleRateHz, () => undefined, tell);
      all.added.push(...imported.added);
      all.alreadyThere += imported.alreadyThere;
      all.problems.push(...imported.problems);
      if (imported.problems.some(isAboutStorage)) {
        all.notTried = paths.length - i - 1;
        break;
      }
    } catch (error) {
      all.problems.push(problemOf(error));
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
