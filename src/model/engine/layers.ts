import * as tf from '@tensorflow/tfjs-core';
import { EMBEDDING_LAYER } from '../folder/backbone';
import { depthwise, hardSwish } from './layer-kernels';
import { inputsOf, type LayerConfig, type LayerEntry, swishGates, type ZeroPadding } from './topology';

/**
 * A layer's receptive field in time: a column of its output depends on `columns` of its input, the next one on those
 * `stride` later.
 */
export interface TimeReach {
  readonly columns: number;
  readonly stride: number;
}

/** One layer of a backbone, ready to run. */
export interface Layer {
  /** Indices of the results it reads: 0 is the network's input, n is the n-th layer's result. */
  readonly inputs: readonly number[];
  /** Results that no later layer reads. */
  readonly lastReads: readonly number[];
  /** Undefined if it pads in time or mixes all columns: such a network needs whole windows. */
  readonly reach: TimeReach | undefined;
  readonly run: (...inputs: tf.Tensor[]) => tf.Tensor;
}

/** What a builder makes: how layers are connected is seen later. */
type BuiltLayer = Omit<Layer, 'inputs' | 'lastReads'>;

/** Activations that a layer computes itself. */
const fusedActivations = ['linear', 'relu', 'sigmoid'] as const;
type FusedActivation = (typeof fusedActivations)[number];

const NO_PADDING: ZeroPadding = [
  [0, 0],
  [0, 0],
];

/** What a layer is built from. */
interface LayerParts {
  readonly config: LayerConfig;
  /** From a padding layer before it. */
  readonly padding: ZeroPadding | undefined;
  /** @throws TypeError if the model has no such weight. */
  readonly weight: (name: string) => tf.Tensor;
  readonly keep: KeepTensor;
}

/** Makes the caller the owner of a tensor that a layer needs at every run: making it there takes longer than the layer. */
export type KeepTensor = <T extends tf.Tensor>(tensor: T) => T;

type LayerBuilder = (parts: LayerParts) => BuiltLayer;

/** A kind of layer that no topology names. */
const HARD_SWISH = 'HardSwish';

/** A layer that processes each column alone. */
const columnwise: TimeReach = { columns: 1, stride: 1 };

/** What both kinds of convolution take besides their input and filter. */
interface ConvolutionOptions {
  readonly bias: tf.Tensor;
  readonly strides: [number, number];
  readonly pad: ReturnType<typeof paddingOf>['pad'];
  readonly activation: ReturnType<typeof fusedActivation>;
}

function convolution(
  { config, padding, weight }: LayerParts,
  kernel: string,
  run: (x: tf.Tensor4D, filter: tf.Tensor4D, options: ConvolutionOptions) => tf.Tensor,
): BuiltLayer {
  const filter = weight(kernel) as tf.Tensor4D;
  const { pad, padsTime } = paddingOf(config, padding);
  const strides = [...config.strides] as [number, number];
  const options = { bias: weight('bias'), strides, pad, activation: fusedActivation(config) };
  return {
    reach: padsTime ? undefined : { columns: config.kernel_size[0], stride: config.strides[0] },
    run: (x) => run(x as tf.Tensor4D, filter, options),
  };
}

