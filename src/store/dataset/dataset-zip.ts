import type { ClipInfo, TaughtLabel } from '../../shared/contracts/clip';
import { EarmarkError, type Problem, problemOf } from '../../shared/contracts/messages/problem';
import { lastPart } from '../../shared/lib/files/file-names';
import { listText } from '../../shared/lib/files/list-table';
import { writeZip, ZipArchive, type ZipPart } from '../../shared/lib/files/zip-archive';
import type { ClipsAdded } from '../clips/add-all';
import type { ClipLibrary } from '../clips/clip-library';
import type { NewClip } from '../clips/clip-records';
import { CLIP_FOLDER, CLIP_LIST, FileFinder, findClipList, LARGEST_LIST_BYTES } from './archive-files';
import { type DatasetRow, formatClipList, formatLabelNames, parseClipList, parseLabelNames } from './dataset-lists';

/**
 * A data set as a zip file, in the layout of all Earmark clip lists: `labels.csv` with the columns `file` and `labels`,
 * the files in `clips/`, and `label-names.csv` with the labels' names.
 */
const LABEL_NAMES = 'label-names.csv';

const limits = { files: 50_000, totalBytes: 8e9 };
/** Ten minutes of uncompressed sound at 32 kHz and 16 bits take 38 MB. */
const LARGEST_CLIP_BYTES = 64e6;

/** Turns an audio file into 16-bit mono samples at `sampleRateHz`. @throws EarmarkError file-unreadable or file-too-long. */
export type DecodeSound = (file: File, sampleRateHz: number) => Promise<Int16Array<ArrayBuffer>>;

/** Reports the progress of long work. */
export type OnProgress = (done: number, total: number) => void;

/** A clip, and the path of its file in a zip. */
export interface ClipFile {
  readonly clip: ClipInfo;
  readonly path: string;
}

/** The contents of a data set. */
export interface DatasetContent {
  readonly clips: readonly ClipInfo[];
  readonly labels: readonly TaughtLabel[];
}

/** Packs the whole library; `clips` is the number of clips in the zip, `leftOut` the number that could not be read. */
export async function exportDataset(
  library: ClipLibrary,
  onProgress: OnProgress,
): Promise<{ zip: Blob; clips: number; leftOut: number }> {
  const [clips, labels] = await Promise.all([library.list(), library.labels()]);
  let packed: readonly ClipFile[] = [];
  async function* parts(): AsyncGenerator<ZipPart> {
    packed = yield* datasetParts(library, { clips, labels }, onProgress);
  }
  return { zip: await writeZip(parts()), clips: packed.length, leftOut: clips.length - packed.length };
}

/**
 * The files of a data set. The lists come last, because they leave out clips that were removed in the meantime or have
 * no samples.
 *
 * @returns the clips that are in it.
 */
export async function* datasetParts(
  library: ClipLibrary,
  { clips, labels }: DatasetContent,
  onProgress: OnProgress,
): AsyncGenerator<ZipPart, ClipFile[]> {
  const packed: ClipFile[] = [];
  for (const [i, clip] of clips.entries()) {
    const path = CLIP_FOLDER + fileName(clip, i, clips.length);
    const wav = await wavOf(library, clip);
    if (wav) {
      yield { path, bytes: new Uint8Array(wav) };
      packed.push({ clip, path });
    }
    onProgress(i + 1, clips.length);
  }
  const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
  const files = packed.map(({ clip, path }) => ({ clip, file: path.slice(CLIP_FOLDER.length) }));
  yield { path: CLIP_LIST, bytes: encode(formatClipList(files)) };
  yield { path: LABEL_NAMES, bytes: encode(formatLabelNames(labels)) };
  return packed;
}

/** Undefined if the clip is gone or has no sound. */
async function wavOf(library: ClipLibrary, { id }: ClipInfo): Promise<ArrayBuffer | undefined> {
  try {
    return await library.wav(id);
  } catch (error) {
    const { code } = problemOf(error);
    if (code === 'clip-missing' || code === 'clip-not-sound') return undefined;
    throw error;
  }
}

