import type { TaughtLabel } from '../../shared/contracts/clip';
import { EarmarkError, type Problem, problemOf } from '../../shared/contracts/messages/problem';
import { FileFinder } from '../../shared/lib/files/file-finder';
import { isWorkbook, listText } from '../../shared/lib/files/list-table';
import type { ClipsAdded } from '../clips/add-all';
import type { ClipLibrary } from '../clips/clip-library';
import type { NewClip } from '../clips/clip-records';
import { CLIP_FOLDER, folderOf, LARGEST_LIST_BYTES, type SoundArchive, visiblePaths } from './archive-files';
import {
  CLIP_LIST,
  type DatasetRow,
  type FindLabel,
  LABEL_NAMES,
  parseClipList,
  parseLabelNames,
} from './dataset-lists';

/** Ten minutes of uncompressed sound at 32 kHz and 16 bits take 38 MB. */
const LARGEST_CLIP_BYTES = 64e6;

/** Turns an audio file into 16-bit mono samples at `sampleRateHz`. @throws EarmarkError file-unreadable or file-too-long. */
export type DecodeSound = (file: File, sampleRateHz: number) => Promise<Int16Array<ArrayBuffer>>;

/** Reports the progress of long work. */
export type OnProgress = (done: number, total: number) => void;

/** Sounds, and lists that say what they are. */
export interface ListedSounds {
  /** As the person knows it. */
  readonly name: string;
  readonly archive: SoundArchive;
  /** Paths of the lists. */
  readonly lists: readonly string[];
}

/** How sounds are imported. */
export interface ImportOptions {
  readonly sampleRateHz: number;
  readonly decode: DecodeSound;
  readonly onProgress: OnProgress;
  readonly findLabel: FindLabel;
}

/**
 * Adds the sounds that lists name to the library: all or, if anything is wrong, none. Sounds that the library already
 * has stay as they are.
 *
 * @throws EarmarkError dataset-damaged or empty-dataset; zip-damaged for a zip file; storage errors as `ClipLibrary.addAll`.
 */
export async function importListed(
  library: ClipLibrary,
  sounds: ListedSounds,
  { sampleRateHz, decode, onProgress, findLabel }: ImportOptions,
): Promise<ClipsAdded> {
  const { name, archive } = sounds;
  const { rows, names } = await readLists(sounds, findLabel);
  async function* clips(): AsyncGenerator<NewClip> {
    let done = 0;
    for (const [path, row] of rows) {
      const bytes = await archive.read(path, LARGEST_CLIP_BYTES);
      const samples = await decode(new File([bytes], row.file), sampleRateHz).catch((error: unknown) => {
        throw refused(name, problemOf(error), error);
      });
      const { keptAtMs = Date.now(), ...rest } = row;
      yield { ...rest, keptAtMs, samples, sampleRateHz };
      done += 1;
      onProgress(done, rows.size);
    }
  }
  return library.addAll(clips(), names);
}

/** The rows of all lists by the paths of their files, and the names of their labels. */
async function readLists(
  { name, archive, lists }: ListedSounds,
  findLabel: FindLabel,
): Promise<{ rows: ReadonlyMap<string, DatasetRow>; names: TaughtLabel[] }> {
  const text = async (path: string): Promise<string> => {
    const bytes = await archive.read(path, LARGEST_LIST_BYTES);
    if (isWorkbook(bytes)) throw new EarmarkError({ code: 'list-workbook', list: path });
    return listText(bytes);
  };
  const rows = new Map<string, DatasetRow>();
  const names: TaughtLabel[] = [];
  try {
    for (const list of lists) {
      const folder = folderOf(list);
      const namesList = folder + LABEL_NAMES;
      const own = archive.paths.includes(namesList) ? parseLabelNames(await text(namesList)) : [];
      names.push(...own);
      const finder = new FileFinder(visiblePaths(archive), [folder + CLIP_FOLDER, folder, '']);
      for (const row of parseClipList(await text(list), own, findLabel)) {
        const path = finder.find(row.file);
        if (path === undefined) throw new EarmarkError({ code: 'list-file-missing', list: CLIP_LIST, path: row.file });
        if (archive.sizeOf(path) > LARGEST_CLIP_BYTES) {
          throw new EarmarkError({ code: 'list-file-too-large', path: row.file });
        }
        const known = rows.get(path);
        rows.set(path, known ? withLabelsOf(known, row) : row);
      }
    }
  } catch (error) {
    const problem = problemOf(error);
    throw problem.code === 'zip-damaged' ? error : refused(name, problem, error);
  }
  if (rows.size === 0) throw new EarmarkError({ code: 'empty-dataset', file: name });
  return { rows, names };
}

/** Two rows can name one file in different ways. */
function withLabelsOf(row: DatasetRow, other: DatasetRow): DatasetRow {
  const labels = new Map([...row.labels, ...other.labels].map((label) => [label.id, label]));
  return { ...row, labels: [...labels.values()], reviewed: row.reviewed && other.reviewed };
}

function refused(file: string, reason: Problem, cause?: unknown): EarmarkError {
  return new EarmarkError({ code: 'dataset-damaged', file, reason }, { cause });
}
