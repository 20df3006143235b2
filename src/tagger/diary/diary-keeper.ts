import type { Moment } from '../../events/sounding';
import type { PieceMessage } from '../../shared/contracts/capture-messages';
import { type EventRules, SPEECH_LABELS } from '../../shared/contracts/diary/event-rules';
import type { HeardClip, HeardEvent, HeardReport } from '../../shared/contracts/diary/heard';
import type { NamedHead } from '../live/active-heads';
import type { EventMaker } from '../live/listening';
import type { RecentSound } from '../live/recent-sound';
import { ClipCutter, type SoundSoFar } from './clip-cutter';
import { type EventChange, EventFollower, type HearingModel } from './event-follower';
import { LevelMeter } from './level-meter';
import { WallClock } from './wall-clock';

/**
 * How much sound goes by between two reports; a start is reported at once. If the page dies before it has written the last
 * one, less than a second is lost.
 */
const REPORT_SECONDS = 0.375;

/** What the diary of one listening session needs. */
export interface DiaryKeeperParts {
  readonly model: HearingModel;
  /** What was heard; pieces are added to it before they are taken here. */
  readonly sound: RecentSound;
  readonly sampleRateHz: number;
  readonly windowSeconds: number;
  readonly rules: EventRules;
  onHeard(report: HeardReport): void;
}

/**
 * Notices what happened in one listening session: events, their sounds, and the level.
 *
 * Everything goes by the sound's own clock. No timer is involved, so a hidden or throttled page changes nothing.
 */
export class DiaryKeeper implements EventMaker {
  readonly #parts: DiaryKeeperParts;
  readonly #clock = new WallClock();
  readonly #follower: EventFollower;
  readonly #cutter: ClipCutter;
  readonly #meter: LevelMeter;
  /** Events that changed since the last report, by id. */
  #changed = new Map<string, HeardEvent>();
  #newestSeconds = 0;
  #reportedSeconds = Number.NEGATIVE_INFINITY;

  constructor(parts: DiaryKeeperParts) {
    const { model, rules, sampleRateHz, windowSeconds } = parts;
    this.#parts = parts;
    this.#follower = new EventFollower(model, this.#clock, rules);
    this.#cutter = new ClipCutter(windowSeconds, this.#clock, rules);
    this.#meter = new LevelMeter(sampleRateHz);
  }

  /** Applies rules from now on. What sounds ends, and begins anew if it goes on. */
  setRules(rules: EventRules): void {
    this.#note(this.#follower.setRules(rules));
    this.#cutter.setRules(rules);
  }

  takePiece({ samples, endSeconds, waitingPieces }: PieceMessage, nowMs: number): void {
    const pieceMs = (1000 * samples.length) / this.#parts.sampleRateHz;
    this.#clock.arrive(endSeconds, nowMs - waitingPieces * pieceMs);
    this.#meter.push(samples, this.#clock.msAt(endSeconds));
    this.#newestSeconds = endSeconds;
    if (endSeconds - this.#reportedSeconds >= REPORT_SECONDS) this.#report(this.#cutter.take(this.#soundSoFar));
  }

  unsureSoundSeconds(head: NamedHead, moment: Pick<Moment, 'windowEndSeconds' | 'probabilities'>): number | undefined {
    return this.#follower.unsureSoundSeconds(head, moment);
  }

  takeMoment(head: NamedHead, moment: Moment): void {
    this.#cutter.hear(moment.windowEndSeconds, speechIn(head, moment));
    const changes = this.#follower.push(head, moment);
    this.#note(changes);
    for (const change of changes) this.#cutter.follow(change, groupOf(head, change.event.label));
    if (changes.some(({ kind }) => kind === 'start')) this.#report([]);
  }

  finish(): void {
    const ends = this.#follower.finish();
    this.#note(ends);
    for (const end of ends) this.#cutter.follow(end, '');
    this.#report(this.#cutter.finish(this.#soundSoFar));
  }

  get #soundSoFar(): SoundSoFar {
    const { sound, sampleRateHz } = this.#parts;
    return { sound, sampleRateHz, endSeconds: this.#newestSeconds };
  }

  #note(changes: readonly EventChange[]): void {
    for (const { event } of changes) this.#changed.set(event.id, event);
  }

  #report(clips: HeardClip[]): void {
    this.#reportedSeconds = this.#newestSeconds;
    const events = [...this.#changed.values()];
    const levels = this.#meter.take();
    const droppedForSpeech = this.#cutter.takeDropped();
    this.#changed = new Map();
    if (events.length + levels.length + clips.length + droppedForSpeech === 0) return;
    this.#parts.onHeard({ events, levels, clips, droppedForSpeech });
  }
}

/** How likely a person can be overheard in the window; undefined if the head does not know speech. */
function speechIn({ labels }: NamedHead, { probabilities }: Moment): number | undefined {
  const found = SPEECH_LABELS.map((label) => labels.indexOf(label)).filter((i) => i >= 0);
  return found.length === 0 ? undefined : Math.max(...found.map((i) => probabilities[i] as number));
}

function groupOf({ labels, groups }: NamedHead, label: string): string {
  return groups[labels.indexOf(label)] as string;
}
