import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-layers';
import type { NetworkBuilder } from './networks';

type Pair = readonly [number, number];

/** An inverted residual block; kernel and stride are [frames, bands]. */
export interface MobileNetBlock {
  readonly expanded: number;
  readonly channels: number;
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly gated: boolean;
  readonly hardSwish: boolean;
}

/** A MobileNet's shape, as written to `plan.json` by training/network/export_mobilenet.py. */
export interface MobileNetPlan {
  readonly stem: number;
  readonly means: number;
  readonly embedding: number;
  /** To how many frames a window is interpolated first, if it is. Such a network cannot stream. */
  readonly resampledFrames?: number;
  /** Whether layers pad the window with zeros in time. Such a network cannot stream, and quiet windows are raised first. */
  readonly padsTime: boolean;
  /** Whether a channel's gate sees the whole window, not only its own column. */
  readonly gatesSeeTime: boolean;
  readonly blocks: readonly MobileNetBlock[];
}

const STEM_KERNEL: Pair = [3, 3];
const STEM_STRIDE: Pair = [2, 2];
const POINT: Pair = [1, 1];

type Features = tf.SymbolicTensor;

/** Builds a plan's layers. The head has no sigmoid. Batch norm is folded into the convolutions at export. */
export function mobileNet(plan: MobileNetPlan): NetworkBuilder {
  return (spec, labelCount) => {
    const { resampledFrames = spec.frames } = plan;
    const layers = new PlanLayers(plan, resampledFrames);
    const shape = [plan.padsTime ? spec.frames : null, spec.melBands, 1];
    const input = tf.input({ shape, name: 'window' });
    // Only the bands' offsets have an effect; the rest is the identity.
    const offsets = tf.layers.batchNormalization({ axis: 2, epsilon: 1e-7, name: 'bands' });
    let features = offsets.apply(plan.padsTime ? raised(input) : input) as Features;
    features = floored(features);
    features = plan.resampledFrames === undefined ? lifted(features) : resampled(features, plan.resampledFrames);
    features = layers.convolution(features, 'stem', plan.stem, STEM_KERNEL, STEM_STRIDE, 'linear');
    features = layers.activation(features, 'stem', true);
    for (const [i, block] of plan.blocks.entries()) features = layers.block(features, `block${i + 1}`, block);
    features = layers.convolution(features, 'last', plan.means, POINT, POINT, 'linear');
    features = layers.activation(features, 'last', true);
    const means = layers.mean(features, 'means', true);
    const positions = tf.layers.reshape({ targetShape: [plan.padsTime ? 1 : null, plan.means], name: 'positions' });
    const dense = tf.layers.dense({ units: plan.embedding, name: 'dense' });
    const embedding = hardSwish(dense.apply(positions.apply(means)) as Features, 'dense', 'embedding');
    const logits = tf.layers.dense({ units: labelCount, name: 'head' }).apply(embedding) as Features;
    return tf.model({ inputs: input, outputs: logits, name: 'earmark-mobile-net' });
  };
}

/** Creates layers and tracks how many frames of a window are left. */
class PlanLayers {
  readonly #plan: MobileNetPlan;
  #frames: number;

  constructor(plan: MobileNetPlan, frames: number) {
    this.#plan = plan;
    this.#frames = frames;
  }

  block(input: Features, name: string, block: MobileNetBlock): Features {
    const { expanded, channels, kernel, stride, gated } = block;
    const inputChannels = input.shape[3] as number;
    let features = input;
    if (expanded !== inputChannels) {
      features = this.convolution(features, `${name}_expand`, expanded, POINT, POINT, activationOf(block));
      features = this.activation(features, `${name}_expand`, block.hardSwish);
    }
    features = this.#depthwise(features, `${name}_depthwise`, block);
    features = this.activation(features, `${name}_depthwise`, block.hardSwish);
    if (gated) features = this.#gates(features, name);
    features = this.convolution(features, `${name}_project`, channels, POINT, POINT, 'linear');
    if (inputChannels !== channels || stride[1] !== 1) return features;
    const shortcut = this.#plan.padsTime ? input : trimTime(input, kernel[0], `${name}_trim`);
    return tf.layers.add({ name: `${name}_add` }).apply([features, shortcut]) as Features;
  }

  convolution(
    input: Features,
    name: string,
    filters: number,
    kernel: Pair,
    stride: Pair,
    activation: 'linear' | 'relu' | 'sigmoid',
  ): Features {
    const padded = this.#pad(input, name, kernel, stride);
    return tf.layers
      .conv2d({ filters, kernelSize: [...kernel], strides: [...stride], padding: 'valid', activation, name })
      .apply(padded) as Features;
  }

  /** An activation that a convolution does not compute itself. */
  activation(input: Features, name: string, isHardSwish: boolean): Features {
    return isHardSwish ? hardSwish(input, name, `${name}_swish`) : input;
  }

