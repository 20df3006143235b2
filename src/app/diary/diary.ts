import type { DiaryFilter, FoundEvents, LabelCounts, SimilarEvent } from '../../shared/contracts/diary/diary-query';
import type { DiarySettings } from '../../shared/contracts/diary/diary-settings';
import type { HeardReport } from '../../shared/contracts/diary/heard';
import { type Problem, problemOf } from '../../shared/contracts/messages/problem';
import type { LevelSpan, SoundEvent, SoundSource, Verdict } from '../../shared/contracts/sound-event';
import { WRITER_EVENT } from '../../store/store-writer';
import { StateHolder } from '../state-holder';
import type { Notices } from '../teach/notices';
import { CurrentLabels } from './current-labels';
import type { DiaryParts, Store } from './diary-parts';
import { DiaryRecorder, type RecorderReport } from './diary-recorder';
import { type DiaryClip, type DiaryCommands, type DiaryState, emptyDiaryState } from './diary-state';

/** The page draws a burst of changes once. */
const REFRESH_MS = 250;

/** Old events are deleted while listening, and at its start. */
const PRUNE_EVERY_MS = 3_600_000;

/** What the diary needs of the app. */
export interface DiaryHost {
  settings(): DiarySettings;
  /** Whether the model or the person has a label of this id. */
  hasLabel(id: string): boolean;
  /** Whether the window that writes also listens. Asked in the others. */
  writerListens(): Promise<boolean>;
  readonly notices: Pick<Notices, 'report' | 'saved'>;
}

