import * as tf from '@tensorflow/tfjs-core';
import { columnsOf } from './column-kernels';
import { consume, reshape, runKernel, type Values } from './kernels';
import { depthwise, hardSwish } from './layer-kernels';
import type { LayerConfig, ZeroPadding } from './topology';
import { winograd, winogradWeights } from './winograd';

/**
 * A layer's receptive field in time: a column of its output depends on `columns` of its input, the next one on those
 * `stride` later.
 */
export interface TimeReach {
  readonly columns: number;
  readonly stride: number;
}

/** A layer, ready to run. */
export interface BuiltLayer {
  /** Undefined if it pads in time or mixes all columns: such a network needs whole windows. */
  readonly reach: TimeReach | undefined;
  /** The result belongs to the caller, like the inputs. */
  readonly run: (...inputs: Values[]) => Values;
}

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
export const HARD_SWISH = 'HardSwish';

/** A layer that processes each column alone. */
const columnwise: TimeReach = { columns: 1, stride: 1 };

/** What both kinds of convolution take besides their input and filter. */
interface ConvolutionOptions {
  readonly strides: [number, number];
  readonly pad: ReturnType<typeof paddingOf>['pad'];
  readonly activation: ReturnType<typeof fusedActivation>;
}

/** What a convolution reads. */
interface ConvolutionInputs {
  readonly x: Values;
  readonly filter: Values;
  readonly bias: Values;
}

function convolution(
  { config, padding, weight }: LayerParts,
  kernel: string,
  run: (inputs: ConvolutionInputs, options: ConvolutionOptions) => Values,
): BuiltLayer {
  const [filter, bias] = [weight(kernel), weight('bias')];
  const { pad, padsTime } = paddingOf(config, padding);
  const strides = [...config.strides] as [number, number];
  const options = { strides, pad, activation: fusedActivation(config) };
  return {
    reach: padsTime ? undefined : { columns: config.kernel_size[0], stride: config.strides[0] },
    run: (x) => run({ x, filter, bias }, options),
  };
}

/** A fused convolution of TensorFlow.js. */
function fusedConvolution(name: string, inputs: ConvolutionInputs, options: ConvolutionOptions): Values {
  return runKernel(name, { ...inputs }, { ...options, dataFormat: 'NHWC', dilations: [1, 1] });
}

/** Builders by the kinds that topologies name. */
export const builders: Readonly<Record<string, LayerBuilder>> = {
  Conv2D(parts) {
    const [rowStride, columnStride] = parts.config.strides;
    const made = rowStride === 1 && columnStride === 1 ? winogradWeights(parts.weight('kernel')) : undefined;
    const weights = made && parts.keep(made);
    return convolution(parts, 'kernel', (inputs, options) => {
      const { pad, activation } = options;
      const padding = explicitPadding(pad);
      const byTiles =
        weights && padding && activation !== 'sigmoid' && winograd({ ...inputs, weights }, { padding, activation });
      return byTiles || fusedConvolution('FusedConv2D', inputs, options);
    });
  },
  AveragePooling2D: ({ config }) => pooling(config, 'AvgPool'),
  MaxPooling2D: ({ config }) => pooling(config, 'MaxPool'),
  DepthwiseConv2D: (parts) =>
    convolution(parts, 'depthwise_kernel', (inputs, options) => {
      const { pad, strides, activation } = options;
      const padding = explicitPadding(pad);
      const own = padding && activation !== 'sigmoid' && depthwise(inputs, { padding, strides, activation });
      return own || fusedConvolution('FusedDepthwiseConv2D', inputs, options);
    }),
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
  /** A hard sigmoid and the product with it: see {@link swishGates}. */
  [HARD_SWISH]: ({ keep }) => {
    const constants = hardSigmoidConstants(keep);
    return {
      reach: columnwise,
      run: (x) => hardSwish(x) ?? consume(hardSigmoid(x, constants), (gate) => multiply(x, gate)),
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
  Dense({ config, weight, keep }) {
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
  },
};

function add(a: Values, b: Values): Values {
  return runKernel('Add', { a, b });
}

function multiply(a: Values, b: Values): Values {
  return runKernel('Multiply', { a, b });
}

/** 0.2 and ½, see {@link hardSigmoid}. */
function hardSigmoidConstants(keep: KeepTensor): readonly [Values, Values] {
  return [keep(tf.scalar(0.2)), keep(tf.scalar(0.5))];
}

/** clip(x / 5 + ½, 0, 1) */
function hardSigmoid(x: Values, [slope, middle]: readonly [Values, Values]): Values {
  const line = consume(multiply(x, slope), (scaled) => add(scaled, middle));
  return consume(line, (sum) => runKernel('ClipByValue', { x: sum }, { clipValueMin: 0, clipValueMax: 1 }));
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

/** Zeros in time and across the bands; undefined if they depend on the input. */
function explicitPadding(pad: ConvolutionOptions['pad']): ZeroPadding | undefined {
  if (pad === 'same') return undefined;
  return pad === 'valid' ? NO_PADDING : [pad[1], pad[2]];
}

function pooling({ pool_size, strides, padding }: LayerConfig, kernel: 'AvgPool' | 'MaxPool'): BuiltLayer {
  const attributes = { filterSize: [...pool_size], strides: [...strides], pad: padding };
  return {
    reach: padding === 'same' ? undefined : { columns: pool_size[0], stride: strides[0] },
    run: (x) => runKernel(kernel, { x }, attributes),
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
