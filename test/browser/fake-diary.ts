import { type DiaryClip, type DiaryCommands, type DiaryState, emptyDiaryState } from '../../src/app/diary/diary-state';
import { StateHolder } from '../../src/app/state-holder';
import type { DiaryFilter, FoundEvents, LabelCounts, SimilarEvent } from '../../src/shared/contracts/diary/diary-query';
import type { Problem } from '../../src/shared/contracts/messages/problem';
import type { LevelSpan, SoundEvent, Verdict } from '../../src/shared/contracts/sound-event';
import { SimilarityIndex } from '../../src/shared/lib/math/similarity';
import { EventColumns } from '../../src/store/diary/blocks/event-columns';
import { countEvents, findEvents, labelsOf } from '../../src/store/diary/event-query';

/** Stands in for the diary: holds any events, answers like the real one, and writes down what it was asked for. */
export class FakeDiary extends StateHolder<DiaryState> implements DiaryCommands {
  readonly calls: unknown[][] = [];
  /** What is open, by key. */
  events: SoundEvent[] = [];
  spans: LevelSpan[] = [];
  readonly clips = new Map<string, DiaryClip>();
  /** Why nothing can be changed. */
  problem: Problem | undefined;

  constructor() {
    super(emptyDiaryState);
  }

  /** Replaces all events, as if they were written. */
  readonly typedNames = new Map<string, string>();

  hold(events: readonly SoundEvent[]): void {
    this.events = [...events];
    this.#changed();
  }

  async open(): Promise<void> {
    this.calls.push(['open']);
    this.#changed();
    this.change({ storage: 'ready' });
  }

  async find(filter: DiaryFilter): Promise<FoundEvents> {
    return findEvents(this.#columns, filter);
  }

  async rows({ keys }: FoundEvents, from: number, to: number): Promise<(SoundEvent | undefined)[]> {
    return Array.from(keys.subarray(from, to), (key) => this.events[key]);
  }

  async details(found: FoundEvents, from: number, to: number): Promise<SoundEvent[]> {
    const events = await this.rows(found, from, to);
    return events.flatMap((event) => (event ? [event] : [])).map(({ embedding: _, ...event }) => event);
  }

  async similar({ id, embedding = new Uint16Array(), backbone }: SoundEvent): Promise<SimilarEvent[]> {
    const others = this.events.filter((other) => other.id !== id && other.backbone === backbone);
    const index = new SimilarityIndex(embedding.length, others.length);
    for (const other of others) index.add(other.embedding as Uint16Array);
    const nearest = index.nearest(embedding, others.length);
    return nearest.map(({ row, cosine }) => ({ event: others[row] as SoundEvent, cosine }));
  }

  async event(id: string): Promise<SoundEvent | undefined> {
    return this.events.find((event) => event.id === id);
  }

  async counts(filter: DiaryFilter, edgesMs: readonly number[]): Promise<LabelCounts[]> {
    return countEvents(this.#columns, filter, edgesMs);
  }

  async levels(fromMs: number, toMs: number): Promise<LevelSpan[]> {
    return this.spans.filter(({ startMs }) => startMs >= fromMs && startMs < toMs);
  }

  async clip(id: string): Promise<DiaryClip | undefined> {
    return this.clips.get(id);
  }

  async judge(ids: readonly string[], verdict: Verdict | undefined): Promise<Problem | undefined> {
    this.calls.push(['judge', ids, verdict]);
    if (this.problem) return this.problem;
    this.hold(
      this.events.map(({ verdict: before, ...event }) => {
        const now = ids.includes(event.id) ? verdict : before;
        return now ? { ...event, verdict: now } : event;
      }),
    );
    return undefined;
  }

  async prune(): Promise<Problem | undefined> {
    this.calls.push(['prune']);
    if (this.problem) return this.problem;
    return undefined;
  }

  async typedName(id: string): Promise<string> {
    return this.typedNames.get(id) ?? '';
  }

  async keepTypedName(id: string, name: string): Promise<void> {
    this.typedNames.set(id, name);
  }

  async annotate(id: string, note: string): Promise<Problem | undefined> {
    this.calls.push(['annotate', id, note]);
    if (this.problem) return this.problem;
    this.hold(this.events.map((event) => (event.id === id ? { ...event, note: note.trim() } : event)));
    return undefined;
  }

  async remove(ids: readonly string[]): Promise<Problem | undefined> {
    this.calls.push(['remove', ids]);
    if (this.problem) return this.problem;
    this.hold(this.events.filter(({ id }) => !ids.includes(id)));
    return undefined;
  }

  async exportDamaged(): Promise<Blob | undefined> {
    if (this.problem) return undefined;
    return new Blob([JSON.stringify(this.state.damaged)]);
  }

  async removeDamaged(): Promise<Problem | undefined> {
    this.calls.push(['removeDamaged']);
    if (this.problem) return this.problem;
    this.change({ damaged: [] });
    return undefined;
  }

  async keepClip(id: string, isKept: boolean): Promise<Problem | undefined> {
    this.calls.push(['keepClip', id, isKept]);
    if (this.problem) return this.problem;
    const clip = this.clips.get(id);
    if (clip) this.clips.set(id, { ...clip, isKept });
    this.#changed();
    return undefined;
  }

  get #columns(): EventColumns {
    const columns = new EventColumns();
    for (const [key, event] of this.events.entries()) columns.put(key, event);
    return columns;
  }

  #changed(): void {
    const columns = this.#columns;
    this.change({ eventCount: columns.count, labels: labelsOf(columns), revision: this.state.revision + 1 });
  }
}
