import { modelFolder } from '../../networks/model-path';
import { settingsFingerprint } from '../tag/jobs';
import type { TagSettings } from '../tag/settings';
import type { Archive, ArchiveFolder } from './archive-folder';
import { ADDRESS_VARIABLE } from './redis/redis-address';

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

/** A hash of everything but the sound that decides the results. */
export function archiveFingerprint(settings: TagSettings): Promise<string> {
  return settingsFingerprint({ settings, format: 'jsonl', output: { kind: 'stdout' } });
}

/** The address of the queue: as given, or in the environment, or as it was planned. */
export function queueAddress(given: string | undefined, planned: string | undefined): string | undefined {
  return given ?? process.env[ADDRESS_VARIABLE] ?? planned;
}
