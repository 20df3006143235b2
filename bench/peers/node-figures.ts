import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AudioFileReader } from '../../cli/audio/audio-file-reader';
import { readClipList } from '../../cli/clips/clip-list';
import { modelScorer } from '../../cli/clips/clip-scorer';
import { evaluateClips } from '../../cli/evaluation/evaluation';
import { LogMelExtractor } from '../../src/dsp/log-mel';
import type { NetworkModel } from '../../src/model/engine/loaded-model';
import { readExemplars } from '../../src/model/folder/exemplars';
import { openModelFolder } from '../../src/model/folder/node';
import { headProbabilities } from '../../src/model/head/head';
import { embeddingScale } from '../../src/model/head/training-batches';
import { trainWeights } from '../../src/model/head/weights-trainer';
import type { TrainingClip } from '../../src/shared/contracts/model/head';
import { SHIPPED_MODEL } from '../../src/shared/contracts/model/shipped-model';
import { median } from '../../src/shared/lib/math/quantile';
import { seededRandom } from '../../src/shared/lib/math/random';
import { embedClip } from '../../src/tagger/clip-embedding';
import { Tagger } from '../../src/tagger/tagger';
import { trainHead } from '../../src/tagger/training/train-head';
import { mean, type Spread, spread } from '../statistics';

const MODEL_FOLDER = fileURLToPath(new URL(`../../public/models/${SHIPPED_MODEL}`, import.meta.url));
/** The fold that the shipped model was not trained on. */
const TEST_FOLD = '4';
const TEST_CLIPS = /^esc50\//;

/** How much to measure. */
export interface NodeEffort {
  readonly frontEndBlocks: number;
  readonly embeddingClips: number;
  readonly labelCounts: readonly number[];
  readonly clipCounts: readonly number[];
  readonly trainingEpochs: number;
}

/** The cost of a head with this many labels. */
export interface LabelGrowth {
  readonly labels: number;
  /** Applying the head to one embedding, including calibration. */
  readonly headMsPerTag: number;
  /** One epoch over {@link LABEL_ROWS} embeddings. */
  readonly trainingMsPerEpoch: number;
}

/** The cost of training with this many five-second clips. */
export interface ClipGrowth {
  readonly clips: number;
  readonly labels: number;
  /** Cross-validation, the head itself, calibration and proof. */
  readonly trainingMs: number;
}

export interface NodeFigures {
  /** For blocks of one second of sound. */
  readonly frontEndMicrosecondsPerHop: Spread;
  /** Seconds of sound embedded per second, including the front end. */
  readonly embeddingSecondsPerSecond: number;
  /** Seconds of sound tagged as files per second, including the front end. */
  readonly taggingSecondsPerSecond: number;
  readonly growthWithLabels: readonly LabelGrowth[];
  readonly growthWithClips: readonly ClipGrowth[];
}

export interface Accuracy {
  readonly clips: number;
  readonly accuracy: number;
  readonly macroAuc: number | null;
}

const CLIP_SECONDS = 5;
const LABEL_ROWS = 1024;
/** Windows of a clip used in training, and labels that a person trains. */
const ROWS_PER_CLIP = 12;
const TRAINED_LABELS = 10;
const WARM_UP_TAGS = 50;
const TIMED_TAGS = 100;

/** Measures what runs without a browser: CPU time on one WASM thread, with noise as sound. */
export async function nodeFigures(effort: NodeEffort, onProgress: (step: string) => void): Promise<NodeFigures> {
  const model = await openModelFolder(MODEL_FOLDER);
  try {
    onProgress('front end');
    const frontEnd = frontEndTimes(model, effort.frontEndBlocks);
    onProgress('embedding and tagging of files');
    const throughput = await fileThroughput(model, effort.embeddingClips);
    const growthWithLabels: LabelGrowth[] = [];
    for (const labels of effort.labelCounts) {
      onProgress(`a head of ${labels} labels`);
      growthWithLabels.push(await labelGrowth(model, labels, effort.trainingEpochs));
    }
    const growthWithClips: ClipGrowth[] = [];
    for (const clips of effort.clipCounts) {
      onProgress(`training with ${clips} clips`);
      growthWithClips.push(await clipGrowth(model, clips));
    }
    return { frontEndMicrosecondsPerHop: spread(frontEnd), ...throughput, growthWithLabels, growthWithClips };
  } finally {
    model.dispose();
  }
}

/** Microseconds per hop, for each one-second block of sound. */
function frontEndTimes({ spec }: NetworkModel, blocks: number): number[] {
  const extractor = new LogMelExtractor(spec);
  const samples = noise(spec.sampleRateHz, 1);
  // One-time costs are over after five seconds.
  for (let i = 0; i < 5; i++) extractor.push(samples, () => {});
  return Array.from({ length: blocks }, () => {
    let hops = 0;
    const start = cpuMs();
    extractor.push(samples, () => hops++);
    return (1000 * (cpuMs() - start)) / hops;
  });
}

