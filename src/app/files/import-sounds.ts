import { decodeFile } from '../../audio/decode-file';
import { type ClipInfo, labelId, MOST_LABELS, type TaughtLabel } from '../../shared/contracts/clip';
import { EarmarkError, isAboutStorage, type Problem, problemOf } from '../../shared/contracts/messages/problem';
import { baseName } from '../../shared/lib/files/file-names';
import type { MixFacts } from '../../sound/mono';
import type { ClipLibrary } from '../../store/clips/clip-library';
import type { FindLabel } from '../../store/dataset/dataset-lists';
import type { OnProgress } from '../../store/dataset/import-listed';
import type { DroppedFile } from './dropped-files';

/** The result of importing audio files. */
export interface SoundsImported {
  readonly added: readonly ClipInfo[];
  /** Files whose sound was already in the library. */
  readonly alreadyThere: number;
  /** One for each file that failed. */
  readonly problems: readonly Problem[];
  /** Files that were left after one for which there was no room. */
  readonly notTried: number;
}

/** How sounds are imported. */
export interface SoundOptions {
  readonly sampleRateHz: number;
  readonly findLabel: FindLabel;
  readonly onProgress: OnProgress;
  /** Called with what was done to each file's channels and level. */
  tell(facts: MixFacts): void;
}

/**
 * Imports audio files one by one. Unusable files do not affect the others.
 *
 * A folder's name is suggested as the label of the files in it. Such clips are not reviewed until a person has looked
 * at them.
 */
export async function importSounds(
  library: ClipLibrary,
  files: readonly DroppedFile[],
  { sampleRateHz, findLabel, onProgress, tell }: SoundOptions,
): Promise<SoundsImported> {
  const added: ClipInfo[] = [];
  const problems: Problem[] = [];
  let alreadyThere = 0;
  let notTried = 0;
  for (const [i, { file, folder }] of files.entries()) {
    try {
      const samples = await decodeFile(file, sampleRateHz, tell);
      const labels = suggestedLabels(folder, findLabel);
      const named = { name: baseName(file.name), fileName: file.name };
      const kept = await library.add({ ...named, samples, sampleRateHz, labels, reviewed: false });
      if (kept.added) added.push(kept.clip);
      else alreadyThere++;
    } catch (error) {
      const problem = problemOf(error);
      problems.push(problem);
      // What fails for this file fails for all that follow.
      if (isAboutStorage(problem) || problem.code === 'insecure-page') {
        notTried = files.length - i - 1;
        break;
      }
    }
    onProgress(i + 1, files.length);
  }
  return { added, alreadyThere, problems, notTried };
}

/** @throws EarmarkError too-many-folders if the folders would become more labels than a data set may have. */
export function refuseManyLabels(folders: readonly (string | undefined)[], findLabel: FindLabel): void {
  const count = new Set(folders.flatMap((folder) => suggestedLabels(folder, findLabel).map(({ id }) => id))).size;
  if (count > MOST_LABELS) throw new EarmarkError({ code: 'too-many-folders', folders: count, most: MOST_LABELS });
}

function suggestedLabels(folder: string | undefined, findLabel: FindLabel): TaughtLabel[] {
  if (folder === undefined) return [];
  const known = findLabel(folder);
  if (known) return [known];
  try {
    const name = folder.replaceAll('_', ' ').trim();
    return [{ id: labelId(name), name }];
  } catch (error) {
    // The folder's name cannot be a label, so there is nothing to suggest.
    if (error instanceof EarmarkError) return [];
    throw error;
  }
}
