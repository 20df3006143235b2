import type { HeardClip, HeardEvent, HeardReport } from '../../shared/contracts/diary/heard';
import { type Problem, problemOf } from '../../shared/contracts/messages/problem';
import type { LevelSpan, SoundEvent, SoundSource } from '../../shared/contracts/sound-event';
import type { DiaryEntries } from '../../store/diary/diary-store';
import type { EventRow } from '../../store/diary/event-row';

/** What waits for the store at most. It is a day's worth, and 10 MB with embeddings. */
const MOST_WAITING_EVENTS = 10_000;
const MOST_WAITING_LEVELS = 20_000;

/** The parts of a recorder. */
export interface RecorderParts {
  /** Writes all of it or, if it fails, nothing. */
  write(entries: DiaryEntries): Promise<void>;
  /** Clips were written: makes room for the next. @returns how many were deleted. */
  makeRoom(): Promise<number>;
}

/** What a recorder has to tell. */
export interface RecorderReport {
  /** Events that wait to be written. */
  readonly unwritten: number;
  /** Clips that were not kept, or deleted, for lack of room. */
  readonly droppedForRoom: number;
  readonly droppedForSpeech: number;
  /** Why writing failed the last time. */
  readonly problem: Problem | undefined;
}

/**
 * Writes down what the worker reports.
 *
 * What cannot be written waits for the next report. Nothing here uses a timer: a hidden page's timers are late.
 */
export class DiaryRecorder {
  readonly #parts: RecorderParts;
  readonly #onReport: (report: RecorderReport) => void;
  /** Events that still sound, by id. */
  readonly #open = new Map<string, EventRow>();
  #events = new Map<string, EventRow>();
  #levels: LevelSpan[] = [];
  #clips: HeardClip[] = [];
  #droppedForRoom = 0;
  #droppedForSpeech = 0;
  #problem: Problem | undefined;
  #writing: Promise<void> | undefined;

  constructor(parts: RecorderParts, onReport: (report: RecorderReport) => void) {
    this.#parts = parts;
    this.#onReport = onReport;
  }

  /** Writes what was heard, or as much as waits, together. Resolves when it was tried. */
  async heard({ events, levels, clips, droppedForSpeech }: HeardReport, source: SoundSource): Promise<void> {
    for (const event of events) this.#note(this.#rowOf(event, source));
    this.#levels = [...this.#levels, ...levels].slice(-MOST_WAITING_LEVELS);
    this.#clips.push(...clips);
    this.#droppedForSpeech += droppedForSpeech;
    await this.#write();
  }

  /** Nothing more will be reported of what sounds: it ends with its last report. */
  async endAll(): Promise<void> {
    for (const { open: _, ...event } of this.#open.values()) this.#note(event);
    await this.#write();
  }

  /** Whether an event was written down, or waits to be, and still sounds. */
  isOpen(id: string): boolean {
    return this.#open.has(id);
  }

  #note(row: EventRow): void {
    if (row.open) this.#open.set(row.id, row);
    else this.#open.delete(row.id);
    this.#events.set(row.id, row);
    const [oldest] = this.#events.keys();
    if (this.#events.size > MOST_WAITING_EVENTS) this.#events.delete(oldest as string);
  }

  #rowOf({ isOpen, ...heard }: HeardEvent, source: SoundSource): EventRow {
    const event: SoundEvent = { ...heard, source, ...(this.#open.get(heard.id) ?? zoneAt(heard.startMs)), ...heard };
    const { open: _, ...ended } = event as EventRow;
    return isOpen ? { ...ended, open: 1 } : ended;
  }

  /** One after another: what comes meanwhile is written next, together. */
  async #write(): Promise<void> {
    while (this.#writing) await this.#writing;
    if (this.#events.size + this.#levels.length + this.#clips.length === 0) {
      this.#problem = undefined;
      return this.#tell();
    }
    this.#writing = this.#writeWaiting();
    await this.#writing;
  }

  async #writeWaiting(): Promise<void> {
    const [events, levels, clips] = [this.#events, this.#levels, this.#clips];
    this.#events = new Map();
    this.#levels = [];
    this.#clips = [];
    try {
      await this.#parts.write({ events: [...events.values()], levels, clips });
      this.#problem = undefined;
      if (clips.length > 0) this.#droppedForRoom += await this.#parts.makeRoom();
    } catch (error) {
      this.#problem = problemOf(error);
      this.#events = new Map([...events, ...this.#events]);
      this.#levels = [...levels, ...this.#levels];
      // They may be what does not fit.
      this.#droppedForRoom += clips.length;
    }
    this.#writing = undefined;
    this.#tell();
  }

  #tell(): void {
    this.#onReport({
      unwritten: this.#events.size,
      droppedForRoom: this.#droppedForRoom,
      droppedForSpeech: this.#droppedForSpeech,
      problem: this.#problem,
    });
  }
}

/** The time zone in which something is heard, and its offset then. */
function zoneAt(startMs: number): Pick<SoundEvent, 'timeZone' | 'utcOffsetMinutes'> {
  return {
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    utcOffsetMinutes: -new Date(startMs).getTimezoneOffset(),
  };
}
