import type { ClipInfo, TaughtLabel } from '../../shared/contracts/clip';
import { EarmarkError, problemOf } from '../../shared/contracts/messages/problem';
import { writeZip, ZipArchive, type ZipPart } from '../../shared/lib/files/zip-archive';
import type { ClipsAdded } from '../clips/add-all';
import type { ClipLibrary } from '../clips/clip-library';
import { CLIP_FOLDER, findClipLists } from './archive-files';
import { CLIP_LIST, formatClipList, formatLabelNames, LABEL_NAMES } from './dataset-lists';
import { type ImportOptions, importListed, type OnProgress } from './import-listed';

const limits = { files: 50_000, totalBytes: 8e9 };

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
 * Adds the clips of a data set in a zip file to the library, like {@link importListed}.
 *
 * @throws EarmarkError also zip-damaged and no-dataset.
 */
export async function importDataset(library: ClipLibrary, zip: File, options: ImportOptions): Promise<ClipsAdded> {
  const archive = await ZipArchive.open(zip, zip.name, limits);
  const lists = await findClipLists(archive);
  if (lists.length === 0) throw new EarmarkError({ code: 'no-dataset', file: zip.name, list: CLIP_LIST });
  return importListed(library, { name: zip.name, archive, lists }, options);
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
