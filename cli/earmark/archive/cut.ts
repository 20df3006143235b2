import type { Moment } from '../../../src/events/sounding';
import { COLUMNS_PER_PASS } from '../../../src/recordings/tag-recording';
import { type FeatureSpec, windowSamples } from '../../../src/shared/contracts/model/feature-spec';
import { MonoReader } from '../../../src/sound/mono';
import type { SoundFile, StartTime } from '../../../src/sound/sound-file';
import { CountedSamples, type FileTagger } from '../tag/file-tagger';

/** Files that are longer than one and a half parts are cut. */
const PART_SECONDS = 1800;

/** How a file is cut: every part begins where a pass of a run over the whole file would begin. */
export interface Cut {
  readonly parts: number;
  readonly partSeconds: number;
  readonly partPasses: number;
  /** Heard before a part, so that its first window finds what it would find in the whole file. */
  readonly overlapSeconds: number;
  readonly overlapPasses: number;
}

/** What is known of a part once it was heard. */
export interface PartFacts {
  readonly startTime: StartTime | undefined;
  readonly decoder: string;
  /** Where the sound ends, if this is the last part. */
  readonly seconds: number;
}

/**
 * How to cut a sound, if it is long and its parts would give the same as the whole: one channel and no samples beyond
 * full scale, because else what is heard depends on all that came before; exact places in the file; and the model's own
 * stride.
 */
export function cutOf(
  sound: SoundFile,
  spec: FeatureSpec,
  isOwnStride: boolean,
  aboutSeconds = PART_SECONDS,
): Cut | undefined {
  const isExact = sound.codec === 'PCM' || sound.codec === 'FLAC';
  const { claimedSeconds } = sound;
  if (!isExact || sound.channels !== 1 || !isOwnStride || claimedSeconds === undefined) return undefined;
  const passSeconds = (COLUMNS_PER_PASS * spec.hopSamples) / spec.sampleRateHz;
  // Whole seconds, so that every rate has a sample there.
  const unitSeconds =
    passSeconds * (spec.sampleRateHz / greatestCommonDivisor(passSeconds * spec.sampleRateHz, spec.sampleRateHz));
  const units = Math.ceil(aboutSeconds / unitSeconds);
  const partSeconds = units * unitSeconds;
  if (claimedSeconds < 1.5 * partSeconds) return undefined;
  const overlapSeconds = Math.ceil((2 * windowSamples(spec)) / spec.sampleRateHz / unitSeconds) * unitSeconds;
  return {
    parts: Math.round(claimedSeconds / partSeconds),
    partSeconds,
    partPasses: partSeconds / passSeconds,
    overlapSeconds,
    overlapPasses: overlapSeconds / passSeconds,
  };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Listens to a part. @returns its windows, at the times that they have in the whole file; then facts about it. */
export async function* hearPart(
  tagger: FileTagger,
  sound: SoundFile,
  { parts, partSeconds, partPasses, overlapSeconds, overlapPasses }: Cut,
  part: number,
): AsyncGenerator<Moment[], PartFacts> {
  const { sampleRateHz } = tagger.model.spec;
  const fromSeconds = part === 0 ? 0 : part * partSeconds - overlapSeconds;
  const firstPass = part === 0 ? 0 : overlapPasses;
  const endPass = part === parts - 1 ? Number.POSITIVE_INFINITY : firstPass + partPasses;
  const counted = new CountedSamples(new MonoReader(sound, sampleRateHz).read(fromSeconds));
  let number = 0;
  for await (const pass of tagger.moments(counted.samples())) {
    if (number >= firstPass) yield placedAt(fromSeconds, pass, sampleRateHz);
    number += 1;
    if (number === endPass) break;
  }
  return { startTime: sound.startTime, decoder: sound.decoder, seconds: fromSeconds + counted.count / sampleRateHz };
}

/** Windows of a pass at their times in the whole file: to the last bit as if nothing had been cut. */
function placedAt(fromSeconds: number, pass: readonly Moment[], rateHz: number): Moment[] {
  return pass.map((moment) => {
    const endSample = Math.round(moment.windowEndSeconds * rateHz) + fromSeconds * rateHz;
    return { ...moment, windowEndSeconds: endSample / rateHz };
  });
}
