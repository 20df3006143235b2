import type { TaughtLabel } from '../../../shared/contracts/clip';
import type { TeachShared } from '../stored-lists';

/** More would not fit next to each other. */
const MOST_CLIPS = 6;

/** Remembers the labels that the person has just given: the next sound is often the same. */
export function noteLabels({ holder, parts }: TeachShared, labels: readonly TaughtLabel[]): void {
  if (labels.length === 0) return;
  const given = labels.map(({ id }) => id);
  const before = holder.state.lastLabels.filter(
    (ids) => ids.length !== given.length || !ids.every((id) => given.includes(id)),
  );
  const lastLabels = [given, ...before].slice(0, MOST_CLIPS);
  holder.change({ lastLabels });
  parts.lastLabels.save(lastLabels);
}
