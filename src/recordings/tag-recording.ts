import { LogMelExtractor } from '../dsp/log-mel';
import type { RecordedMoment } from '../events/sounding';
import type { TrainableModel } from '../model/engine/loaded-model';
import { type CalibratedHead, headProbabilities } from '../model/head/head';
import { StepEmbedder } from './step-embedder';

/** Columns that are computed in one pass: larger passes are hardly faster, and take more memory. */
export const COLUMNS_PER_PASS = 512;

/** How a recording is tagged. */
export interface RecordingOptions {
  readonly model: TrainableModel;
  readonly head: CalibratedHead;
  /** Strides of the network from one window to the next: 1 gives as many windows as there are. */
  readonly stepStrides: number;
  /** Silence that follows the recording, so that sounds which last until its end are seen to end. */
  readonly tailSeconds: number;
  /** Gets the columns of each pass, oldest first, before they are tagged: [columns, melBands]. The next pass overwrites them. */
  readonly onColumns?: (columns: Float32Array) => void;
}

/**
 * Tags a whole recording, in the page's worker and in Node. Memory does not depend on its length.
 *
 * @param samples mono, at the model's rate, in pieces of any length: the result depends on the samples alone.
 * @yields what was heard in each window, in order. Embeddings are views of a pass: copy them to keep them.
 */
export async function* tagRecording(
  samples: AsyncIterable<Float32Array>,
  options: RecordingOptions,
): AsyncGenerator<RecordedMoment[]> {
  const embedder = new StepEmbedder(options.model, options.stepStrides);
  try {
    yield* tagPasses(samples, embedder, options, COLUMNS_PER_PASS);
  } finally {
    embedder.dispose();
  }
}

/** {@link tagRecording} with an embedder of the caller's, and as many columns in one pass as it wants: a step at least. */
export async function* tagPasses(
  samples: AsyncIterable<Float32Array>,
  embedder: StepEmbedder,
  { model, head, tailSeconds, onColumns }: RecordingOptions,
  columnsPerPass: number,
): AsyncGenerator<RecordedMoment[]> {
  const { sampleRateHz } = model.spec;
  const pass = new Pass(model, embedder.stepColumns, columnsPerPass);
  const tag = async (): Promise<RecordedMoment[]> => {
    const { columns, levels, endsSeconds } = pass.take();
    onColumns?.(columns);
    const embeddings = await embedder.embed(columns);
    const probabilities = headProbabilities(embeddings, head);
    const size = model.embeddingSize;
    const labels = head.bias.length;
    return levels.map((levelDb, step) => ({
      windowEndSeconds: endsSeconds[step] as number,
      levelDb,
      probabilities: probabilities.subarray(step * labels, (step + 1) * labels),
      embedding: embeddings.subarray(step * size, (step + 1) * size),
    }));
  };
  let given = 0;
  for await (const piece of samples) {
    given += piece.length;
    for (let at = 0; at < piece.length; ) {
      at += pass.push(piece.subarray(at));
      if (pass.isFull) yield await tag();
    }
  }
  if (given === 0) return;
  const tail = new Float32Array(pass.missingSamples(given + Math.round(tailSeconds * sampleRateHz)));
  for (let at = 0; at < tail.length; ) {
    at += pass.push(tail.subarray(at));
    if (pass.isFull) yield await tag();
  }
  if (pass.hasSteps) yield await tag();
}

/** Collects the columns of a pass, and the level of each of its steps. */
class Pass {
  readonly #stepColumns: number;
  readonly #hopSamples: number;
  readonly #fftSize: number;
  readonly #sampleRateHz: number;
  readonly #melBands: number;
  readonly #extractor: LogMelExtractor;
  readonly #columns: Float32Array;
  #filled = 0;
  #levels: number[] = [];
  #squares = 0;
  #squared = 0;
  #samples = 0;
  /** Where the last column of the step ends, in samples. */
  #stepEnd: number;
  /** Columns of the passes before. */
  #columnsBefore = 0;

  constructor({ spec }: TrainableModel, stepColumns: number, columnsPerPass: number) {
    this.#stepColumns = stepColumns;
    this.#hopSamples = spec.hopSamples;
    this.#fftSize = spec.fftSize;
    this.#sampleRateHz = spec.sampleRateHz;
    this.#melBands = spec.melBands;
    this.#extractor = new LogMelExtractor(spec);
    this.#stepEnd = this.#fftSize + (stepColumns - 1) * this.#hopSamples;
    const steps = Math.max(1, Math.floor(columnsPerPass / stepColumns));
    this.#columns = new Float32Array(steps * stepColumns * spec.melBands);
  }

  get isFull(): boolean {
    return this.#filled === this.#columns.length;
  }

  get hasSteps(): boolean {
    return this.#levels.length > 0;
  }

  /** How many samples are still to come if whole steps are to reach as far as `endSample`. */
  missingSamples(endSample: number): number {
    const columns = Math.max(1, Math.ceil((endSample - this.#fftSize) / this.#hopSamples) + 1);
    const whole = Math.ceil(columns / this.#stepColumns) * this.#stepColumns;
    return (whole - 1) * this.#hopSamples + this.#fftSize - this.#samples;
  }

  /** Takes samples up to the end of the step at most. @returns how many. */
  push(samples: Float32Array): number {
    const taken = samples.subarray(0, this.#stepEnd - this.#samples);
    this.#squares = plusSquares(this.#squares, taken);
    this.#squared += taken.length;
    this.#samples += taken.length;
    this.#extractor.push(taken, (column) => {
      this.#columns.set(column, this.#filled);
      this.#filled += this.#melBands;
    });
    if (this.#samples === this.#stepEnd) this.#endStep();
    return taken.length;
  }

  /** @returns what was collected. The next samples overwrite the columns. */
  take(): { columns: Float32Array; levels: number[]; endsSeconds: number[] } {
    const count = this.#filled / this.#melBands;
    // From samples, so that the time of a window does not depend on its place in the pass, not even by its last bit.
    const endSeconds = (step: number): number => {
      const columnsAfter = (step + 1) * this.#stepColumns - 1;
      return ((this.#columnsBefore + columnsAfter) * this.#hopSamples + this.#fftSize) / this.#sampleRateHz;
    };
    const taken = {
      columns: this.#columns.subarray(0, this.#filled),
      levels: this.#levels,
      endsSeconds: this.#levels.map((_, step) => endSeconds(step)),
    };
    this.#columnsBefore += count;
    this.#filled = 0;
    this.#levels = [];
    return taken;
  }

  #endStep(): void {
    this.#levels.push(10 * Math.log10(this.#squares / this.#squared));
    this.#squares = 0;
    this.#squared = 0;
    this.#stepEnd += this.#stepColumns * this.#hopSamples;
  }
}

/**
 * Adds squares one by one, so that the sum does not depend on the pieces that samples come in. Samples that are not finite
 * count as 0.
 */
function plusSquares(before: number, samples: Float32Array): number {
  let sum = before;
  for (let i = 0; i < samples.length; i++) sum += (samples[i] as number) * (samples[i] as number);
  if (Number.isFinite(sum)) return sum;
  // To look at each sample takes several times as long, so only what needs it is looked at.
  return samples.reduce((total, sample) => (Number.isFinite(sample) ? total + sample * sample : total), before);
}
