import type { TaughtLabel } from '../../shared/contracts/clip';
import type { DiaryFilter, DiaryLabel, LabelCounts } from '../../shared/contracts/diary/diary-query';
import type { DiarySettings } from '../../shared/contracts/diary/diary-settings';
import type { SoundEvent } from '../../shared/contracts/sound-event';

/** Tells under which labels events are found and counted now: they were stored under those of their time. */
export class CurrentLabels {
  readonly #renamed: DiarySettings['renamed'];
  readonly #hasLabel: (id: string) => boolean;
  /** By former id. */
  readonly #now = new Map<string, TaughtLabel>();

  /** @param hasLabel whether a label of this id exists: such a one has not got another name, or has come back since. */
  constructor(renamed: DiarySettings['renamed'], hasLabel: (id: string) => boolean) {
    this.#renamed = renamed;
    this.#hasLabel = hasLabel;
    for (const id of Object.keys(renamed)) {
      const now = this.#follow(id);
      if (now) this.#now.set(id, now);
    }
  }

  /** The event as it is called now. */
  event<Event extends Pick<SoundEvent, 'label' | 'labelName' | 'verdict'>>(event: Event): Event {
    const { label, verdict } = event;
    const now = this.#now.get(label);
    const other = verdict?.answer === 'other' ? this.#now.get(verdict.label) : undefined;
    if (!now && !other) return event;
    return {
      ...event,
      ...(now && { label: now.id, labelName: now.name }),
      ...(other && { verdict: { answer: 'other', label: other.id } }),
    };
  }

  /** The question that finds the same events as they were stored. */
  filter(filter: DiaryFilter): DiaryFilter {
    const { labels, names } = filter;
    if (this.#now.size === 0 || !(labels || names)) return filter;
    const former = [...this.#now];
    const wanted = labels && [...labels, ...former.filter(([, { id }]) => labels.includes(id)).map(([id]) => id)];
    const called = names && {
      ...names,
      ...Object.fromEntries(former.map(([id, now]) => [id, names[now.id] ?? now.name])),
    };
    return { ...filter, ...(wanted && { labels: wanted }), ...(called && { names: called }) };
  }

  /** Counts of a label under all of its names together, the most frequent label first. */
  counts(counts: readonly LabelCounts[]): LabelCounts[] {
    const sums = new Map<string, LabelCounts>();
    for (const own of counts) {
      const { id, name } = this.#now.get(own.label) ?? { id: own.label, name: own.labelName };
      const known = sums.get(id);
      sums.set(id, {
        label: id,
        labelName: known?.labelName ?? name,
        counts: known ? own.counts.map((count, i) => count + (known.counts[i] as number)) : own.counts,
        seconds: known ? own.seconds.map((seconds, i) => seconds + (known.seconds[i] as number)) : own.seconds,
      });
    }
    const total = ({ counts: each }: LabelCounts): number => each.reduce((sum, count) => sum + count, 0);
    return [...sums.values()].sort((a, b) => total(b) - total(a));
  }

  /** Labels with their names of now, by name. */
  labels(labels: readonly DiaryLabel[]): DiaryLabel[] {
    const sums = new Map<string, DiaryLabel>();
    for (const own of labels) {
      const { id, name } = this.#now.get(own.id) ?? own;
      sums.set(id, { id, name, count: own.count + (sums.get(id)?.count ?? 0) });
    }
    return [...sums.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  /** What a label is called after all renamings; undefined if it has none, or exists. */
  #follow(id: string): TaughtLabel | undefined {
    let now: TaughtLabel | undefined;
    // Stored settings could hold a circle.
    const seen = new Set<string>();
    for (let at = id; !this.#hasLabel(at) && !seen.has(at); ) {
      seen.add(at);
      const next = this.#renamed[at];
      if (!next) break;
      now = next;
      at = next.id;
    }
    return now;
  }
}
