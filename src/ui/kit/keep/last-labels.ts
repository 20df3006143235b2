import type { TeachState } from '../../../app/teach/teach-state';
import type { TaughtLabel } from '../../../shared/contracts/clip';

/** What a press can label a sound with. */
export interface LabelChoices {
  /** All labels of the clip that was labelled last. */
  readonly last: readonly TaughtLabel[];
  /** Single labels that were given before, newest first. */
  readonly earlier: readonly TaughtLabel[];
}

/**
 * The labels that the person gave last, and is likely to give next. Clips that were kept last stand in where nothing is
 * remembered.
 *
 * @param most how many there may be in all.
 */
export function labelChoices({ lastLabels, clips, labels }: TeachState, most: number): LabelChoices {
  const known = new Map(labels.map((label) => [label.id, label]));
  const lists: TaughtLabel[][] = [];
  const singles = new Map<string, TaughtLabel>();
  const take = (ids: readonly string[]): void => {
    const list = ids.map((id) => known.get(id)).filter((label) => label !== undefined);
    if (list.length === 0) return;
    lists.push(list);
    for (const label of list) singles.set(label.id, label);
  };
  for (const ids of lastLabels) take(ids);
  for (let i = clips.length - 1; i >= 0 && singles.size < most; i--) {
    const clip = clips[i];
    if (clip?.reviewed) take(clip.labels);
  }
  const last = lists[0] ?? [];
  const [only, ...others] = last;
  const earlier = [...singles.values()].filter(({ id }) => others.length > 0 || id !== only?.id);
  return { last, earlier: earlier.slice(0, most - 1) };
}
