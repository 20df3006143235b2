/** Measures how well events begin and end with their sounds. Usage: `npm run bench:event-times -- --help`. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AudioFileReader } from '../cli/audio/audio-file-reader';
import { type ClipRow, readClipList } from '../cli/clips/clip-list';
import { startCommand } from '../cli/command';
import { modelFolder } from '../cli/networks/model-path';
import { EventDetector } from '../src/events/detector';
import type { Detection, Moment } from '../src/events/sounding';
import { eventThresholds } from '../src/events/thresholds';
import { eventTiming } from '../src/events/timing';
import { openModelFolder } from '../src/model/folder/node';
import type { UnsureSound } from '../src/recordings/hear-again';
import { tagLive } from '../src/recordings/tag-live';
import { defaultEventRules } from '../src/shared/contracts/diary/event-rules';
import { SHIPPED_MODEL } from '../src/shared/contracts/model/shipped-model';
import { quantile } from '../src/shared/lib/math/quantile';
import { seededRandom } from '../src/shared/lib/math/random';

/** Between two clips is this much noise alone: more than the gap, since neighbours may have the same label. */
const MARGIN_SECONDS = eventTiming.gapSeconds + 2;
/** An event that is so close to a sound of its label belongs to it. */
const NEAR_SECONDS = 2;
/** A narrow band can be heard, and recognised, this much below noise of all frequencies. */
const HEARD_BELOW_NOISE_DB = 10;
/** Where the data set usually is. */
const USUAL_CLIPS = '../shared/data/clips.csv';

/** Level of the noise, and how much louder the loudest frame of a clip is. */
const NOISE_DB = -55;
const SIGNAL_TO_NOISE_DB = 20;
const FRAME_SECONDS = 0.02;
/** What the issue of the diary asks for. */
const GOOD_START_SECONDS = 0.5;
/** One window and a frame. */
const EXACT_START_SECONDS = 0.15;
const LONGEST_OVERHANG_SECONDS = eventTiming.holdSeconds + 1;

const usage = `usage: npm run bench:event-times -- [--clips LIST.csv] [--root DIR] [--fold 4] [--most 200]
                                      [--model NAME] [--every 2,4] [--beneath 10]

Lays the clips of a fold over noise, one after another, at known times; tags
the result as a recording; and compares the events with the times. A sound begins with the first frame of its clip that is
louder than the noise, and ends with the last one that is not ${HEARD_BELOW_NOISE_DB} dB quieter; pauses up to ${eventTiming.gapSeconds} s belong to it. Rules
and times are chosen by every other clip, and reported on the rest. There are eight windows a second; --every 2,4
also reports what events would be made of only every second or fourth one, as of recordings. --beneath 10 lays other clips
beneath the whole scene, ten decibels quieter. --model names another network than the one that ships, such as one that heard
nothing of the fold.`;

startCommand(usage);
const { values } = parseArgs({
  options: {
    clips: { type: 'string' },
    root: { type: 'string', default: '../shared/data/clips' },
    fold: { type: 'string', default: '4' },
    model: { type: 'string', default: SHIPPED_MODEL },
    most: { type: 'string', default: '200' },
    every: { type: 'string', default: '' },
    beneath: { type: 'string' },
  },
});
const clipList = values.clips ?? USUAL_CLIPS;
if (values.clips === undefined && !existsSync(USUAL_CLIPS)) {
  console.log(`SKIPPED: there is no list of clips at ${USUAL_CLIPS}, so nothing was measured.`);
  process.exit(0);
}

/** A sound in the scene. */
interface Sound {
  readonly file: string;
  readonly label: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

interface Scene {
  readonly samples: Float32Array;
  /** By clip: most have one sound. */
  readonly clips: readonly Sound[][];
}

const model = await openModelFolder(modelFolder(values.model));
const { sampleRateHz } = model.spec;
const labels = model.labels.map(({ id }) => id);
const rows = (await readClipList(clipList, ['fold'])).filter(
  ({ fold, labels: own }) => fold === values.fold && own.length === 1 && labels.includes(own[0] as string),
);
const step = Math.max(1, rows.length / Number(values.most));
const chosen = rows.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));

const scene = await sceneOf(chosen);
const thresholds = eventThresholds({ labels, model: model.folder.thresholds }, defaultEventRules);
const moments = await momentsOf(scene.samples);
const filledCount = moments.filter(({ filledProbabilities }) => filledProbabilities).length;
const half = (parity: number): Sound[] => scene.clips.filter((_, i) => i % 2 === parity).flat();

console.log(
  `${chosen.length} clips, ${scene.clips.flat().length} sounds, ${seconds(scene.samples.length / sampleRateHz)}`,
);
report('the same clips', half(0));
nameUnfit(half(0));
report('the other clips', half(1));
for (const every of values.every.split(',').filter(Boolean).map(Number)) {
  report(`the other clips, one window in ${every}`, half(1), every);
}

