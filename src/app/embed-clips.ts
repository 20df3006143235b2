import { resample } from '../audio/resample';
import type { ClipInfo } from '../shared/clip';
import type { TeachingClip } from '../shared/head';
import type { ClipLibrary } from '../store/clip-library';
import type { EmbeddingCache } from '../store/embedding-cache';

/** Clips that are looked up or saved together: few transactions, and at most this many are computed twice. */
const BATCH = 64;

/** What embedding clips needs. */
export interface EmbedParts {
  readonly library: ClipLibrary;
  readonly embeddings: EmbeddingCache;
  readonly backbone: string;
  readonly sampleRateHz: number;
  embed(samples: Float32Array): Promise<Float32Array>;
  onProgress(done: number, total: number): void;
  /** Looked at between clips. */
  shouldStop(): boolean;
}

/**
 * What the backbone makes of clips, computed once for each clip and then remembered.
 *
 * @returns undefined where it was stopped; what was computed until then is remembered.
 */
export async function embedClips(clips: readonly ClipInfo[], parts: EmbedParts): Promise<TeachingClip[] | undefined> {
  const { library, embeddings, backbone, sampleRateHz } = parts;
  const embedded: TeachingClip[] = [];
  parts.onProgress(0, clips.length);
  for (let first = 0; first < clips.length; first += BATCH) {
    const batch = clips.slice(first, first + BATCH);
    const known = await embeddings.get(
      batch.map(({ id }) => id),
      backbone,
    );
    const computed = new Map<string, Float32Array>();
    for (const clip of batch) {
      if (parts.shouldStop()) break;
      let values = known.get(clip.id);
      if (!values) {
        const samples = await resample(await library.samples(clip.id), clip.sampleRateHz, sampleRateHz);
        values = await parts.embed(samples);
        computed.set(clip.id, values);
      }
      embedded.push({ id: clip.id, labels: clip.labels, keptAtMs: clip.keptAtMs, embeddings: values });
      parts.onProgress(embedded.length, clips.length);
    }
    if (computed.size > 0) await embeddings.put(computed, backbone);
    if (parts.shouldStop()) return undefined;
  }
  return embedded;
}
