import type { ClipInfo } from '../../shared/contracts/clip';
import { EarmarkError, type Problem, problemOf } from '../../shared/contracts/problem';
import { writeZip, ZipArchive, type ZipPart } from '../../shared/lib/zip-archive';
import type { ClipsAdded } from '../clips/add-all';
import type { ClipLibrary } from '../clips/clip-library';
import type { NewClip } from '../clips/clip-records';
import { type DatasetRow, formatClipList, formatLabelNames, parseClipList, parseLabelNames } from './dataset-lists';

/**
 * A data set as a zip file, in the layout of clip lists everywhere in Earmark: `labels.csv` with the columns `file` and
 * `labels`, the files below `clips/`, and `label-names.csv` with the labels' names.
 */
const CLIP_LIST = 'labels.csv';
const LABEL_NAMES = 'label-names.csv';
const CLIP_FOLDER = 'clips/';

const limits = { files: 50_000, totalBytes: 8e9 };
const LARGEST_LIST_BYTES = 16e6;
/** Ten minutes of uncompressed sound at 32 kHz and 16 bits are 38 MB. */
const LARGEST_CLIP_BYTES = 64e6;

/** Turns an audio file into 16-bit mono samples at `sampleRateHz`. @throws EarmarkError file-unreadable or file-too-long. */
export type DecodeSound = (file: File, sampleRateHz: number) => Promise<Int16Array<ArrayBuffer>>;

/** Tells how far a long work is. */
export type OnProgress = (done: number, total: number) => void;

/** Packs the whole library. */
export async function exportDataset(library: ClipLibrary, onProgress: OnProgress): Promise<Blob> {
  const [clips, labels] = await Promise.all([library.list(), library.labels()]);
  const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
  async function* parts(): AsyncGenerator<ZipPart> {
    const files = clips.map((clip, i) => ({ clip, file: fileName(clip, i, clips.length) }));
    yield { path: CLIP_LIST, bytes: encode(formatClipList(files)) };
    yield { path: LABEL_NAMES, bytes: encode(formatLabelNames(labels)) };
    for (const [i, { clip, file }] of files.entries()) {
      yield { path: CLIP_FOLDER + file, bytes: new Uint8Array(await library.wav(clip.id)) };
      onProgress(i + 1, files.length);
    }
  }
  return writeZip(parts());
}

/**
 * Adds the clips of a data set to the library: all or, where anything in it is wrong, none. Sounds that the library has
 * already are left as they are there.
 *
 * @throws EarmarkError zip-damaged, dataset-damaged, no-dataset or empty-dataset; storage errors as `ClipLibrary.addAll`.
 */
export async function importDataset(
  library: ClipLibrary,
  zip: File,
  sampleRateHz: number,
  decode: DecodeSound,
  onProgress: OnProgress,
): Promise<ClipsAdded> {
  const archive = await ZipArchive.open(zip, zip.name, limits);
  const folder = rootFolder(archive, zip.name);
  const { rows, names } = await readLists(archive, folder, zip.name);
  const located = rows.map((row) => ({ row, path: pathOf(row, archive, folder, zip.name) }));
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

/** `007 doorbell.wav`: in the list's order, and telling. */
function fileName(clip: ClipInfo, index: number, count: number): string {
  const number = String(index + 1).padStart(String(count).length, '0');
  const words = clip.name
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
  return `${`${number} ${[...words].slice(0, 40).join('')}`.trim()}.wav`;
}

/** Where the list lies: at the top, or in the one folder that people get who pack a folder. */
function rootFolder(archive: ZipArchive, zipName: string): string {
  if (archive.has(CLIP_LIST)) return '';
  const [path, ...others] = archive.paths.filter((candidate) => /^[^/]+\/labels\.csv$/.test(candidate));
  if (path === undefined || others.length > 0) {
    throw new EarmarkError({ code: 'no-dataset', file: zipName, list: CLIP_LIST });
  }
  return path.slice(0, -CLIP_LIST.length);
}

async function readLists(
  archive: ZipArchive,
  folder: string,
  zipName: string,
): Promise<{ rows: DatasetRow[]; names: ReturnType<typeof parseLabelNames> }> {
  const text = async (file: string): Promise<string> => {
    const bytes = await archive.read(folder + file, LARGEST_LIST_BYTES);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  };
  try {
    const names = archive.has(folder + LABEL_NAMES) ? parseLabelNames(await text(LABEL_NAMES)) : [];
    const rows = parseClipList(await text(CLIP_LIST), names);
    if (rows.length > 0) return { rows, names };
  } catch (error) {
    const problem: Problem = error instanceof EarmarkError ? error.problem : { code: 'list-not-text' };
    throw problem.code === 'zip-damaged' ? error : refused(zipName, problem, error);
  }
  throw new EarmarkError({ code: 'empty-dataset', file: zipName });
}

function pathOf(row: DatasetRow, archive: ZipArchive, folder: string, zipName: string): string {
  const path = [CLIP_FOLDER, ''].map((below) => folder + below + row.file).find((candidate) => archive.has(candidate));
  if (path === undefined) throw refused(zipName, { code: 'list-file-missing', list: CLIP_LIST, path: row.file });
  if (archive.sizeOf(path) > LARGEST_CLIP_BYTES)
    throw refused(zipName, { code: 'list-file-too-large', path: row.file });
  return path;
}

function refused(file: string, reason: Problem, cause?: unknown): EarmarkError {
  return new EarmarkError({ code: 'dataset-damaged', file, reason }, { cause });
}