/** Writes down what happens, and answers what happened. */
export class Diary implements DiaryCommands {
  readonly #holder: StateHolder<DiaryState>;
  readonly subscribe: StateHolder<DiaryState>['subscribe'];
  readonly #parts: DiaryParts;
  readonly #host: DiaryHost;
  readonly #store: Store;
  readonly #recorder: DiaryRecorder;
  #opened: Promise<void> | undefined;
  #prunedAtMs = Number.NEGATIVE_INFINITY;
  #refreshTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: DiaryParts, host: DiaryHost, holder = new StateHolder(emptyDiaryState)) {
    this.#parts = parts;
    this.#holder = holder;
    this.subscribe = holder.subscribe;
    this.#host = host;
    this.#store = parts.openStore(() => this.#refreshSoon());
    this.#recorder = new DiaryRecorder(
      {
        write: (entries) => this.#store.write(entries),
        makeRoom: () => this.#store.makeRoom(1e6 * this.#host.settings().clipMegabytes),
      },
      (report) => this.#take(report),
    );
    parts.writer.addEventListener(WRITER_EVENT, () => void this.#read(() => this.#begin()));
  }

  get state(): DiaryState {
    return this.#holder.state;
  }

  /** The worker reports what was heard at the source. */
  async heard(report: HeardReport, source: SoundSource): Promise<void> {
    const { isOn, keepDays, mostEvents } = this.#host.settings();
    if (!isOn) return this.#recorder.endAll();
    const mayWrite = await this.#parts.writer.mayWrite();
    // Another window, which writes, may hear the same.
    const isHeardElsewhere = !mayWrite && (await this.#host.writerListens());
    await this.#recorder.heard(isHeardElsewhere ? this.#rest(report) : report, source);
    const nowMs = Date.now();
    if (!mayWrite || Math.abs(nowMs - this.#prunedAtMs) < PRUNE_EVERY_MS) return;
    this.#prunedAtMs = nowMs;
    await this.#read(() => this.#store.prune(keepDays, mostEvents, nowMs));
  }

  /** The worker is gone, and what sounded with it. */
  async loseWorker(): Promise<void> {
    await this.#recorder.endAll();
  }

  prune(): Promise<Problem | undefined> {
    const { keepDays, mostEvents } = this.#host.settings();
    return this.#attempt(() => this.#store.prune(keepDays, mostEvents, Date.now()));
  }

  open(): Promise<void> {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  find(filter: DiaryFilter): Promise<FoundEvents> {
    return this.#store.find(this.#labels.filter(filter));
  }

  async rows({ keys }: FoundEvents, from: number, to: number): Promise<(SoundEvent | undefined)[]> {
    const rows = await this.#store.rows(keys.subarray(from, to));
    const labels = this.#labels;
    return rows.map((event) => event && labels.event(event));
  }

  async details({ keys }: FoundEvents, from: number, to: number): Promise<SoundEvent[]> {
    const labels = this.#labels;
    return (await this.#store.details(keys.subarray(from, to))).map((event) => labels.event(event));
  }

  async event(id: string): Promise<SoundEvent | undefined> {
    const event = await this.#store.event(id);
    return event && this.#labels.event(event);
  }

  async similar(event: SoundEvent): Promise<SimilarEvent[]> {
    const labels = this.#labels;
    const similar = await this.#store.similar(event);
    return similar.map((other) => ({ ...other, event: labels.event(other.event) }));
  }

  async counts(filter: DiaryFilter, edgesMs: readonly number[]): Promise<LabelCounts[]> {
    const labels = this.#labels;
    return labels.counts(await this.#store.counts(labels.filter(filter), edgesMs));
  }

  levels(fromMs: number, toMs: number): Promise<LevelSpan[]> {
    return this.#store.levels(fromMs, toMs);
  }

  clip(id: string): Promise<DiaryClip | undefined> {
    return this.#store.sound(id);
  }

  async judge(ids: readonly string[], verdict: Verdict | undefined): Promise<Problem | undefined> {
    const problem = await this.#attempt(() =>
      this.#store.update(ids, ({ verdict: _, ...event }) => (verdict ? { ...event, verdict } : event)),
    );
    if (!problem) this.#rememberNames(ids.map((id) => [id, '']));
    return problem;
  }

  async typedName(id: string): Promise<string> {
    return this.#parts.unsavedNames.load()?.[id] ?? '';
  }

  async keepTypedName(id: string, name: string): Promise<void> {
    this.#rememberNames([[id, name]]);
  }

  async annotate(id: string, note: string): Promise<Problem | undefined> {
    const text = note.trim();
    const { unsavedNotes } = this.#parts;
    unsavedNotes.save({ ...unsavedNotes.load(), [id]: text });
    const problem = await this.#attempt(() =>
      this.#store.update([id], ({ note: _, ...event }) => (text === '' ? event : { ...event, note: text })),
    );
    const { [id]: saved, ...others } = unsavedNotes.load() ?? {};
    if (!problem && saved === text) unsavedNotes.save(Object.keys(others).length === 0 ? undefined : others);
    return problem;
  }

  async remove(ids: readonly string[]): Promise<Problem | undefined> {
    const problem = await this.#attempt(() => this.#store.remove(ids));
    if (!problem) this.#rememberNames(ids.map((id) => [id, '']));
    return problem;
  }

  async exportDamaged(): Promise<Blob | undefined> {
    try {
      return await this.#store.exportDamaged();
    } catch (error) {
      this.#host.notices.report([problemOf(error)]);
      return undefined;
    }
  }

  removeDamaged(): Promise<Problem | undefined> {
    return this.#attempt(() => this.#store.removeDamaged());
  }

  keepClip(id: string, isKept: boolean): Promise<Problem | undefined> {
    return this.#attempt(() => this.#store.keepSound(id, isKept));
  }

  #rememberNames(typed: readonly [id: string, name: string][]): void {
    const { unsavedNames } = this.#parts;
    const all = { ...unsavedNames.load(), ...Object.fromEntries(typed) };
    const names = Object.fromEntries(Object.entries(all).filter(([, name]) => name !== ''));
    unsavedNames.save(Object.keys(names).length === 0 ? undefined : names);
  }

  get #labels(): CurrentLabels {
    return new CurrentLabels(this.#host.settings().renamed, this.#host.hasLabel);
  }

  async #open(): Promise<void> {
    this.#holder.change({ storage: 'opening' });
    try {
      const isWriter = await this.#parts.writer.mayWrite();
      if (isWriter) await this.#begin();
      this.#holder.change({ elsewhere: !isWriter });
      await this.#refresh();
      this.#holder.change({ storage: 'ready', problem: undefined });
      // Counting a million rows takes a second, for which the view need not wait.
      void this.#read(() => this.#lookForDamage());
    } catch (error) {
      this.#opened = undefined;
      this.#holder.change({ storage: 'missing', problem: problemOf(error) });
    }
  }

  /** This window writes from now on. */
  async #begin(): Promise<void> {
    await this.#store.begin();
    for (const [id, note] of Object.entries(this.#parts.unsavedNotes.load() ?? {})) void this.annotate(id, note);
  }

  #take({ unwritten, droppedForRoom, droppedForSpeech, problem }: RecorderReport): void {
    const { clips } = this.state;
    const unwrittenBecause = problem;
    this.#holder.change({ unwritten, unwrittenBecause, clips: { ...clips, droppedForRoom, droppedForSpeech } });
  }

  /** What another window does not write down as well: the rest of sounds that this one had begun to write down. */
  #rest({ events }: HeardReport): HeardReport {
    const begun = events.filter(({ id }) => this.#recorder.isOpen(id));
    return { events: begun, levels: [], clips: [], droppedForSpeech: 0 };
  }

  /** A change that a person wants, who is told if it fails. */
  async #attempt(change: () => Promise<unknown>): Promise<Problem | undefined> {
    try {
      await change();
      this.#host.notices.saved();
      return undefined;
    } catch (error) {
      const problem = problemOf(error);
      this.#host.notices.report([problem]);
      return problem;
    }
  }

  /** What goes on by itself. */
  async #read(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      this.#holder.change({ problem: undefined, elsewhere: !(await this.#parts.writer.mayWrite()) });
    } catch (error) {
      this.#holder.change({ problem: problemOf(error) });
    }
  }

  #refreshSoon(): void {
    if (this.#opened === undefined || this.#refreshTimer !== undefined) return;
    this.#refreshTimer = setTimeout(() => {
      this.#refreshTimer = undefined;
      void this.#read(async () => {
        await this.#refresh();
        await this.#lookForDamage();
      });
    }, REFRESH_MS);
  }

  async #lookForDamage(): Promise<void> {
    const damaged = await this.#store.damaged();
    if (damaged.length + this.state.damaged.length > 0) this.#holder.change({ damaged });
  }

  async #refresh(): Promise<void> {
    const [{ eventCount, labels }, kept] = await Promise.all([this.#store.open(), this.#store.clips()]);
    const { clips, revision } = this.state;
    const bytes = kept.reduce((sum, clip) => sum + clip.bytes, 0);
    this.#holder.change({
      eventCount,
      labels: this.#labels.labels(labels),
      clips: { ...clips, count: kept.length, bytes },
      revision: revision + 1,
    });
  }
}
