import { modelFolder } from '../../networks/model-path';
import type { TagSettings } from '../tag/settings';
import type { Archive, ArchiveFolder } from './archive-folder';

/** How the files of an archive are tagged. */
export function tagSettings({ options }: Pick<Archive, 'options'>, folder: ArchiveFolder): TagSettings {
  const { model, hasHead, threshold, labels, overlapSeconds } = options;
  return {
    modelFolder: modelFolder(model),
    headFile: hasHead ? folder.headFile : undefined,
    threshold,
    labels,
    overlapSeconds,
  };
}
