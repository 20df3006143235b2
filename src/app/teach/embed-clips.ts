import type { ClipInfo } from '../../shared/contracts/clip';
import type { TrainingClip } from '../../shared/contracts/model/head';
import type { CapturedSound } from '../../shared/contracts/tagger-api';
import type { ClipLibrary } from '../../store/clips/clip-library';
import type { EmbeddingCache } from '../../store/clips/embedding-cache';

/** Clips that are looked up or saved together: few transactions, and at most this many are computed twice. */
const BATCH = 64;

/** How often progress is reported. Each report redraws the page. */
const PROGRESS_MS = 100;

/** What embedding clips needs. */
export interface EmbedParts {
  readonly library: ClipLibrary;
  readonly embeddings: EmbeddingCache;
  readonly backbone: string;
  /** Takes ownership of the samples. */
  embed(sound: CapturedSound): Promise<Float32Array>;
  onProgress(done: number, total: number): void;
  /** Checked between clips. */
  shouldStop(): boolean;
}

/**
 * The backbone's embeddings of clips. Each clip is computed once and then remembered. While one is computed, the
 * samples of the next one are fetched.
 *
 * @returns the clips with their embeddings, many clips to a buffer; undefined if it was stopped. What was computed
 * until then is remembered.
 */
export async function embedClips(clips: readonly ClipInfo[], parts: EmbedParts): Promise<TrainingClip[] | undefined> {
  const { embeddings, backbone, shouldStop } = parts;
  const embedded: TrainingClip[] = [];
  const tell = tellSometimes(parts.onProgress, clips.length);
  tell(0);
  for (let first = 0; first < clips.length; first += BATCH) {
    const batch = clips.slice(first, first + BATCH);
    const known = await embeddings.get(
      batch.map(({ id }) => id),
      backbone,
    );
    const computed = new Map<string, Float32Array>();
    const unknown = batch.filter(({ id }) => !known.has(id));
    let next = soundOf(unknown[0], parts);
    for (const [i, clip] of unknown.entries()) {
      const sound = (await next) as CapturedSound;
      next = soundOf(unknown[i + 1], parts);
      // It is awaited in its turn. Until then its rejection would count as unhandled.
      next.catch(() => undefined);
      if (shouldStop()) break;
      computed.set(clip.id, await parts.embed(sound));
      tell(first + known.size + computed.size);
    }
    if (computed.size > 0) await embeddings.put(computed, backbone);
    if (shouldStop()) return undefined;
    const packed = inOneBuffer(batch.map(({ id }) => (known.get(id) ?? computed.get(id)) as Float32Array));
    for (const [i, { id, labels, keptAtMs, heardLive }] of batch.entries()) {
      const heardAt = heardLive ? { heardAtMs: keptAtMs } : {};
      embedded.push({ id, labels, ...heardAt, embeddings: packed[i] as Float32Array });
    }
    tell(embedded.length);
  }
  return embedded;
}

/**
 * The same arrays, concatenated in one buffer. Browsers compare every buffer passed to a worker with all others, so
 * thousands of them would block the page.
 */
function inOneBuffer(arrays: readonly Float32Array[]): Float32Array[] {
  const all = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  return arrays.map((array) => {
    all.set(array, end);
    end += array.length;
    return all.subarray(end - array.length, end);
  });
}

/** A clip's sound; undefined if there is no clip. */
async function soundOf(clip: ClipInfo | undefined, { library }: EmbedParts): Promise<CapturedSound | undefined> {
  return clip && { samples: await library.samples(clip.id), sampleRateHz: clip.sampleRateHz };
}

function tellSometimes(onProgress: EmbedParts['onProgress'], total: number): (done: number) => void {
  let toldMs = Number.NEGATIVE_INFINITY;
  return (done) => {
    const nowMs = performance.now();
    if (nowMs - toldMs < PROGRESS_MS && done < total) return;
    toldMs = nowMs;
    onProgress(done, total);
  };
}
