import type { Moment, RecordedMoment } from '../events/sounding';
import { headProbabilities } from '../model/head/head';
import { hearAgain, type UnsureSound } from './hear-again';
import { StepEmbedder } from './step-embedder';
import { type RecordingOptions, tagPasses } from './tag-recording';

/** How live sound is tagged. */
export interface LiveOptions extends Omit<RecordingOptions, 'onColumns'> {
  /** Asked about each moment before it is yielded, when those before it have been used. */
  readonly unsureSoundSeconds: UnsureSound;
}

/** A moment of live sound. */
export type LiveMoment = RecordedMoment &
  Pick<Moment, 'filledProbabilities'> & {
    /** The embedding that `filledProbabilities` come from, [embedding size]. */
    readonly filledEmbedding?: Float32Array;
  };

/**
 * Tags sound as it comes, window by window, and hears sudden sounds twice, as the page does while it listens: the same
 * samples give the same events.
 *
 * @param samples mono, at the model's rate, in pieces of any length: the result depends on the samples alone.
 * @yields what was heard in each window, as soon as it is complete. Embeddings are views: copy them to keep them.
 */
export async function* tagLive(
  samples: AsyncIterable<Float32Array>,
  { unsureSoundSeconds, ...options }: LiveOptions,
): AsyncGenerator<LiveMoment> {
  const embedder = new StepEmbedder(options.model, options.stepStrides);
  try {
    for await (const moments of tagPasses(samples, embedder, options, embedder.stepColumns)) {
      for (const moment of moments) {
        const filledEmbedding = await hearAgain(moment, unsureSoundSeconds, embedder);
        yield filledEmbedding
          ? { ...moment, filledEmbedding, filledProbabilities: headProbabilities(filledEmbedding, options.head) }
          : moment;
      }
    }
  } finally {
    embedder.dispose();
  }
}
