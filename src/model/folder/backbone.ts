import type { io } from '@tensorflow/tfjs-core';
import { backboneIdOf } from '../../shared/lib/backbone-id';
import { sha256Hex } from '../../shared/lib/sha256';
import type { HeadWeights } from '../head/head';
import { type StoredWeight, splitWeights, weightValues } from './weights';

/** Name of the layer that a head reads. */
export const EMBEDDING_LAYER = 'embedding';
/** Name of the last layer: a dense one, without activation. */
export const HEAD_LAYER = 'head';

const HEAD_WEIGHTS = [`${HEAD_LAYER}/kernel`, `${HEAD_LAYER}/bias`];

/** Hex digits of the hash that identifies a backbone. */
const ID_DIGITS = 16;

/** The parts of a network's topology that are read. */
interface Topology {
  readonly config?: { readonly layers?: readonly { readonly name?: string }[] };
}

/** A network split into what never changes and what a person trains. */
export interface NetworkParts {
  readonly backbone: readonly StoredWeight[];
  readonly head: HeadWeights;
}

/**
 * Separates the head from a network.
 *
 * @throws RangeError if the number of bytes does not match the entries.
 * @throws TypeError if there is no head, or its bias does not fit its kernel.
 */
export function splitNetwork(artifacts: io.ModelArtifacts): NetworkParts {
  const weights = splitWeights(artifacts.weightSpecs ?? [], artifacts.weightData as ArrayBuffer);
  const [kernel, bias] = HEAD_WEIGHTS.map((name) => weights.find(({ entry }) => entry.name === name));
  const labels = bias?.entry.shape[0];
  if (kernel?.entry.shape.length !== 2 || bias?.entry.shape.length !== 1 || kernel.entry.shape[1] !== labels) {
    throw new TypeError(`its last layer is no dense layer named “${HEAD_LAYER}”`);
  }
  return {
    backbone: weights.filter(({ entry }) => !HEAD_WEIGHTS.includes(entry.name)),
    head: { kernel: weightValues(kernel), bias: weightValues(bias) },
  };
}

/**
 * Identifies a backbone: the model's name, and the start of the SHA-256 over the layers before the head and their
 * weights as stored. Embeddings and heads of one backbone are meaningless for another.
 */
export async function backboneId(
  name: string,
  { modelTopology }: io.ModelArtifacts,
  parts: NetworkParts,
): Promise<string> {
  const layers = (modelTopology as Topology).config?.layers?.filter((layer) => layer.name !== HEAD_LAYER);
  const entries = parts.backbone.map(({ entry }) => entry);
  const text = new TextEncoder().encode(JSON.stringify([layers, entries]));
  const content = await new Blob([text, ...parts.backbone.map(({ bytes }) => bytes)]).arrayBuffer();
  // An insecure page has no SHA-256. It has no microphone either, so nothing can be taught there.
  if (globalThis.crypto?.subtle === undefined) return backboneIdOf(name, 'unknown');
  return backboneIdOf(name, (await sha256Hex(content)).slice(0, ID_DIGITS));
}
