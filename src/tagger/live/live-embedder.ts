import type { EmbeddingStream, TrainableModel } from '../../model/engine/loaded-model';
import { embedFilledWindow } from '../../recordings/hear-again';
import type { Arrival, LiveWindow } from './live-window';

/**
 * Embeds the newest sound of a live stream: stride by stride if model and rate allow it, so that nothing is computed
 * twice; else window by window.
 */
export class LiveEmbedder {
  readonly #model: TrainableModel;
  readonly #live: LiveWindow;
  readonly #window: Float32Array;
  #stream: EmbeddingStream | undefined;
  /** Whether the stream has processed everything up to the last arrival. */
  #isFollowing = false;

  constructor(model: TrainableModel, live: LiveWindow, tagsPerSecond: number) {
    this.#model = model;
    this.#live = live;
    this.#window = new Float32Array(model.spec.frames * model.spec.melBands);
    this.#stream = model.openStream(tagsPerSecond);
  }

  setRate(tagsPerSecond: number): void {
    this.dispose();
    this.#stream = this.#model.openStream(tagsPerSecond);
  }

  /** Whether enough has arrived for a tag: a stride, or anything at all if no stream is running. */
  get isReady(): boolean {
    return !this.#isFollowing || this.#live.waitingColumns >= this.#strideColumns;
  }

  /** Takes what arrived since the last call. Follow it with `embed` or `rest`. */
  takeArrival(): Arrival {
    return this.#live.takeArrival(this.#isFollowing ? this.#strideColumns : 1);
  }

  /** Embedding of the newest window, given the last arrival: [1, embedding size]. */
  embed({ columns, isCut }: Arrival): Promise<Float32Array> {
    if (this.#stream !== undefined && this.#isFollowing && !isCut) return this.#newestOf(this.#stream.advance(columns));
    this.#live.copyWindow(this.#window);
    if (this.#stream === undefined) return this.#model.embedWindows(this.#window, 1);
    this.#isFollowing = true;
    const { reachColumns } = this.#stream;
    return this.#stream.start(this.#window.subarray(this.#window.length - reachColumns * this.#model.spec.melBands));
  }

  /** Embedding of the newest window, filled with its newest sound; undefined while a stream is running. Call it once at most. */
  async embedFilled(soundSeconds: number): Promise<Float32Array | undefined> {
    return this.#stream ? undefined : embedFilledWindow(this.#model, this.#window, soundSeconds);
  }

  /** Skips the last arrival. */
  rest(): void {
    this.#isFollowing = false;
  }

  /** Frees what it holds. */
  dispose(): void {
    this.#stream?.dispose();
    this.#stream = undefined;
    this.#isFollowing = false;
  }

  get #strideColumns(): number {
    return this.#stream?.strideColumns ?? 1;
  }

  async #newestOf(embeddings: Promise<Float32Array>): Promise<Float32Array> {
    return (await embeddings).slice(-this.#model.embeddingSize);
  }
}
