import '@tensorflow/tfjs-backend-cpu';
import { io } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import type { FeatureSpec } from '../shared/feature-spec';

/** Embedding size of {@link earmark52}: what its head reads. */
const EMBEDDING_SIZE = 256;

/**
 * Width of each convolution of `earmark-52`, and whether an average pooling of 2 follows it. Three stages, as in the
 * 2017 network that the project starts from; training/network.py builds the same layers.
 */
const earmark52Stages = [
  [{ width: 16, pool: true }],
  [
    { width: 32, pool: false },
    { width: 48, pool: true },
  ],
  [
    { width: 96, pool: false },
    { width: 96, pool: true },
    { width: 160, pool: false },
    { width: 160, pool: false },
  ],
];

/** Builds a network for windows of a spec: [batch, frames, melBands, 1] in, one logit a label out. */
export type NetworkBuilder = (spec: FeatureSpec, labelCount: number) => tf.LayersModel;

/**
 * Three stages of 3×3 convolutions with ReLU (batch norm is folded into them at export), the mean over time, maximum
 * plus mean over bands, one dense layer. The head has no sigmoid: training and calibration work on logits.
 */
function earmark52(spec: FeatureSpec, labelCount: number): tf.LayersModel {
  const input = tf.input({ shape: [spec.frames, spec.melBands, 1], name: 'window' });
  let features = input;
  for (const [i, { width, pool }] of earmark52Stages.flat().entries()) {
    const first = i === 0;
    features = tf.layers
      .conv2d({
        filters: width,
        kernelSize: first ? 5 : 3,
        strides: first ? 2 : 1,
        padding: 'same',
        activation: 'relu',
        name: `conv${i + 1}`,
      })
      .apply(features) as tf.SymbolicTensor;
    if (pool)
      features = tf.layers.averagePooling2d({ poolSize: 2, name: `pool${i + 1}` }).apply(features) as tf.SymbolicTensor;
  }
  const frames = features.shape[1] as number;
  const overTime = tf.layers
    .averagePooling2d({ poolSize: [frames, 1], name: 'mean_over_time' })
    .apply(features) as tf.SymbolicTensor;
  const loudestBand = tf.layers.globalMaxPooling2d({ name: 'max_over_bands' }).apply(overTime) as tf.SymbolicTensor;
  const meanBand = tf.layers.globalAveragePooling2d({ name: 'mean_over_bands' }).apply(overTime) as tf.SymbolicTensor;
  const pooled = tf.layers.add({ name: 'max_plus_mean' }).apply([loudestBand, meanBand]) as tf.SymbolicTensor;
  const embedding = tf.layers
    .dense({ units: EMBEDDING_SIZE, activation: 'relu', name: 'embedding' })
    .apply(pooled) as tf.SymbolicTensor;
  const logits = tf.layers.dense({ units: labelCount, name: 'head' }).apply(embedding) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: logits, name: 'earmark-52' });
}

/** Every network that can be built, by name. */
export const networks: Readonly<Record<string, NetworkBuilder>> = { 'earmark-52': earmark52 };

/**
 * A network's topology as TensorFlow.js saves it, with the shape of every weight by name.
 *
 * @throws Error when no network has that name.
 */
export async function networkTopology(
  name: string,
  spec: FeatureSpec,
  labelCount: number,
): Promise<{ modelTopology: unknown; weightShapes: Readonly<Record<string, readonly number[]>> }> {
  const build = networks[name];
  if (build === undefined)
    throw new Error(`there is no network “${name}”; there is ${Object.keys(networks).join(', ')}`);
  const network = build(spec, labelCount);
  let artifacts: io.ModelArtifacts | undefined;
  await network.save(
    io.withSaveHandler(async (saved) => {
      artifacts = saved;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  const { modelTopology, weightSpecs } = artifacts as io.ModelArtifacts;
  return { modelTopology, weightShapes: Object.fromEntries((weightSpecs ?? []).map((w) => [w.name, w.shape])) };
}