async function fileThroughput(model: NetworkModel, clips: number) {
  const samples = noise(model.spec.sampleRateHz, CLIP_SECONDS);
  const tagger = new Tagger({
    openModel: async () => ({
      model,
      report: { taken: 'wasm', why: 'asked-for', tagsPerSecond: 8, roomMs: 0, trials: [] },
    }),
    openExemplars: () => Promise.reject(new Error('nothing is taught here')),
    tensorCount: () => 0,
    deviceLost: () => new Promise(() => {}),
  });
  await tagger.load('model', 'wasm', 1);
  const embedMs: number[] = [];
  const tagMs: number[] = [];
  for (let i = 0; i <= clips; i++) {
    embedMs.push(await timed(() => embedClip(model, samples)));
    tagMs.push(await timed(() => tagger.tag(samples)));
  }
  // The first of each warms up.
  return {
    embeddingSecondsPerSecond: CLIP_SECONDS / (mean(embedMs.slice(1)) / 1000),
    taggingSecondsPerSecond: CLIP_SECONDS / (mean(tagMs.slice(1)) / 1000),
  };
}

async function labelGrowth({ embeddingSize: size }: NetworkModel, labels: number, epochs: number) {
  const random = seededRandom(labels);
  const embeddings = Float32Array.from({ length: LABEL_ROWS * size }, () => Math.max(0, random() - 0.5));
  const targets = Int8Array.from({ length: LABEL_ROWS * labels }, () => Number(random() < 1 / labels));
  const start = { kernel: new Float32Array(size * labels), bias: new Float32Array(labels) };
  const scale = embeddingScale(embeddings, size);
  const rowWeights = new Float32Array(LABEL_ROWS).fill(1);
  const data = { size, embeddings, scale, labelCount: labels, targets, rowWeights };
  const rows = Uint32Array.from({ length: LABEL_ROWS }, (_, row) => row);
  const epochTimes: number[] = [];
  let last = cpuMs();
  const onEpoch = (): void => {
    const now = cpuMs();
    epochTimes.push(now - last);
    last = now;
  };
  // One extra epoch: the first one warms up.
  const head = await trainWeights(data, rows, { start, epochs: epochs + 1, seed: 1, onEpoch });
  if (head === undefined) throw new Error('the training was stopped');
  const calibration = { scale: new Array<number>(labels).fill(1), offset: new Array<number>(labels).fill(0) };
  const apply = (row: number): void => {
    headProbabilities(embeddings.subarray(row * size, (row + 1) * size), { ...head, calibration, hierarchy: [] });
  };
  for (let row = 0; row < WARM_UP_TAGS; row++) apply(row);
  const before = cpuMs();
  for (let row = 0; row < TIMED_TAGS; row++) apply(row);
  const headMsPerTag = (cpuMs() - before) / TIMED_TAGS;
  return { labels, headMsPerTag, trainingMsPerEpoch: median(epochTimes.slice(1)) };
}

async function clipGrowth(model: NetworkModel, clips: number): Promise<ClipGrowth> {
  const { embeddingSize: size, folder } = model;
  const random = seededRandom(clips);
  const exemplars = await readExemplars(folder.backbone, size, async (file) => {
    const bytes = await readFile(join(MODEL_FOLDER, file));
    return new Uint8Array(bytes).buffer;
  });
  const labels = Array.from({ length: TRAINED_LABELS }, (_, i) => ({ id: `taught-${i}`, name: `Taught ${i}` }));
  const taught = Array.from({ length: clips }, (_, i): TrainingClip => {
    const label = i % TRAINED_LABELS;
    return {
      id: String(i),
      heardAtMs: 60_000 * i,
      labels: [`taught-${label}`],
      embeddings: Float32Array.from({ length: ROWS_PER_CLIP * size }, (_, j) =>
        Math.max(0, random() - 0.5 + (j % TRAINED_LABELS === label ? 0.2 : 0)),
      ),
    };
  });
  const request = { id: 'bench', name: 'Bench', createdAtMs: 0, labels, clips: taught };
  const trainingMs = await timed(() =>
    trainHead(request, { folder, exemplars, onProgress: () => {}, shouldStop: () => false }),
  );
  return { clips, labels: TRAINED_LABELS, trainingMs };
}

/**
 * Accuracy of the shipped model on the ESC-50 clips that it was not trained on, with the page's own code.
 *
 * @param dataFolder holds `clips.csv` and `clips/`.
 * @throws Error with a sentence if the list cannot be read or a clip cannot be scored.
 */
export async function shippedAccuracy(dataFolder: string, onProgress: (step: string) => void): Promise<Accuracy> {
  const rows = (await readClipList(join(dataFolder, 'clips.csv'), ['fold'])).filter(({ file }) =>
    TEST_CLIPS.test(file),
  );
  const model = await openModelFolder(MODEL_FOLDER);
  const reader = new AudioFileReader();
  try {
    const { figures, faults } = await evaluateClips(rows, {
      fold: TEST_FOLD,
      scorer: modelScorer(model, model.folder.head.calibration, join(dataFolder, 'clips'), reader),
      among: 'named',
      onProgress: (done, total) => {
        if (done % 50 === 0) onProgress(`accuracy: ${done} of ${total} clips`);
      },
    });
    if (faults.length > 0 || figures.accuracy === null) throw new Error(faults[0] ?? 'no clip was scored');
    return { clips: figures.clips, accuracy: figures.accuracy, macroAuc: figures.macroAuc };
  } finally {
    reader.close();
    model.dispose();
  }
}

function noise(sampleRateHz: number, seconds: number): Float32Array {
  const random = seededRandom(2017);
  return Float32Array.from({ length: sampleRateHz * seconds }, () => 0.2 * (random() - 0.5));
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = cpuMs();
  await run();
  return cpuMs() - start;
}

/** CPU time of this process in milliseconds. Unlike wall-clock time, other programs do not lengthen it. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
