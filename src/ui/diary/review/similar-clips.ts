import type { TeachCommands } from '../../../app/teach/teach-state';
import type { ClipInfo } from '../../../shared/contracts/clip';
import type { SoundEvent } from '../../../shared/contracts/sound-event';
import { toFloat16 } from '../../../shared/lib/math/float16';
import { SimilarityIndex } from '../../../shared/lib/math/similarity';

const MOST_CLIPS = 6;

/** What is asked of Teach. */
type Teach = Pick<TeachCommands, 'state' | 'embeddings'>;

/** A clip of Teach that sounds like an event. */
export interface SimilarClip {
  readonly clip: ClipInfo;
  /** Of its most similar window, −1 to 1. */
  readonly cosine: number;
}

interface Compared {
  readonly clips: readonly ClipInfo[];
  readonly about: string;
  readonly index: SimilarityIndex;
  /** The clip of each row. */
  readonly ofRow: readonly ClipInfo[];
}

/** Finds clips of Teach that sound like an event: those whose embeddings were computed for a training. */
export class SimilarClips {
  readonly #teach: Teach;
  #compared: Compared | undefined;

  constructor(teach: Teach) {
    this.#teach = teach;
  }

  async to({ embedding, backbone }: SoundEvent): Promise<SimilarClip[]> {
    if (!embedding || backbone === undefined) return [];
    const { index, ofRow } = await this.#comparedWith(backbone, embedding.length);
    const best = new Map<ClipInfo, number>();
    for (const { row, cosine } of index.nearest(embedding, index.count)) {
      const clip = ofRow[row] as ClipInfo;
      if (!best.has(clip)) best.set(clip, cosine);
      if (best.size === MOST_CLIPS) break;
    }
    return [...best].map(([clip, cosine]) => ({ clip, cosine }));
  }

  async #comparedWith(backbone: string, size: number): Promise<Compared> {
    const { clips } = this.#teach.state;
    const about = `${backbone} ${size}`;
    if (this.#compared?.clips === clips && this.#compared.about === about) return this.#compared;
    const embeddings = await this.#teach.embeddings(backbone);
    const windows = clips.flatMap((clip) => {
      const values = embeddings.get(clip.id);
      if (!values || values.length % size !== 0) return [];
      const count = values.length / size;
      return Array.from({ length: count }, (_, i) => ({ clip, window: values.subarray(i * size, (i + 1) * size) }));
    });
    const index = new SimilarityIndex(size, windows.length);
    for (const { window } of windows) index.add(toFloat16(window));
    this.#compared = { clips, about, index, ofRow: windows.map(({ clip }) => clip) };
    return this.#compared;
  }
}
