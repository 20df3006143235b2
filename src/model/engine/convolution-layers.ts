import type * as tf from '@tensorflow/tfjs-core';
import { consume, runKernel, type Values } from './kernels';
import {
  add,
  type BuiltLayer,
  type FusedActivation,
  fusedActivation,
  hardSwishLayer,
  type LayerParts,
} from './layer-parts';
import type { LayerConfig, ZeroPadding } from './topology';
import { convolution, convolutionWeights } from './wasm/convolution';
import { type ConvolutionAttributes, depthwise } from './wasm/layer-kernels';
import { winograd, winogradWeights } from './wasm/winograd';

const NO_PADDING: ZeroPadding = [
  [0, 0],
  [0, 0],
];

/** What both kinds of convolution take besides their input and filter. */
interface ConvolutionOptions {
  readonly strides: [number, number];
  readonly pad: ReturnType<typeof paddingOf>['pad'];
  readonly activation: FusedActivation;
}

/** What a convolution reads. */
interface ConvolutionInputs {
  readonly x: Values;
  readonly filter: Values;
  readonly bias: Values;
  /** What is added to the sums, before the hard-swish. */
  readonly addend: Values | undefined;
}

/** How a convolution is computed: by a kernel of our own, where one can, with everything that comes after the sums. */
interface ConvolutionWays {
  readonly kernel: string;
  readonly own: (inputs: ConvolutionInputs, options: ConvolutionAttributes) => Values | undefined;
  /** Of TensorFlow.js. */
  readonly theirs: string;
  /** Its weights, where a kernel of our own takes them so. */
  readonly packed?: Values | undefined;
}

function layerOf(parts: LayerParts, { kernel, own, theirs, packed }: ConvolutionWays): BuiltLayer {
  const { config, weight, isSwish } = parts;
  const [filter, bias] = [weight(kernel), weight('bias')];
  const { pad, padsTime } = paddingOf(config, parts.padding);
  const strides = [...config.strides] as [number, number];
  const options: ConvolutionOptions = { strides, pad, activation: fusedActivation(config) };
  const padding = explicitPadding(pad);
  const activation = isSwish ? 'hard-swish' : options.activation;
  const swish = isSwish ? hardSwishLayer(parts) : undefined;
  return {
    reach: padsTime ? undefined : { columns: config.kernel_size[0], stride: config.strides[0] },
    run: (x, addend) => {
      const inputs = { x, filter, bias, addend };
      const whole = padding && activation !== 'sigmoid' && own(inputs, { strides, padding, activation });
      if (whole) return whole;
      const sums = runKernel(theirs, { x, filter, bias }, { ...options, dataFormat: 'NHWC', dilations: [1, 1] });
      const all = addend ? consume(sums, (values) => add(values, addend)) : sums;
      return swish ? consume(all, swish.run) : all;
    },
    packed: packed && { weights: packed, bias, activation: options.activation },
  };
}

/** A convolution over time and bands. */
export function convolutionLayer(parts: LayerParts): BuiltLayer {
  const { config, weight, keep } = parts;
  const kept = (made: tf.Tensor | undefined): Values | undefined => made && keep(made);
  const isEveryPlace = config.strides.every((stride) => stride === 1);
  const ofTiles = kept(isEveryPlace ? winogradWeights(weight('kernel')) : undefined);
  const weights = kept(convolutionWeights(weight('kernel')));
  return layerOf(parts, {
    kernel: 'kernel',
    own: ({ x, bias, addend }, options) => {
      const { padding, activation } = options;
      const byTiles = ofTiles && !addend && activation !== 'hard-swish';
      return (
        (byTiles && winograd({ x, weights: ofTiles, bias }, { padding, activation })) ||
        (weights && convolution({ x, weights, bias, addend }, { ...options, kernelSize: config.kernel_size }))
      );
    },
    theirs: 'FusedConv2D',
    packed: weights,
  });
}

/** A convolution of each channel alone. */
export function depthwiseLayer(parts: LayerParts): BuiltLayer {
  return layerOf(parts, {
    kernel: 'depthwise_kernel',
    own: ({ x, filter, bias }, options) => depthwise({ x, filter, bias }, options),
    theirs: 'FusedDepthwiseConv2D',
  });
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