/** Prints how events fit sounds. @param every of how many windows one is used. */
function report(name: string, sounds: readonly Sound[], every = 1): void {
  const { starts, told, ends, splits, joined, missed, alarms } = matches(sounds, every);
  const within = (most: number): string =>
    `within ${most} s: ${percent(starts.filter((error) => Math.abs(error) <= most).length, starts.length)}`;
  const long = ends.filter((overhang) => overhang > LONGEST_OVERHANG_SECONDS).length;
  console.log(
    `${name}: ${sounds.length} sounds, ${missed} not heard; start ${within(GOOD_START_SECONDS)}, ${within(EXACT_START_SECONDS)} ` +
      `(median ${seconds(quantile(starts, 0.5))}, 5 % ${seconds(quantile(starts, 0.05))}, 95 % ${seconds(quantile(starts, 0.95))}); ` +
      `told ${seconds(quantile(told, 0.5))} after the sound began (median; within 1 s: ${percent(told.filter((after) => after <= 1).length, told.length)}); ` +
      `split ${splits}; joined with the sound before ${joined}; end: median ${seconds(quantile(ends, 0.5))} after the sound, 95 % ${seconds(quantile(ends, 0.95))}, ` +
      `longest ${seconds(Math.max(...ends))}, later than ${LONGEST_OVERHANG_SECONDS} s: ${long}; ` +
      `other events: ${alarms} in the whole scene; ${filledCount} windows filled`,
  );
}

/** Names what does not fit: only of clips that may be looked at to mend it. */
function nameUnfit(sounds: readonly Sound[]): void {
  for (const sound of sounds) {
    const { starts, ends, splits } = matches([sound]);
    const [start = 0, end = 0] = [starts[0], ends[0]];
    if (splits === 0 && end <= LONGEST_OVERHANG_SECONDS && Math.abs(start) <= GOOD_START_SECONDS) continue;
    const what = `start ${seconds(start)}, end ${seconds(end)} after the sound, split ${splits}`;
    console.log(`  ${sound.file} (${labels[sound.label]}, ${seconds(sound.endSeconds - sound.startSeconds)}): ${what}`);
  }
}

interface Matches {
  /** Of the first event of each sound that was heard, in seconds after the sound's own. */
  readonly starts: number[];
  /** When it was first reported. */
  readonly told: number[];
  readonly ends: number[];
  /** Events beyond the first of a sound. */
  readonly splits: number;
  /** Sounds that are part of the event of the sound before them. */
  readonly joined: number;
  readonly missed: number;
  /** Events that belong to no sound of the scene. */
  readonly alarms: number;
}

function matches(sounds: readonly Sound[], every = 1): Matches {
  const { events, toldSeconds } = eventsOf(every);
  const belongs = (event: Detection, sound: Sound): boolean =>
    event.label === sound.label &&
    event.startSeconds < sound.endSeconds + NEAR_SECONDS &&
    event.endSeconds > sound.startSeconds - NEAR_SECONDS;
  const all = scene.clips.flat();
  // A pause that is hardly longer than the gap can be bridged: such an event begins with one sound and ends with another.
  const soundsOfEvent = new Map(events.map((event) => [event, all.filter((sound) => belongs(event, sound))]));
  const found = sounds.map((sound) => ({
    sound,
    own: events.filter((event) => soundsOfEvent.get(event)?.[0] === sound),
    isJoined: events.some((event) => soundsOfEvent.get(event)?.slice(1).includes(sound)),
  }));
  const heard = found.filter(({ own }) => own.length > 0);
  const overhang = (event: Detection): number =>
    event.endSeconds - Math.max(...(soundsOfEvent.get(event) ?? []).map(({ endSeconds }) => endSeconds));
  return {
    starts: heard.map(({ sound, own }) => (own[0] as Detection).startSeconds - sound.startSeconds),
    told: heard.map(({ sound, own }) => (toldSeconds.get((own[0] as Detection).id) as number) - sound.startSeconds),
    ends: heard.map(({ own }) => overhang(own.at(-1) as Detection)),
    splits: heard.reduce((sum, { own }) => sum + own.length - 1, 0),
    joined: found.filter(({ own, isJoined }) => own.length === 0 && isJoined).length,
    missed: found.filter(({ own, isJoined }) => own.length === 0 && !isJoined).length,
    alarms: events.filter((event) => soundsOfEvent.get(event)?.length === 0).length,
  };
}

