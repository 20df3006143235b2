import { decodeFile } from '../../audio/decode-file';
import { type ClipInfo, labelId, type TaughtLabel } from '../../shared/contracts/clip';
import { EarmarkError, isAboutStorage, type Problem, problemOf } from '../../shared/contracts/messages/problem';
import { baseName } from '../../shared/lib/files/file-names';
import type { ClipLibrary } from '../../store/clips/clip-library';
import type { OnProgress } from '../../store/dataset/dataset-zip';
import type { DroppedFile } from './dropped-files';

/** What became of audio files. */
export interface SoundsImported {
  readonly added: readonly ClipInfo[];
  /** Files whose sound the library had already. */
  readonly alreadyThere: number;
  /** One for each file that was left out. */
  readonly problems: readonly Problem[];
}

/**
 * Imports audio files, each on its own: one that cannot be used does not keep the others out.
 *
 * A folder's name is the label of what lies in it, as a suggestion: the clips count as reviewed only after a person
 * has looked at them.
 */
export async function importSounds(
  library: ClipLibrary,
  files: readonly DroppedFile[],
  sampleRateHz: number,
  onProgress: OnProgress,
): Promise<SoundsImported> {
  const added: ClipInfo[] = [];
  const problems: Problem[] = [];
  let alreadyThere = 0;
  for (const [i, { file, folder }] of files.entries()) {
    try {
      const samples = await decodeFile(file, sampleRateHz);
      const labels = suggestedLabels(folder);
      const kept = await library.add({ samples, sampleRateHz, name: baseName(file.name), labels, reviewed: false });
      if (kept.added) added.push(kept.clip);
      else alreadyThere++;
    } catch (error) {
      const problem = problemOf(error);
      problems.push(problem);
      // What fails for this file fails for all that follow.
      if (isAboutStorage(problem) || problem.code === 'insecure-page') break;
    }
    onProgress(i + 1, files.length);
  }
  return { added, alreadyThere, problems };
}

function suggestedLabels(folder: string | undefined): TaughtLabel[] {
  if (folder === undefined) return [];
  try {
    const name = folder.replaceAll('_', ' ').trim();
    return [{ id: labelId(name), name }];
  } catch (error) {
    // A folder's name that cannot be a label: there is nothing to suggest.
    if (error instanceof EarmarkError) return [];
    throw error;
  }
}
