import * as v from 'valibot';
import { EarmarkError } from '../../shared/contracts/messages/problem';
import { causeOf, validate } from '../../shared/lib/validate';
import { FileNotThere, type FolderReader } from './model-folder';

/** Embeddings that ship with a model: some of its training sounds, and sounds that match none of its labels. */
export interface Exemplars {
  /** Model and hash of the backbone that made them. */
  readonly backbone: string;
  /** [rows, embedding size]. */
  readonly embeddings: Float32Array;
  /** Ids of each row's labels; empty for background. */
  readonly labels: readonly (readonly string[])[];
}

/* @__NO_SIDE_EFFECTS__ */
function cardSchema(embeddingSize: number) {
  const scale = v.pipe(
    v.number(),
    v.minValue(0),
    // The largest byte must also give a finite number.
    v.check((step) => Number.isFinite(Math.fround(255 * step)), 'scale-too-large'),
  );
  return v.object({
    backbone: v.string(),
    /** Step per byte value, one for each dimension of the embedding. */
    scale: v.pipe(v.array(scale), v.length(embeddingSize)),
    /** Value of byte 0, one for each dimension; missing if all are 0. */
    lowest: v.optional(v.pipe(v.array(v.pipe(v.number(), v.finite())), v.length(embeddingSize))),
    /** Ids, one list per row. */
    labels: v.array(v.pipe(v.array(v.string()), v.readonly())),
  });
}

/** `exemplars.json`. The rows are in `exemplars.bin`: bytes, [rows, embedding size]. */
export interface ExemplarsCard extends Readonly<v.InferOutput<ReturnType<typeof cardSchema>>> {
  /** How many rows came from which list, for information only. */
  readonly sources: Readonly<Record<string, number>>;
  readonly seed: number;
}

/** Embeddings as bytes: a value is `lowest` + byte · `scale`, with one of each per dimension. */
export interface PackedEmbeddings {
  readonly bytes: Uint8Array;
  readonly scale: number[];
  readonly lowest: number[];
}

/** Packs embeddings into bytes. Each dimension has its own range, which contains 0. */
export function packEmbeddings(embeddings: Float32Array, size: number): PackedEmbeddings {
  const least = new Float64Array(size);
  const largest = new Float64Array(size);
  for (let i = 0; i < embeddings.length; i++) {
    least[i % size] = Math.min(least[i % size] as number, embeddings[i] as number);
    largest[i % size] = Math.max(largest[i % size] as number, embeddings[i] as number);
  }
  const lowest = Array.from(least, Math.fround);
  const scale = Array.from(largest, (value, i) => Math.fround((value - (lowest[i] as number)) / 255));
  const bytes = Uint8Array.from(embeddings, (value, i) => {
    const step = scale[i % size] as number;
    return step === 0 ? 0 : Math.min(255, Math.max(0, Math.round((value - (lowest[i % size] as number)) / step)));
  });
  return { bytes, scale, lowest };
}

/**
 * Reads a model's exemplars.
 *
 * @param backbone of the model that they are for.
 * @param embeddingSize of that model.
 * @throws EarmarkError no-exemplars; exemplars-missing; exemplars-damaged; exemplars-mismatched if other weights made
 * them.
 */
export async function readExemplars(backbone: string, embeddingSize: number, read: FolderReader): Promise<Exemplars> {
  const [json, bin] = await Promise.all(['exemplars.json', 'exemplars.bin'].map(read)).catch((cause: unknown) => {
    if (cause instanceof FileNotThere) {
      throw new EarmarkError({ code: 'no-exemplars' }, { cause });
    }
    throw new EarmarkError({ code: 'exemplars-missing', detail: (cause as Error).message }, { cause });
  });
  let card: Pick<ExemplarsCard, 'backbone' | 'scale' | 'lowest' | 'labels'>;
  try {
    card = validate(cardSchema(embeddingSize), JSON.parse(new TextDecoder().decode(json)));
    const expected = card.labels.length * embeddingSize;
    if (bin?.byteLength !== expected) throw new RangeError(`${bin?.byteLength} bytes instead of ${expected}`);
  } catch (cause) {
    throw new EarmarkError({ code: 'exemplars-damaged', ...causeOf(cause) }, { cause });
  }
  if (card.backbone !== backbone) {
    throw new EarmarkError({ code: 'exemplars-mismatched', backbone: card.backbone, needed: backbone });
  }
  const { scale, lowest } = card;
  const embeddings = Float32Array.from(new Uint8Array(bin as ArrayBuffer), (byte, i) => {
    const dimension = i % embeddingSize;
    return (lowest?.[dimension] ?? 0) + byte * (scale[dimension] as number);
  });
  return { backbone, embeddings, labels: card.labels };
}