  /** The mean over bands and, with `overTime`, over the frames of a window. */
  mean(input: Features, name: string, overTime: boolean): Features {
    const poolSize: [number, number] = [overTime ? this.#frames : 1, input.shape[2] as number];
    return tf.layers.averagePooling2d({ poolSize, strides: [1, 1], name }).apply(input) as Features;
  }

  #depthwise(input: Features, name: string, block: MobileNetBlock): Features {
    const { kernel, stride } = block;
    const padded = this.#pad(input, name, kernel, stride);
    const activation = activationOf(block);
    return tf.layers
      .depthwiseConv2d({ kernelSize: [...kernel], strides: [...stride], padding: 'valid', activation, name })
      .apply(padded) as Features;
  }

  #gates(input: Features, name: string): Features {
    const channels = input.shape[3] as number;
    const hidden = Math.max(8, Math.floor((Math.floor(channels / 4) + 4) / 8) * 8);
    const means = this.mean(input, `${name}_mean`, this.#plan.gatesSeeTime);
    const dense = (x: Features, layer: string, units: number, activation: 'relu' | 'sigmoid'): Features =>
      tf.layers.conv2d({ filters: units, kernelSize: 1, activation, name: `${name}_${layer}` }).apply(x) as Features;
    const gates = dense(dense(means, 'squeeze', hidden, 'relu'), 'excite', channels, 'sigmoid');
    return tf.layers.multiply({ name: `${name}_gated` }).apply([input, gates]) as Features;
  }

  /** Zeros around the input, as many on each side as PyTorch adds: half a kernel. */
  #pad(input: Features, name: string, kernel: Pair, stride: Pair): Features {
    const [frames, bands] = [this.#plan.padsTime ? kernel[0] >> 1 : 0, kernel[1] >> 1];
    this.#frames = Math.floor((this.#frames + 2 * frames - kernel[0]) / stride[0]) + 1;
    if (bands === 0) return input;
    const padding: [[number, number], [number, number]] = [
      [frames, frames],
      [bands, bands],
    ];
    return tf.layers.zeroPadding2d({ padding, name: `${name}_pad` }).apply(input) as Features;
  }
}

/**
 * Raises windows whose peak is below a limit, towards it and by no more than a most: window + most − relu(most −
 * relu(limit − peak)). Limit and most are biases.
 */
function raised(window: Features): Features {
  const [, frames, bands] = window.shape as [null, number, number, 1];
  const peakOfFrames = tf.layers.maxPooling2d({ poolSize: [1, bands], strides: [1, bands], name: 'frame_peaks' });
  const peakOfAll = tf.layers.maxPooling2d({ poolSize: [frames, 1], strides: [frames, 1], name: 'peak' });
  const negated = (name: string, activation: 'linear' | 'relu'): ReturnType<typeof tf.layers.conv2d> =>
    tf.layers.conv2d({ filters: 1, kernelSize: 1, activation, name });
  const peak = peakOfAll.apply(peakOfFrames.apply(window));
  const spared = negated('spared', 'relu').apply(negated('missing', 'relu').apply(peak));
  return tf.layers
    .add({ name: 'raised' })
    .apply([window, negated('raise', 'linear').apply(spared) as Features]) as Features;
}

/** The quietest that the network learned on: the bands' offsets have made it zero. */
function floored(input: Features): Features {
  return tf.layers.activation({ activation: 'relu', name: 'floored' }).apply(input) as Features;
}

/** Gives the floor its value back. Only the offset has an effect; the rest is the identity. */
function lifted(input: Features): Features {
  return tf.layers.batchNormalization({ axis: 2, epsilon: 1e-7, name: 'floor' }).apply(input) as Features;
}

/** Interpolates the frames of windows, [frames, bands, 1], and gives the floor its value back. */
function resampled(input: Features, frames: number): Features {
  const bandsFirst = tf.layers.permute({ dims: [3, 2, 1], name: 'bands_first' }).apply(input);
  const interpolated = tf.layers.dense({ units: frames, name: 'resampled' }).apply(bandsFirst);
  return tf.layers.permute({ dims: [3, 2, 1], name: 'frames_first' }).apply(interpolated) as Features;
}

/** A convolution computes ReLU itself; a hard-swish is a layer after it. */
function activationOf({ hardSwish }: MobileNetBlock): 'linear' | 'relu' {
  return hardSwish ? 'linear' : 'relu';
}

/** x · clip(x / 5 + 1/2): hard-swish for values that the export has scaled by 5/6. */
function hardSwish(input: Features, name: string, product: string): Features {
  const gate = tf.layers.activation({ activation: 'hardSigmoid', name: `${name}_gate` }).apply(input) as Features;
  return tf.layers.multiply({ name: product }).apply([input, gate]) as Features;
}

/** The frames that an unpadded kernel leaves: the middle ones. */
function trimTime(input: Features, kernelFrames: number, name: string): Features {
  const frames = kernelFrames >> 1;
  if (frames === 0) return input;
  const cropping: [[number, number], [number, number]] = [
    [frames, frames],
    [0, 0],
  ];
  return tf.layers.cropping2D({ cropping, name }).apply(input) as Features;
}
