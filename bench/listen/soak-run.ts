import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Clock } from '../../cli/earmark/listen/clock';
import { ListeningRun } from '../../cli/earmark/listen/listening-run';
import type { Output } from '../../cli/earmark/listen/outputs/output';
import { type OpenSource, reconnecting } from '../../cli/earmark/listen/sources';
import { FileTagger } from '../../cli/earmark/tag/file-tagger';
import { namedHead, type TagSettings } from '../../cli/earmark/tag/settings';
import { tensorCount } from '../../src/model/engine/backends';
import type { NetworkModel } from '../../src/model/engine/loaded-model';
import { openModelFolder } from '../../src/model/folder/node';
import { windowSamples } from '../../src/shared/contracts/model/feature-spec';
import { seededRandom } from '../../src/shared/lib/math/random';
import { encodeWav } from '../../test/unit/support/wav';

export interface SoakOptions {
  readonly modelFolder: string;
  readonly hours: number;
  readonly cuts: number;
  /** Threshold of all labels: what is heard is noise, and few labels are sure of it. */
  readonly threshold: number;
  readonly seed: number;
  onStep(step: string): void;
}

/** What a soak found. */
export interface SoakResult {
  readonly heardHours: number;
  /** Stretches of sound; one more than there are cuts. */
  readonly stretches: number;
  /** Longest time from a source's return to its sound, on the simulated clock. */
  readonly worstReconnectSeconds: number;
  /** Events that were told, and those of `earmark tag` on the same sound. */
  readonly events: number;
  readonly taggedEvents: number;
  /** Events of one that the other lacks, or has more than a stride away. */
  readonly different: number;
  /** Largest difference of a start or an end. */
  readonly worstSeconds: number;
  /** How much sound was told to be lost, and how much was. */
  readonly toldLostSeconds: number;
  readonly lostSeconds: number;
  /** Heap and other memory in use after a tenth of the time and at the end, in MB; tensors that are held. */
  readonly earlyMegabytes: number;
  readonly lateMegabytes: number;
  readonly earlyTensors: number;
  readonly lateTensors: number;
  /** Seconds of sound per second, of the listening alone: by the clock, and of the time that the processor gave. */
  readonly speed: number;
  readonly processorSpeed: number;
}

/** Sound comes in pieces of this length. */
const PIECE_SECONDS = 0.1;

/** A source that is cut off is away for up to this long. */
const LONGEST_ABSENCE_SECONDS = 120;

const STRIDE_SECONDS = 0.125;

/** Largest difference of times: a stride, and the rounding to milliseconds. */
const TOLERANCE_SECONDS = STRIDE_SECONDS + 0.001;

/** Listens to a day of noises in simulated time, with a source that is cut off again and again. */
export async function soakListen(options: SoakOptions): Promise<SoakResult> {
  const { modelFolder, hours, cuts, threshold, seed, onStep } = options;
  const settings: TagSettings = {
    modelFolder,
    headFile: undefined,
    threshold,
    labels: undefined,
    overlapSeconds: undefined,
  };
  const model = await openModelFolder(modelFolder);
  const head = await namedHead(model.folder, settings);
  const source = new CutSource(model.spec.sampleRateHz, 3600 * hours, cuts, seed);
  // No more than what is compared, or the memory that is watched would be that of the lines.
  const told: ToldEvent[] = [];
  let toldLostSeconds = 0;
  const memory = new MemoryWatch(source, (part) =>
    onStep(`${part}: ${told.length} events, ${source.opened} stretches`),
  );
  const output: Output = {
    event({ kind, label, start, end }) {
      if (kind === 'end') told.push({ label, startMs: Date.parse(start), endMs: Date.parse(end) });
    },
    window: () => memory.look(),
    lost: (seconds) => {
      toldLostSeconds += seconds;
    },
  };
  const run = new ListeningRun({ source: 'soak', model, head, outputs: [output], nowMs: () => source.nowMs() });
  const start = performance.now();
  const startUsage = process.cpuUsage();
  await run.hear(source.stretches());
  await run.end();
  const wallSeconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(startUsage);
  memory.end();
  const { earlyMegabytes, lateMegabytes } = memory.result;
  onStep(
    `heard ${source.heardSeconds} s in ${Math.round(wallSeconds)} s, opened again within ${source.worstReconnectSeconds} s, memory ${earlyMegabytes} MB, then ${lateMegabytes} MB`,
  );
  // As many windows as are heard live.
  const windowSeconds = windowSamples(model.spec) / model.spec.sampleRateHz;
  const tagger = await FileTagger.open({ ...settings, overlapSeconds: windowSeconds - STRIDE_SECONDS });
  const comparison = await compare(told, source, tagger, model, onStep);
  model.dispose();
  return {
    heardHours: source.heardSeconds / 3600,
    stretches: source.opened,
    worstReconnectSeconds: source.worstReconnectSeconds,
    ...comparison,
    toldLostSeconds,
    lostSeconds: source.lostSeconds,
    ...memory.result,
    speed: source.heardSeconds / wallSeconds,
    processorSpeed: (1e6 * source.heardSeconds) / (user + system),
  };
}