const builders: Readonly<Record<string, LayerBuilder>> = {
  Conv2D: (parts) => convolution(parts, 'kernel', (x, filter, rest) => tf.fused.conv2d({ x, filter, ...rest })),
  AveragePooling2D: ({ config }) => pooling(config, tf.avgPool),
  MaxPooling2D: ({ config }) => pooling(config, tf.maxPool),
  DepthwiseConv2D: (parts) =>
    convolution(parts, 'depthwise_kernel', (x, filter, { pad, ...rest }) => {
      const { bias, strides, activation } = rest;
      const padding = pad === 'valid' ? NO_PADDING : pad === 'same' ? undefined : ([pad[1], pad[2]] as const);
      const own = padding && activation !== 'sigmoid' && depthwise(x, filter, bias, { padding, strides, activation });
      // The type does not allow padding per side, but every backend does.
      return own || tf.fused.depthwiseConv2d({ x, filter, pad: pad as 'valid', ...rest });
    }),
  BatchNormalization({ config, weight, keep }) {
    const gamma = weight('gamma');
    const [beta, mean, variance] = [weight('beta'), weight('moving_mean'), weight('moving_variance')];
    const shape = [1, 1, 1, 1];
    shape[config.axis] = gamma.size;
    const scale = keep(tf.tidy(() => tf.reshape(tf.div(gamma, tf.sqrt(tf.add(variance, config.epsilon))), shape)));
    const offset = keep(tf.tidy(() => tf.sub(tf.reshape(beta, shape), tf.mul(tf.reshape(mean, shape), scale))));
    return { reach: columnwise, run: (x) => tf.add(tf.mul(x as tf.Tensor, scale), offset) };
  },
  Activation({ config, keep }) {
    if (config.activation === 'relu') return { reach: columnwise, run: (x) => tf.relu(x as tf.Tensor) };
    if (config.activation !== 'hard_sigmoid') throw new TypeError(unknownActivation(config));
    const [slope, middle] = [keep(tf.scalar(0.2)), keep(tf.scalar(0.5))];
    return {
      reach: columnwise,
      run: (x) => tf.clipByValue(tf.add(tf.mul(x as tf.Tensor, slope), middle), 0, 1),
    };
  },
  /** A hard sigmoid and the product with it: see {@link swishGates}. */
  [HARD_SWISH]: ({ keep }) => {
    const constants = [keep(tf.scalar(0.2)), keep(tf.scalar(0.5))] as const;
    return { reach: columnwise, run: (x) => hardSwish(x as tf.Tensor, constants) };
  },
  /** Its sizes count axes from 1: 0 is the batch, which stays. */
  Permute: ({ config }) => ({ reach: undefined, run: (x) => tf.transpose(x as tf.Tensor, [0, ...config.dims]) }),
  Multiply: () => ({ reach: columnwise, run: (a, b) => tf.mul(a as tf.Tensor, b as tf.Tensor) }),
  /** Crops as many columns as an unpadded convolution beside it, so its reach is the same. */
  Cropping2D({ config }) {
    const [before, after] = config.cropping[0];
    return {
      reach: { columns: before + after + 1, stride: 1 },
      run: (x) => {
        const [, columns = 0] = (x as tf.Tensor).shape;
        return tf.slice(x as tf.Tensor4D, [0, before, 0, 0], [-1, columns - before - after, -1, -1]);
      },
    };
  },
  Add: () => ({ reach: columnwise, run: (a, b) => tf.add(a as tf.Tensor, b as tf.Tensor) }),
  Dropout: () => ({ reach: columnwise, run: (x) => tf.clone(x as tf.Tensor) }),
  Flatten: () => ({
    reach: undefined,
    run: (x) => tf.reshape(x as tf.Tensor, [(x as tf.Tensor).shape[0] as number, -1]),
  }),
  Reshape: ({ config }) => ({
    reach: config.target_shape[0] === null ? columnwise : undefined,
    run: (x) =>
      tf.reshape(x as tf.Tensor, [
        (x as tf.Tensor).shape[0] as number,
        ...config.target_shape.map((size) => size ?? -1),
      ]),
  }),
  Dense({ config, weight }) {
    const b = weight('kernel') as tf.Tensor2D;
    const bias = weight('bias');
    const activation = fusedActivation(config);
    return {
      reach: columnwise,
      run: (x) => {
        const a = tf.reshape(x as tf.Tensor, [-1, b.shape[0]]) as tf.Tensor2D;
        const product = tf.fused.matMul({ a, b, bias, activation });
        return tf.reshape(product, [...(x as tf.Tensor).shape.slice(0, -1), b.shape[1]]);
      },
    };
  },
};

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
  const paddings = new Map<string, { readonly input: string; readonly padding: ZeroPadding }>();
  const gates = swishGates(entries);
  for (const entry of entries) {
    const { config } = entry;
    const { name } = config;
    const isSwish = inputsOf(entry).some((input) => gates.has(input));
    const class_name = isSwish ? HARD_SWISH : entry.class_name;
    const inputs = inputsOf(entry).filter((input) => !gates.has(input));
    if (gates.has(name)) continue;
    if (class_name === 'InputLayer') {
      results.set(name, 0);
      continue;
    }
    if (class_name === 'ZeroPadding2D') {
      paddings.set(name, { input: inputs[0] as string, padding: config.padding as unknown as ZeroPadding });
      continue;
    }
    const build = builders[class_name];
    if (build === undefined) throw new TypeError(`its layer “${name}” is a ${class_name}, which Earmark cannot run`);
    const padded = class_name.endsWith('Conv2D') ? paddings.get(inputs[0] as string) : undefined;
    const weight = (kind: string): tf.Tensor => {
      const found = weights.get(`${name}/${kind}`);
      if (found === undefined) throw new TypeError(`its layer “${name}” has no ${kind}`);
      return found;
    };
    const read = (padded === undefined ? inputs : [padded.input]).map((input) => {
      const result = results.get(input);
      if (result === undefined) throw new TypeError(`its layer “${name}” reads “${input}”, which gives nothing`);
      return result;
    });
    layers.push({ ...build({ config, padding: padded?.padding, weight, keep }), inputs: read });
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

/**
 * Runs layers on columns, [batch, columns, bands, 1]. What no layer reads any more is freed at once, the columns as well:
 * WebAssembly's memory never shrinks, so it stays as large as the most that was ever held.
 *
 * @param behind what is prepended to a layer's input, for a stream.
 * @returns the embeddings, [batch · positions, embedding size].
 */
export function runLayers(
  layers: readonly Layer[],
  columns: tf.Tensor4D,
  behind: (layer: Layer, input: tf.Tensor) => tf.Tensor = (_, input) => input,
): tf.Tensor2D {
  const results: tf.Tensor[] = [columns];
  for (const layer of layers) {
    const inputs = layer.inputs.map((input) => behind(layer, results[input] as tf.Tensor));
    results.push(layer.run(...inputs));
    for (const read of layer.lastReads) results[read]?.dispose();
  }
  const embeddings = results.at(-1) as tf.Tensor;
  return tf.reshape(embeddings, [-1, embeddings.shape.at(-1) as number]);
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

/** The convolution adds the zeros as it reads: a separate padding layer would copy everything. */
function paddingOf(
  config: LayerConfig,
  padding: ZeroPadding | undefined,
): { pad: tf.backend_util.ExplicitPadding | 'valid' | 'same'; padsTime: boolean } {
  if (padding === undefined) return { pad: config.padding, padsTime: config.padding === 'same' };
  return {
    pad: [[0, 0], [...padding[0]], [...padding[1]], [0, 0]],
    padsTime: padding[0].some((columns) => columns > 0),
  };
}

function pooling(
  { pool_size, strides, padding }: LayerConfig,
  pool: (x: tf.Tensor4D, size: [number, number], strides: [number, number], pad: 'valid' | 'same') => tf.Tensor4D,
): BuiltLayer {
  return {
    reach: padding === 'same' ? undefined : { columns: pool_size[0], stride: strides[0] },
    run: (x) => pool(x as tf.Tensor4D, [...pool_size], [...strides], padding),
  };
}

/** @throws TypeError for an activation that a layer cannot compute itself. */
function fusedActivation(config: LayerConfig): FusedActivation {
  const known = fusedActivations.find((activation) => activation === config.activation);
  if (known === undefined) throw new TypeError(unknownActivation(config));
  return known;
}

function unknownActivation({ activation }: LayerConfig): string {
  return `it asks for the activation “${activation}”, which Earmark cannot run`;
}
