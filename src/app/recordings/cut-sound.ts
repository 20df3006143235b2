import type { FeatureSpec } from '../../shared/contracts/model/feature-spec';
import type { CapturedSound } from '../../shared/contracts/tagger-api';
import { toInt16 } from '../../shared/lib/files/wav';
import type { RecordingsWorkerLink } from './recordings-worker';

/** Reads a stretch of a file, and ends the worker. @throws EarmarkError recording-unreadable. */
export async function cutSound(
  { api, died, terminate }: RecordingsWorkerLink,
  file: File,
  spec: FeatureSpec,
  { fromSeconds, toSeconds }: { readonly fromSeconds: number; readonly toSeconds: number },
): Promise<CapturedSound> {
  try {
    await Promise.race([api.open(file, spec), died]);
    const { samples, sampleRateHz } = await Promise.race([api.sound(fromSeconds, toSeconds - fromSeconds), died]);
    return { samples: toInt16(samples), sampleRateHz };
  } finally {
    terminate();
  }
}
