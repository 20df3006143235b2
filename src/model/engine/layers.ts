import type * as tf from '@tensorflow/tfjs-core';
import { EMBEDDING_LAYER } from '../folder/backbone';
import { release, type Values } from './kernels';
import { builderOf } from './layer-kinds';
import type { BuiltLayer, KeepTensor, TimeReach } from './layer-parts';
import { type LayerEntry, type Step, stepsOf } from './topology';

/** One layer of a backbone, ready to run. */
export interface Layer extends BuiltLayer {
  /** Indices of the results it reads: 0 is the network's input, n is the n-th layer's result. */
  readonly inputs: readonly number[];
  /** Results that no later layer reads. */
  readonly lastReads: readonly number[];
}

/**
 * Makes a topology's layers ready to run, from the input to the embedding. The head after it is applied elsewhere.
 *
 * @param modelTopology of a TensorFlow.js layers model.
 * @param weights by name, `conv1/kernel`; the caller keeps ownership.
 * @param keep is given the tensors that layers make once.
 * @throws TypeError with a phrase if a layer or a weight is missing, or a layer's kind is unknown.
 */
export function buildLayers(
  modelTopology: unknown,
  weights: ReadonlyMap<string, tf.Tensor>,
  keep: KeepTensor,
): Layer[] {
  const entries = (modelTopology as { config?: { layers?: readonly LayerEntry[] } }).config?.layers ?? [];
  const layers: Omit<Layer, 'lastReads'>[] = [];
  const results = new Map<string, number>();
  /** @throws TypeError */
  const built = ({ name, kind, config, padding, isSwish, gates = [] }: Step): BuiltLayer => {
    const build = builderOf(kind);
    if (build === undefined) throw new TypeError(`its layer “${name}” is a ${String(kind)}, which Earmark cannot run`);
    const weight = (of: string): tf.Tensor => {
      const found = weights.get(`${config.name}/${of}`);
      if (found === undefined) throw new TypeError(`its layer “${config.name}” has no ${of}`);
      return found;
    };
    return build({
      config,
      padding,
      isSwish,
      gates: gates.map((gate) => ({ config: gate.config, layer: built(gate) })),
      weight,
      keep,
    });
  };
  for (const step of stepsOf(entries)) {
    const { name, inputs } = step;
    if (step.kind === 'InputLayer') {
      results.set(name, 0);
      continue;
    }
    const layer = built(step);
    const read = inputs.map((input) => {
      const result = results.get(input);
      if (result === undefined) throw new TypeError(`its layer “${name}” reads “${input}”, which gives nothing`);
      return result;
    });
    layers.push({ ...layer, inputs: read });
    results.set(name, layers.length);
    if (name === EMBEDDING_LAYER) return withLastReads(layers);
  }
  throw new TypeError('its network has no embedding');
}

function withLastReads(layers: readonly Omit<Layer, 'lastReads'>[]): Layer[] {
  const last = new Map(layers.flatMap(({ inputs }, place) => inputs.map((input) => [input, place])));
  return layers.map((layer, place) => ({
    ...layer,
    lastReads: [...new Set(layer.inputs)].filter((input) => last.get(input) === place),
  }));
}

/** Layers in two parts: what the first gives is all that the second reads. */
export interface SplitLayers {
  readonly first: readonly Layer[];
  readonly second: readonly Layer[];
  /** Receptive field of the second part. */
  readonly reach: TimeReach;
}

/**
 * Splits a network whose embeddings are asked for every `strides` strides only: the second part is as long as it can be if
 * there are columns between those that two embeddings read of the first part's.
 */
export function splitForSteps(layers: readonly Layer[], strides: number): SplitLayers {
  for (let place = 1; place < layers.length; place++) {
    const second = layers.slice(place).map((layer) => ({
      ...layer,
      inputs: layer.inputs.map((input) => input - place),
      lastReads: layer.lastReads.map((input) => input - place),
    }));
    const reach = second.every(({ inputs }) => inputs.every((input) => input >= 0)) && networkReach(second);
    if (reach && reach.columns < strides * reach.stride) return { first: layers.slice(0, place), second, reach };
  }
  return { first: layers, second: [], reach: { columns: 1, stride: 1 } };
}

/**
 * Runs layers on columns, [batch, columns, bands, 1]. What no layer reads any more is released at once, the columns as
 * well: WebAssembly's memory never shrinks, so it stays as large as the most that was ever held.
 *
 * @param columns become the network's.
 * @param behind what is prepended to a layer's input, for a stream. It is released like a layer's result.
 * @returns the last layer's result, which the caller releases: of a whole network, the embeddings, [batch, positions, embedding
 * size].
 */
export function runLayers(
  layers: readonly Layer[],
  columns: Values,
  behind?: (layer: Layer, input: Values) => Values | undefined,
): Values {
  const held = new Set<Values>([columns]);
  const releaseHeld = (values: Values): void => {
    if (held.delete(values)) release(values);
  };
  try {
    const results: Values[] = [columns];
    for (const layer of layers) {
      const joined = behind?.(layer, results[layer.inputs[0] as number] as Values);
      if (joined) held.add(joined);
      const inputs = layer.inputs.map((input) => results[input] as Values);
      const result = joined ? layer.run(joined) : layer.run(...inputs);
      held.add(result);
      results.push(result);
      if (joined) releaseHeld(joined);
      for (const read of layer.lastReads) releaseHeld(results[read] as Values);
    }
    const last = results.at(-1) as Values;
    held.delete(last);
    return last;
  } finally {
    for (const values of held) release(values);
  }
}

/** Receptive field of a whole network in time; undefined if one of its layers needs whole windows. */
export function networkReach(layers: readonly Layer[]): TimeReach | undefined {
  const reaches: TimeReach[] = [{ columns: 1, stride: 1 }];
  for (const { inputs, reach } of layers) {
    // Branches with different receptive fields would have to be aligned.
    const [input, ...others] = inputs.map((index) => reaches[index] as TimeReach);
    const isEven = others.every((other) => other.columns === input?.columns && other.stride === input.stride);
    // Columns that a layer skips between two of its outputs have no place in a stream.
    if (input === undefined || reach === undefined || reach.columns < reach.stride || !isEven) return undefined;
    reaches.push({
      columns: input.columns + (reach.columns - 1) * input.stride,
      stride: input.stride * reach.stride,
    });
  }
  return reaches.at(-1);
}
