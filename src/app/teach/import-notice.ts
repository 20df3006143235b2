import type { Notice } from '../../shared/contracts/notice';
import type { FilesImported } from '../files/import-files';

/** What an import brought. */
export function importNotice({ clips, alreadyThere, heads, others, problems }: FilesImported): Notice {
  return { code: 'imported', clips, alreadyThere, heads, others, leftOut: problems.length };
}
