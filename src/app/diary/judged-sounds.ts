import type { TaughtLabel } from '../../shared/contracts/clip';
import type { SoundEvent } from '../../shared/contracts/sound-event';
import type { JudgedSound } from '../teach/teach-state';
import type { DiaryCommands } from './diary-state';

/** Events that are read at once. */
const PAGE_EVENTS = 200;

/**
 * The kept sounds of judged events, for Teach: right ones and other ones as examples, wrong ones as counterexamples.
 *
 * @param nameOf gives the name of a label that a person named instead.
 */
export async function* judgedSounds(
  diary: DiaryCommands,
  nameOf: (label: string) => string,
): AsyncGenerator<JudgedSound> {
  const found = await diary.find({ verdicts: ['right', 'wrong', 'other'], withClip: true });
  for (let from = 0; from < found.count; from += PAGE_EVENTS) {
    for (const event of await diary.rows(found, from, Math.min(found.count, from + PAGE_EVENTS))) {
      const clip = event && (await diary.clip(event.id));
      if (!clip) continue;
      const { samples, sampleRateHz, startMs } = clip;
      yield { samples, sampleRateHz, heardAtMs: startMs, labels: labelsOf(event, nameOf) };
    }
  }
}

function labelsOf({ label, labelName, verdict }: SoundEvent, nameOf: (label: string) => string): TaughtLabel[] {
  if (verdict?.answer === 'other') return [{ id: verdict.label, name: nameOf(verdict.label) }];
  return verdict?.answer === 'right' ? [{ id: label, name: labelName }] : [];
}
