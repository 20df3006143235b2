import * as tf from '@tensorflow/tfjs-core';
import { convolutionLayer, depthwiseLayer } from './convolution-layers';
import { consume, reshape, runKernel, type Values } from './kernels';
import {
  add,
  type BuiltLayer,
  columnwise,
  fusedActivation,
  type Gate,
  hardSigmoid,
  hardSigmoidConstants,
  hardSwishLayer,
  type LayerBuilder,
  type LayerParts,
  multiply,
  unknownActivation,
} from './layer-parts';
import { HARD_SWISH, type LayerConfig, SQUEEZE_EXCITE, TIME_PRODUCT } from './topology';
import { columnsOf } from './wasm/column-kernels';
import { combineColumns, combineWeights } from './wasm/combine-columns';
import { squeezeExcite } from './wasm/squeeze-excite';

/** Builders by kind. */
const builders: Readonly<Record<string | symbol, LayerBuilder>> = {
  Conv2D: convolutionLayer,
  DepthwiseConv2D: depthwiseLayer,
  AveragePooling2D: ({ config }) => pooling(config, 'AvgPool'),
  MaxPooling2D: ({ config }) => pooling(config, 'MaxPool'),
  BatchNormalization({ config, weight, keep }) {
    const gamma = weight('gamma');
    const [beta, mean, variance] = [weight('beta'), weight('moving_mean'), weight('moving_variance')];
    const shape = [1, 1, 1, 1];
    shape[config.axis] = gamma.size;
    const scale = keep(tf.tidy(() => tf.reshape(tf.div(gamma, tf.sqrt(tf.add(variance, config.epsilon))), shape)));
    const offset = keep(tf.tidy(() => tf.sub(tf.reshape(beta, shape), tf.mul(tf.reshape(mean, shape), scale))));
    return { reach: columnwise, run: (x) => consume(multiply(x, scale), (scaled) => add(scaled, offset)) };
  },
  Activation({ config, keep }) {
    if (config.activation === 'relu') return { reach: columnwise, run: (x) => runKernel('Relu', { x }) };
    if (config.activation !== 'hard_sigmoid') throw new TypeError(unknownActivation(config));
    const constants = hardSigmoidConstants(keep);
    return { reach: columnwise, run: (x) => hardSigmoid(x, constants) };
  },
  [HARD_SWISH]: hardSwishLayer,
  [SQUEEZE_EXCITE]({ gates }) {
    const [means, squeeze, excite] = gates as [Gate, Gate, Gate];
    const isColumnwise = means.layer.reach?.columns === 1 && means.layer.reach.stride === 1;
    return {
      reach: isColumnwise ? columnwise : undefined,
      run: (x) =>
        (isGlobal(means.config, x.shape) && squeezeExcite(x, squeeze.layer.packed, excite.layer.packed)) ||
        consume(consume(consume(means.layer.run(x), squeeze.layer.run), excite.layer.run), (made) => multiply(x, made)),
    };
  },
  /** Its sizes count axes from 1: 0 is the batch, which stays. */
  Permute: ({ config }) => ({
    reach: undefined,
    run: (x) => runKernel('Transpose', { x }, { perm: [0, ...config.dims] }),
  }),
  Multiply: () => ({ reach: columnwise, run: (a, b) => multiply(a as Values, b as Values) }),
  /** Crops as many columns as an unpadded convolution beside it, so its reach is the same. */
  Cropping2D({ config }) {
    const [before, after] = config.cropping[0];
    return {
      reach: { columns: before + after + 1, stride: 1 },
      run: (x) => columnsOf(x, before, (x.shape[1] as number) - before - after),
    };
  },
  Add: () => ({ reach: columnwise, run: (a, b) => add(a as Values, b as Values) }),
  Dropout: () => ({ reach: columnwise, run: (x) => reshape(x, x.shape) }),
  Flatten: () => ({
    reach: undefined,
    run: (x) => reshape(x, [x.shape[0] as number, -1]),
  }),
  Reshape: ({ config }) => ({
    reach: config.target_shape[0] === null ? columnwise : undefined,
    run: (x) => reshape(x, [x.shape[0] as number, ...config.target_shape.map((size) => size ?? -1)]),
  }),
  Dense: denseLayer,
  /** A dense layer between two permutations that exchange time and channels. */
  [TIME_PRODUCT](parts) {
    const { weight, keep } = parts;
    const weights = combineWeights(weight('kernel') as tf.Tensor2D, weight('bias'), keep);
    const dense = denseLayer(parts);
    return {
      reach: undefined,
      run: (x) => (weights && combineColumns(x, weights)) ?? consume(consume(timeLast(x), dense.run), timeLast),
    };
  },
};

/** Undefined for an unknown kind. */
export function builderOf(kind: string | symbol): LayerBuilder | undefined {
  return Object.hasOwn(builders, kind) ? builders[kind] : undefined;
}

/** Whether a pooling is over all of an image. */
function isGlobal({ pool_size }: LayerConfig, [, rows, columns]: readonly number[]): boolean {
  return pool_size[0] === rows && pool_size[1] === columns;
}

/** Exchanges time and channels. */
function timeLast(x: Values): Values {
  return runKernel('Transpose', { x }, { perm: [0, 3, 2, 1] });
}

function denseLayer({ config, weight, keep }: LayerParts): BuiltLayer {
  const kernel = weight('kernel') as tf.Tensor2D;
  const [inner, size] = kernel.shape;
  // The kernel multiplies stacks of matrices.
  const b = keep(tf.reshape(kernel, [1, inner, size]));
  const bias = weight('bias');
  const options = { transposeA: false, transposeB: false, activation: fusedActivation(config) };
  return {
    reach: columnwise,
    run: (x) => {
      const product = consume(reshape(x, [1, -1, inner]), (a) => runKernel('_FusedMatMul', { a, b, bias }, options));
      return consume(product, (rows) => reshape(rows, [...x.shape.slice(0, -1), size]));
    },
  };
}

function pooling({ pool_size, strides, padding }: LayerConfig, kernel: 'AvgPool' | 'MaxPool'): BuiltLayer {
  const attributes = { filterSize: [...pool_size], strides: [...strides], pad: padding };
  return {
    reach: padding === 'same' ? undefined : { columns: pool_size[0], stride: strides[0] },
    run: (x) => runKernel(kernel, { x }, attributes),
  };
}