/**
 * Adds the clips of a data set to the library: all or, if anything in it is wrong, none. Sounds that the library
 * already has stay as they are.
 *
 * @throws EarmarkError zip-damaged, dataset-damaged, no-dataset or empty-dataset; storage errors as
 * `ClipLibrary.addAll`.
 */
export async function importDataset(
  library: ClipLibrary,
  zip: File,
  sampleRateHz: number,
  decode: DecodeSound,
  onProgress: OnProgress,
): Promise<ClipsAdded> {
  const archive = await ZipArchive.open(zip, zip.name, limits);
  const list = await findClipList(archive);
  if (list === undefined) throw new EarmarkError({ code: 'no-dataset', file: zip.name, list: CLIP_LIST });
  const folder = list.slice(0, -lastPart(list).length);
  const { rows, names } = await readLists(archive, list, folder, zip.name);
  const finder = new FileFinder(archive, folder);
  const located = rows.map((row) => ({ row, path: pathOf(row, archive, finder, zip.name) }));
  async function* clips(): AsyncGenerator<NewClip> {
    for (const [i, { row, path }] of located.entries()) {
      const bytes = await archive.read(path, LARGEST_CLIP_BYTES);
      const samples = await decode(new File([bytes], row.file), sampleRateHz).catch((error: unknown) => {
        throw refused(zip.name, problemOf(error), error);
      });
      const { keptAtMs = Date.now(), ...rest } = row;
      yield { ...rest, keptAtMs, samples, sampleRateHz };
      onProgress(i + 1, located.length);
    }
  }
  return library.addAll(clips(), names);
}

/** `007 doorbell.wav`: in list order, and descriptive. */
function fileName(clip: ClipInfo, index: number, count: number): string {
  const number = String(index + 1).padStart(String(count).length, '0');
  const words = clip.name
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
  return `${`${number} ${[...words].slice(0, 40).join('')}`.trim()}.wav`;
}

/**
 * Folder of a file: the top level (empty), or the single folder that results from zipping a folder. Undefined if the
 * file is missing, or in several folders.
 */
export function rootFolder(archive: ZipArchive, file: string): string | undefined {
  if (archive.has(file)) return '';
  const [path, ...others] = archive.paths.filter(
    (candidate) => candidate.endsWith(`/${file}`) && candidate.indexOf('/') === candidate.length - file.length - 1,
  );
  return path === undefined || others.length > 0 ? undefined : path.slice(0, -file.length);
}

async function readLists(
  archive: ZipArchive,
  list: string,
  folder: string,
  zipName: string,
): Promise<{ rows: DatasetRow[]; names: ReturnType<typeof parseLabelNames> }> {
  const text = async (path: string): Promise<string> => listText(await archive.read(path, LARGEST_LIST_BYTES));
  const namesList = folder + LABEL_NAMES;
  try {
    const names = archive.has(namesList) ? parseLabelNames(await text(namesList)) : [];
    const rows = parseClipList(await text(list), names);
    if (rows.length > 0) return { rows, names };
  } catch (error) {
    const problem = problemOf(error);
    throw problem.code === 'zip-damaged' ? error : refused(zipName, problem, error);
  }
  throw new EarmarkError({ code: 'empty-dataset', file: zipName });
}

function pathOf(row: DatasetRow, archive: ZipArchive, finder: FileFinder, zipName: string): string {
  const path = finder.find(row.file);
  if (path === undefined) throw refused(zipName, { code: 'list-file-missing', list: CLIP_LIST, path: row.file });
  if (archive.sizeOf(path) > LARGEST_CLIP_BYTES)
    throw refused(zipName, { code: 'list-file-too-large', path: row.file });
  return path;
}

function refused(file: string, reason: Problem, cause?: unknown): EarmarkError {
  return new EarmarkError({ code: 'dataset-damaged', file, reason }, { cause });
}
