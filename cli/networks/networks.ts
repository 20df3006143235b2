import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-layers';
import type { FeatureSpec } from '../../src/shared/contracts/model/feature-spec';

/** Embedding size of a {@link streamingNetwork}, the input of its head. */
const EMBEDDING_SIZE = 256;

/** A convolution's width, and the average pooling after it as [frames, bands]. */
interface ConvolutionPlan {
  readonly width: number;
  readonly pool?: readonly [number, number];
}

/**
 * The convolutions of `earmark-52` and `earmark-light`: three stages, as in the 2017 network from which the project grew.
 * training/network/architecture.py builds the same layers.
 */
const streamingStages: readonly (readonly ConvolutionPlan[])[] = [
  [{ width: 16, pool: [2, 2] }],
  [{ width: 32 }, { width: 48, pool: [2, 2] }],
  [{ width: 80 }, { width: 80, pool: [1, 2] }, { width: 160 }, { width: 160 }],
];

/**
 * Builds a network for windows of a spec: [batch, columns, melBands, 1] in, logits [batch, positions, labels] out.
 *
 * A window of `spec.frames` columns gives one position. A longer input gives one for every window that starts one
 * stride of the network after the previous one. A network with a fixed number of columns takes only single windows.
 */
export type NetworkBuilder = (spec: FeatureSpec, labelCount: number) => tf.LayersModel;

/**
 * Three stages of convolutions with ReLU (batch norm is folded into them at export), the mean over time, maximum plus
 * mean over bands, one dense layer. The head has no sigmoid: training and calibration work on logits.
 *
 * Only the bands are padded, never time, and all strides in time multiply to 8 columns. So a recording needs one pass
 * instead of one per window: what windows share is computed once.
 */
function streamingNetwork(spec: FeatureSpec, labelCount: number): tf.LayersModel {
  const input = tf.input({ shape: [null, spec.melBands, 1], name: 'window' });
  let features = input;
  let frames = spec.frames;
  for (const [i, { width, pool }] of streamingStages.flat().entries()) {
    const [kernelSize, strides] = i === 0 ? [5, 2] : [3, 1];
    features = padBands(features, kernelSize, strides, `pad${i + 1}`);
    features = tf.layers
      .conv2d({ filters: width, kernelSize, strides, padding: 'valid', activation: 'relu', name: `conv${i + 1}` })
      .apply(features) as tf.SymbolicTensor;
    frames = Math.floor((frames - kernelSize) / strides) + 1;
    if (pool === undefined) continue;
    features = averagePool(features, pool, pool, `pool${i + 1}`);
    frames = Math.floor(frames / pool[0]);
  }
  const bands = features.shape[2] as number;
  const overTime = averagePool(features, [frames, 1], [1, 1], 'mean_over_time');
  const loudestBand = tf.layers
    .maxPooling2d({ poolSize: [1, bands], strides: [1, 1], name: 'max_over_bands' })
    .apply(overTime) as tf.SymbolicTensor;
  const meanBand = averagePool(overTime, [1, bands], [1, 1], 'mean_over_bands');
  const pooled = tf.layers.add({ name: 'max_plus_mean' }).apply([loudestBand, meanBand]) as tf.SymbolicTensor;
  const positions = tf.layers
    .reshape({ targetShape: [null, pooled.shape[3] as number], name: 'positions' })
    .apply(pooled) as tf.SymbolicTensor;
  const embedding = tf.layers
    .dense({ units: EMBEDDING_SIZE, activation: 'relu', name: 'embedding' })
    .apply(positions) as tf.SymbolicTensor;
  const logits = tf.layers.dense({ units: labelCount, name: 'head' }).apply(embedding) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: logits, name: 'earmark-52' });
}

/** Zeros beside the bands, so that a convolution with stride 1 keeps their number. Stride 2 halves it. */
function padBands(features: tf.SymbolicTensor, kernel: number, stride: number, name: string): tf.SymbolicTensor {
  const before = Math.floor((kernel - stride) / 2);
  const padding: [[number, number], [number, number]] = [
    [0, 0],
    [before, kernel - stride - before],
  ];
  return tf.layers.zeroPadding2d({ padding, name }).apply(features) as tf.SymbolicTensor;
}

