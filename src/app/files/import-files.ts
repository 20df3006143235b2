import { decodeFile } from '../../audio/decode-file';
import type { Head } from '../../shared/contracts/head';
import { type Problem, problemOf } from '../../shared/contracts/problem';
import { ZipArchive } from '../../shared/lib/zip-archive';
import type { ClipLibrary } from '../../store/clips/clip-library';
import { importDataset, type OnProgress } from '../../store/dataset/dataset-zip';
import type { HeadLibrary } from '../../store/head-library';
import type { DroppedFiles } from './dropped-files';
import { importSounds } from './import-sounds';

/** What a zip file may hold before it is looked at closely. */
const limits = { files: 50_000, totalBytes: 8e9 };

/** Every head has its card in a file of this name, and no data set does. */
const HEAD_CARD = 'head.json';

/** Where imports go to. */
export interface ImportParts {
  readonly library: ClipLibrary;
  readonly heads: HeadLibrary;
  readonly sampleRateHz: number;
  readHead(zip: File): Promise<Head>;
  onProgress: OnProgress;
}

/** What became of what was dropped. */
export interface FilesImported {
  readonly clips: number;
  readonly alreadyThere: number;
  readonly heads: readonly string[];
  /** Files beside them that are neither sounds nor zip files. */
  readonly others: number;
  readonly problems: readonly Problem[];
}

/** Imports sounds, data sets and heads; what cannot be used keeps nothing else out. */
export async function importFiles({ sounds, zips, others }: DroppedFiles, parts: ImportParts): Promise<FilesImported> {
  const problems: Problem[] = [];
  const heads: string[] = [];
  let clips = 0;
  let alreadyThere = 0;
  for (const zip of zips) {
    try {
      if ((await ZipArchive.open(zip, zip.name, limits)).has(HEAD_CARD)) {
        const head = await importHead(zip, parts);
        if (head === undefined) alreadyThere++;
        else heads.push(head);
        continue;
      }
      const imported = await importDataset(parts.library, zip, parts.sampleRateHz, decodeFile, parts.onProgress);
      clips += imported.added.length;
      alreadyThere += imported.alreadyThere;
    } catch (error) {
      problems.push(problemOf(error));
    }
  }
  if (sounds.length > 0) {
    const imported = await importSounds(parts.library, sounds, parts.sampleRateHz, parts.onProgress);
    clips += imported.added.length;
    alreadyThere += imported.alreadyThere;
    problems.push(...imported.problems);
  }
  return { clips, alreadyThere, heads, others, problems };
}

/** @returns the head's name; undefined where it is there already. */
async function importHead(zip: File, { heads, readHead }: ImportParts): Promise<string | undefined> {
  const head = await readHead(zip);
  const same = (await heads.list()).find(({ id }) => id === head.id);
  if (same && equal(same.kernel, head.kernel) && equal(same.bias, head.bias)) return undefined;
  // Another head that goes by the same id must not take the place of one that is here.
  await heads.add(same ? { ...head, id: crypto.randomUUID() } : head);
  return head.name;
}

function equal(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