function eventsOf(every: number): { events: Detection[]; toldSeconds: ReadonlyMap<string, number> } {
  const detector = newDetector();
  const toldSeconds = new Map<string, number>();
  const events: Detection[] = [];
  for (const moment of [...moments.filter((_, i) => i % every === 0), undefined]) {
    // Recordings, of which nothing is told, are not asked again.
    const heard = moment && every !== 1 ? { ...moment, filledProbabilities: undefined } : moment;
    for (const { kind, detection } of heard ? detector.push(heard) : detector.finish()) {
      if (kind === 'start' && heard) toldSeconds.set(detection.id, heard.windowEndSeconds);
      if (kind === 'end') events.push(detection);
    }
  }
  return { events, toldSeconds };
}

function newDetector(): EventDetector {
  let ids = 0;
  return new EventDetector(thresholds, eventTiming, () => String(ids++));
}

/** What is heard in each window of the scene; in some twice, as by whatever listens live. */
async function momentsOf(samples: Float32Array): Promise<Moment[]> {
  async function* pieces(): AsyncGenerator<Float32Array> {
    yield samples;
  }
  const all: Moment[] = [];
  const detector = newDetector();
  const unsureSoundSeconds: UnsureSound = (moment) => detector.unsureSoundSeconds(moment);
  const options = { model, head: model.folder.head, stepStrides: 1, tailSeconds: 0, unsureSoundSeconds };
  for await (const { embedding: _, filledEmbedding: __, ...moment } of tagLive(pieces(), options)) {
    detector.push(moment);
    all.push({ ...moment, probabilities: Float32Array.from(moment.probabilities) });
  }
  return all;
}

async function sceneOf(list: readonly ClipRow[]): Promise<Scene> {
  const reader = new AudioFileReader();
  const margin = Math.round(MARGIN_SECONDS * sampleRateHz);
  const parts: Float32Array[] = [];
  const clips: Sound[][] = [];
  let at = margin;
  for (const { file, labels: own } of list) {
    const samples = await reader.read(join(values.root, file), sampleRateHz);
    const levels = frameLevels(samples);
    const gain = 10 ** ((NOISE_DB + SIGNAL_TO_NOISE_DB - Math.max(...levels)) / 20);
    const overNoise = levels.map((level) => level + 20 * Math.log10(gain) - NOISE_DB);
    clips.push(soundsOf(overNoise, file, labels.indexOf(own[0] as string), at / sampleRateHz));
    parts.push(samples.map((sample) => sample * gain));
    at += samples.length + margin;
  }
  reader.close();
  const random = seededRandom(1);
  // Uniform noise between ±1 has a mean square of a third.
  const amplitude = Math.sqrt(3) * 10 ** (NOISE_DB / 20);
  const scene = Float32Array.from({ length: at }, () => amplitude * (2 * random() - 1));
  let start = margin;
  for (const part of parts) {
    for (let i = 0; i < part.length; i++) scene[start + i] = (scene[start + i] as number) + (part[i] as number);
    start += part.length + margin;
  }
  if (values.beneath !== undefined) layBeneath(scene, parts, Number(values.beneath));
  return { samples: scene, clips };
}

/** Adds other clips to a scene from its start to its end, with pauses of a second. */
function layBeneath(scene: Float32Array, parts: readonly Float32Array[], quieterDb: number): void {
  const gain = 10 ** (-quieterDb / 20);
  let start = 0;
  // A prime number of clips ahead, so that no clip meets itself.
  for (let next = 7; start < scene.length; next += 7) {
    const part = parts[next % parts.length] as Float32Array;
    for (let i = 0; i < part.length && start + i < scene.length; i++) {
      scene[start + i] = (scene[start + i] as number) + gain * (part[i] as number);
    }
    start += part.length + sampleRateHz;
  }
}

function frameLevels(samples: Float32Array): number[] {
  const length = Math.round(FRAME_SECONDS * sampleRateHz);
  return Array.from({ length: Math.floor(samples.length / length) }, (_, i) => {
    const frame = samples.subarray(i * length, (i + 1) * length);
    return 10 * Math.log10(frame.reduce((sum, sample) => sum + sample * sample, 0) / length);
  });
}

function soundsOf(overNoiseDb: readonly number[], file: string, label: number, startSeconds: number): Sound[] {
  const sounds: { file: string; label: number; startSeconds: number; endSeconds: number }[] = [];
  for (const [i, overDb] of overNoiseDb.entries()) {
    const from = startSeconds + i * FRAME_SECONDS;
    const last = sounds.at(-1);
    const goesOn = last !== undefined && from - last.endSeconds <= eventTiming.gapSeconds;
    if (goesOn && overDb > -HEARD_BELOW_NOISE_DB) last.endSeconds = from + FRAME_SECONDS;
    else if (!goesOn && overDb > 0) sounds.push({ file, label, startSeconds: from, endSeconds: from + FRAME_SECONDS });
  }
  return sounds;
}

function seconds(value: number): string {
  return `${value.toFixed(2)} s`;
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}