/** A stretch of sound: where it begins in the noises, how long it is, and when that was. */
interface Heard {
  readonly firstSample: number;
  readonly samples: number;
  readonly startMs: number;
}

/** A source of noises in simulated time, which is away now and then. It is the clock as well. */
class CutSource implements Clock {
  readonly heard: Heard[] = [];
  readonly #sampleRateHz: number;
  readonly #noises: Noises;
  /** Lengths of the stretches, in pieces. */
  readonly #lengths: readonly number[];
  readonly #random: () => number;
  #nowMs = Date.UTC(2026, 5, 1);
  /** Until then, it cannot be opened. */
  #absentUntilMs = 0;
  #samples = 0;
  worstReconnectSeconds = 0;
  lostSeconds = 0;

  constructor(sampleRateHz: number, seconds: number, cuts: number, seed: number) {
    this.#sampleRateHz = sampleRateHz;
    this.#noises = new Noises(sampleRateHz, seed);
    this.#random = seededRandom(seed);
    const shares = Array.from({ length: cuts + 1 }, () => 0.2 + this.#random());
    const sum = shares.reduce((total, share) => total + share, 0);
    this.#lengths = shares.map((share) => Math.max(1, Math.round((share / sum) * (seconds / PIECE_SECONDS))));
  }

  get opened(): number {
    return this.heard.length;
  }

  get heardSeconds(): number {
    return Math.round(this.#samples / this.#sampleRateHz);
  }

  get share(): number {
    const pieces = this.#lengths.reduce((total, length) => total + length, 0);
    return this.#samples / this.#sampleRateHz / (pieces * PIECE_SECONDS);
  }

  nowMs(): number {
    return this.#nowMs;
  }

  async pause(ms: number): Promise<void> {
    this.#nowMs += ms;
  }

  /** What is heard, opened again after each cut, until the last stretch is over. */
  async *stretches(): AsyncGenerator<AsyncIterable<Float32Array>> {
    for await (const stretch of reconnecting(
      () => this.#open(),
      this,
      () => undefined,
    )) {
      yield stretch;
      if (this.opened === this.#lengths.length && this.#isOver) return;
    }
  }

  samplesOf({ firstSample, samples }: Heard): Float32Array {
    return this.#noises.read(firstSample, samples);
  }

  #isOver = false;

  #open(): OpenSource {
    if (this.#nowMs < this.#absentUntilMs) {
      // It takes a moment until a connection is refused.
      this.#nowMs += 20;
      return { samples: nothing(), ended: Promise.resolve('Connection refused'), stop: () => undefined };
    }
    const absentSince = this.heard.at(-1);
    if (absentSince) {
      const { startMs, samples } = absentSince;
      const lastMs = startMs + (1000 * samples) / this.#sampleRateHz;
      this.worstReconnectSeconds = Math.max(this.worstReconnectSeconds, (this.#nowMs - this.#absentUntilMs) / 1000);
      this.lostSeconds += (this.#nowMs - lastMs) / 1000;
    }
    return { samples: this.#sound(), ended: Promise.resolve('Connection lost'), stop: () => undefined };
  }

  async *#sound(): AsyncGenerator<Float32Array> {
    const pieces = this.#lengths[this.opened] as number;
    const samples = Math.round(PIECE_SECONDS * this.#sampleRateHz);
    const firstSample = this.#samples;
    this.heard.push({ firstSample, samples: pieces * samples, startMs: this.#nowMs });
    for (let piece = 0; piece < pieces; piece++) {
      this.#nowMs += 1000 * PIECE_SECONDS;
      const sound = this.#noises.read(this.#samples, samples);
      this.#samples += samples;
      yield sound;
    }
    this.#absentUntilMs = this.#nowMs + 1000 * LONGEST_ABSENCE_SECONDS * this.#random() ** 3;
    this.#isOver = this.opened === this.#lengths.length;
  }
}

async function* nothing(): AsyncGenerator<Float32Array> {}

/** Noises that come and go, with pauses between them: the same for the same seed, wherever one reads. */
class Noises {
  readonly #slotSamples: number;
  readonly #noise: Float32Array;
  readonly #seed: number;

  constructor(sampleRateHz: number, seed: number) {
    this.#slotSamples = 8 * sampleRateHz;
    this.#seed = seed;
    const random = seededRandom(seed);
    this.#noise = Float32Array.from({ length: 20 * sampleRateHz }, () => 2 * random() - 1);
  }

  /** 16-bit samples, as integers over 32,768. */
  read(first: number, count: number): Float32Array {
    const samples = new Float32Array(count);
    for (let i = 0; i < count; ) {
      const slot = Math.floor((first + i) / this.#slotSamples);
      const end = Math.min(count, (slot + 1) * this.#slotSamples - first);
      const random = seededRandom(this.#seed + slot);
      const loudness = random() < 0.3 ? 0.001 : 0.05 + 0.5 * random();
      const smoothing = 0.95 * random();
      const offset = Math.floor(random() * this.#noise.length);
      for (; i < end; i++) {
        const place = (first + i) % this.#slotSamples;
        const envelope = Math.sin((Math.PI * place) / this.#slotSamples) ** 2;
        const at = offset + place;
        const before = this.#noise[(at + this.#noise.length - 1) % this.#noise.length] as number;
        const value = (this.#noise[at % this.#noise.length] as number) - smoothing * before;
        samples[i] = Math.round(16_000 * loudness * envelope * value) / 32_768;
      }
    }
    return samples;
  }
}

/** Looks at the memory after a tenth of the time, and at the end. */
class MemoryWatch {
  readonly #source: CutSource;
  readonly #onTenth: (part: string) => void;
  #tenths = 0;
  #early = { megabytes: 0, tensors: 0 };
  #late = { megabytes: 0, tensors: 0 };

  constructor(source: CutSource, onTenth: (part: string) => void) {
    this.#source = source;
    this.#onTenth = onTenth;
  }

  get result(): Pick<SoakResult, 'earlyMegabytes' | 'lateMegabytes' | 'earlyTensors' | 'lateTensors'> {
    return {
      earlyMegabytes: this.#early.megabytes,
      lateMegabytes: this.#late.megabytes,
      earlyTensors: this.#early.tensors,
      lateTensors: this.#late.tensors,
    };
  }

  /** Call it often. The last look is just before the end, with a window being computed as in the first. */
  look(): void {
    const tenths = Math.floor(10 * this.#source.share);
    const isLast = tenths === 9 && this.#source.share > 0.995 && this.#late.megabytes === 0;
    if (tenths === this.#tenths && !isLast) return;
    if (tenths !== this.#tenths) this.#onTenth(`${10 * tenths} %`);
    if (this.#tenths === 0) this.#early = memoryInUse();
    if (isLast) this.#late = memoryInUse();
    this.#tenths = tenths;
  }

  end(): void {
    if (this.#late.megabytes === 0) this.#late = memoryInUse();
  }
}

/** After everything that is not used was let go of. */
function memoryInUse(): { megabytes: number; tensors: number } {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return { megabytes: (heapUsed + external + arrayBuffers) / 1e6, tensors: tensorCount() };
}

/** An event, in time of day. */
interface ToldEvent {
  readonly label: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** An event on the clock of its stretch. */
interface Span {
  readonly label: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Tags each stretch as a file, and compares the events. */
async function compare(
  told: readonly ToldEvent[],
  source: CutSource,
  tagger: FileTagger,
  { spec }: NetworkModel,
  onStep: (step: string) => void,
): Promise<Pick<SoakResult, 'events' | 'taggedEvents' | 'different' | 'worstSeconds'>> {
  const folder = mkdtempSync(join(tmpdir(), 'earmark-soak-'));
  let [taggedEvents, different, worstSeconds] = [0, 0, 0];
  try {
    for (const [number, heard] of source.heard.entries()) {
      const path = join(folder, 'stretch.wav');
      writeFileSync(path, encodeWav([source.samplesOf(heard)], spec.sampleRateHz, 's16'));
      const { rows } = await tagger.tag({ path: Buffer.from(path), name: '', modifiedMs: undefined }, () => undefined);
      const nextMs = source.heard[number + 1]?.startMs ?? Number.POSITIVE_INFINITY;
      const own = told
        .filter(({ startMs }) => startMs >= heard.startMs && startMs < nextMs)
        .map(({ label, startMs, endMs }) => ({
          label,
          startSeconds: (startMs - heard.startMs) / 1000,
          endSeconds: (endMs - heard.startMs) / 1000,
        }));
      const differences = differencesOf(own, rows);
      taggedEvents += rows.length;
      different += differences.filter((seconds) => !(seconds <= TOLERANCE_SECONDS)).length;
      worstSeconds = Math.max(worstSeconds, ...differences.filter(Number.isFinite));
      if ((number + 1) % 10 === 0) onStep(`${number + 1} stretches compared, ${different} events differ`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { events: told.length, taggedEvents, different, worstSeconds };
}

/** How far each event is from its counterpart; infinitely if it has none. */
function differencesOf(told: readonly Span[], tagged: readonly Span[]): number[] {
  const labels = new Set([...told, ...tagged].map(({ label }) => label));
  return [...labels].flatMap((label) => {
    const byStart = (spans: readonly Span[]): Span[] =>
      spans.filter((span) => span.label === label).sort((a, b) => a.startSeconds - b.startSeconds);
    const [mine, theirs] = [byStart(told), byStart(tagged)];
    return Array.from({ length: Math.max(mine.length, theirs.length) }, (_, i) => {
      const [a, b] = [mine[i], theirs[i]];
      if (!a || !b) return Number.POSITIVE_INFINITY;
      return Math.max(Math.abs(a.startSeconds - b.startSeconds), Math.abs(a.endSeconds - b.endSeconds));
    });
  });
}
