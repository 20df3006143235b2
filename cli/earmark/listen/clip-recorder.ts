import { type ClipRule, defaultEventRules, SPEECH_LABELS } from '../../../src/shared/contracts/diary/event-rules';
import { ClipCutter } from '../../../src/tagger/diary/clip-cutter';
import type { WallClock } from '../../../src/tagger/diary/wall-clock';
import { RecentSound } from '../../../src/tagger/live/recent-sound';
import type { NamedHead } from '../tag/settings';
import type { EventLine } from './event-line';
import type { ClipFolder } from './outputs/clip-folder';
import type { Output } from './outputs/output';

/** Which part of an event's sound is kept: all of it, with what came before. */
const rule: ClipRule = { secondsBefore: 5, secondsAfter: 2, longestSeconds: 60, untilEnd: true };

export interface ClipRecorderParts {
  readonly folder: ClipFolder;
  readonly head: NamedHead;
  readonly sampleRateHz: number;
  readonly windowSeconds: number;
  readonly clock: WallClock;
  readonly outputs: readonly Output[];
}

interface ClippedEvent {
  readonly label: string;
  readonly peakProbability: number;
  /** Undefined while it goes on. */
  readonly endSeconds: number | undefined;
}

/** Keeps the sounds of events in one stretch; none in which a person can be overheard, as in the page. */
export class ClipRecorder {
  readonly #parts: ClipRecorderParts;
  readonly #sound: RecentSound;
  readonly #cutter: ClipCutter;
  readonly #speech: readonly number[];
  /** The newest state of the events whose clips are not written yet, by id. */
  readonly #events = new Map<string, ClippedEvent>();
  #samples = 0;

  constructor(parts: ClipRecorderParts) {
    const { head, windowSeconds, clock, sampleRateHz } = parts;
    const rules = {
      ...defaultEventRules,
      labels: Object.fromEntries(head.labels.map(({ id }) => [id, { clip: rule }])),
    };
    this.#parts = parts;
    this.#sound = new RecentSound(sampleRateHz);
    this.#cutter = new ClipCutter(windowSeconds, clock, rules);
    this.#speech = head.labels.flatMap(({ id }, i) => (SPEECH_LABELS.includes(id) ? [i] : []));
  }

  /** Takes the next samples, once all windows before them were heard. */
  push(samples: Float32Array): void {
    this.#save(this.#cutter.take(this.#heard));
    this.#forgetUncut();
    this.#sound.push(samples);
    this.#samples += samples.length;
  }

  window(windowEndSeconds: number, probabilities: ArrayLike<number>): void {
    const speech = this.#speech.map((label) => probabilities[label] as number);
    this.#cutter.hear(windowEndSeconds, speech.length === 0 ? undefined : Math.max(...speech));
  }

  event(line: EventLine, startSeconds: number, endSeconds: number): void {
    const isWaiting = line.kind === 'start' || this.#events.has(line.id);
    if (isWaiting) {
      const ended = line.kind === 'end' ? endSeconds : undefined;
      this.#events.set(line.id, { label: line.label, peakProbability: line.probability, endSeconds: ended });
    }
    this.#cutter.follow({ kind: line.kind, event: line, startSeconds, endSeconds }, '');
  }

  /** The stretch is over: every clip ends where it does. */
  finish(): void {
    this.#save(this.#cutter.finish(this.#heard));
    this.#events.clear();
  }

  get #heard(): Parameters<ClipCutter['take']>[0] {
    const { sampleRateHz } = this.#parts;
    return { sound: this.#sound, sampleRateHz, endSeconds: this.#samples / sampleRateHz };
  }

  /** Forgets events whose clips should be there by now: someone spoke. */
  #forgetUncut(): void {
    const ready = this.#heard.endSeconds - rule.secondsAfter - this.#parts.windowSeconds;
    for (const [id, { endSeconds }] of this.#events) {
      if (endSeconds !== undefined && endSeconds < ready) this.#events.delete(id);
    }
  }

  #save(clips: ReturnType<ClipCutter['take']>): void {
    const { folder, outputs } = this.#parts;
    for (const clip of clips) {
      const about = this.#events.get(clip.event);
      if (!about) continue;
      this.#events.delete(clip.event);
      folder.save(clip, about, (line) => {
        for (const output of outputs) output.clip?.(line);
      });
    }
  }
}