function averagePool(
  features: tf.SymbolicTensor,
  poolSize: readonly [number, number],
  strides: readonly [number, number],
  name: string,
): tf.SymbolicTensor {
  return tf.layers
    .averagePooling2d({ poolSize: [...poolSize], strides: [...strides], name })
    .apply(features) as tf.SymbolicTensor;
}

/** Widths of the 2017 network: its three convolutions and its dense layer. */
const seed2017Widths = { convolutions: [128, 284, 768], dense: 2048 } as const;
const SEED_2017_KERNEL = 10;
const SEED_2017_DROPOUT = 0.5;

/**
 * The 2017 network from which the project grew: convolutions of 10×10 with pooling 6 and 2, one dense layer with
 * dropout. Its sigmoid belongs to the calibration, as for every network here: the output is logits.
 *
 * @param share of the original widths, rounded up: 1 is the exact network.
 */
function seed2017(share: number): NetworkBuilder {
  // The weights always come from a file. Drawing 183 million of them first would take half a minute.
  const kernelInitializer = 'zeros';
  return (spec, labelCount) => {
    const input = tf.input({ shape: [spec.frames, spec.melBands, 1], name: 'window' });
    let features = input;
    for (const [i, width] of seed2017Widths.convolutions.entries()) {
      features = tf.layers
        .conv2d({
          filters: Math.ceil(width * share),
          kernelSize: SEED_2017_KERNEL,
          padding: 'same',
          activation: 'relu',
          kernelInitializer,
          name: `conv${i + 1}`,
        })
        .apply(features) as tf.SymbolicTensor;
      const pool = [6, 2][i];
      if (pool === undefined) continue;
      features = tf.layers.maxPooling2d({ poolSize: pool, name: `pool${i + 1}` }).apply(features) as tf.SymbolicTensor;
    }
    const flat = tf.layers.flatten({ name: 'flat' }).apply(features) as tf.SymbolicTensor;
    const dense = tf.layers
      .dense({
        units: Math.ceil(seed2017Widths.dense * share),
        activation: 'relu',
        kernelInitializer,
        name: 'embedding',
      })
      .apply(flat) as tf.SymbolicTensor;
    const kept = tf.layers.dropout({ rate: SEED_2017_DROPOUT, name: 'dropout' }).apply(dense) as tf.SymbolicTensor;
    const logits = tf.layers.dense({ units: labelCount, name: 'head' }).apply(kept) as tf.SymbolicTensor;
    const position = tf.layers.reshape({ targetShape: [1, labelCount], name: 'position' }).apply(logits);
    return tf.model({ inputs: input, outputs: position as tf.SymbolicTensor, name: 'seed-2017' });
  };
}

/** Every available network, by name. */
export const networks: Readonly<Record<string, NetworkBuilder>> = {
  'earmark-52': streamingNetwork,
  'earmark-light': streamingNetwork,
  'seed-2017': seed2017(1),
  'seed-2017-eighth': seed2017(1 / 8),
};

/** A topology in TensorFlow.js's format, with the shape of every weight by name. */
export interface NetworkTopology {
  readonly modelTopology: unknown;
  readonly weightShapes: Readonly<Record<string, readonly number[]>>;
}

/**
 * The topology of a network, by name.
 *
 * @throws Error for an unknown name.
 */
export function networkTopology(name: string, spec: FeatureSpec, labelCount: number): NetworkTopology {
  const build = networks[name];
  if (build === undefined)
    throw new Error(`there is no network “${name}”; there is ${Object.keys(networks).join(', ')}`);
  return topologyOf(build, spec, labelCount);
}

/** The topology of a builder's network. */
export function topologyOf(build: NetworkBuilder, spec: FeatureSpec, labelCount: number): NetworkTopology {
  const network = build(spec, labelCount);
  const modelTopology: unknown = network.toJSON(null, false);
  // A weight's shape is fully known, unlike that of a layer's input.
  const weightShapes = Object.fromEntries(network.weights.map((w) => [w.originalName, w.shape as number[]]));
  network.dispose();
  return { modelTopology, weightShapes };
}
