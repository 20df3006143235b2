import * as tf from '@tensorflow/tfjs-core';
import { consume, runKernel, type Values } from './kernels';
import type { LayerConfig, ZeroPadding } from './topology';
import type { PackedConvolution } from './wasm/convolution';
import { hardSwish } from './wasm/layer-kernels';

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
  /** A convolution that a kernel of our own can compute. */
  readonly packed?: PackedConvolution | undefined;
}

/** Activations that a layer computes itself. */
const fusedActivations = ['linear', 'relu', 'sigmoid'] as const;
export type FusedActivation = (typeof fusedActivations)[number];

/** A layer that others are part of. */
export interface Gate {
  readonly config: LayerConfig;
  readonly layer: BuiltLayer;
}

/** What a layer is built from. */
export interface LayerParts {
  readonly config: LayerConfig;
  /** From a padding layer before it. */
  readonly padding?: ZeroPadding | undefined;
  /** Whether a hard-swish follows a convolution. */
  readonly isSwish?: boolean | undefined;
  /** What makes the gates of a squeeze and excitation: means, and two layers. */
  readonly gates: readonly Gate[];
  /** @throws TypeError if the model has no such weight. */
  readonly weight: (name: string) => tf.Tensor;
  readonly keep: KeepTensor;
}

/** Makes the caller the owner of a tensor that a layer needs at every run: making it there takes longer than the layer. */
export type KeepTensor = <T extends tf.Tensor>(tensor: T) => T;

export type LayerBuilder = (parts: LayerParts) => BuiltLayer;

/** A layer that processes each column alone. */
export const columnwise: TimeReach = { columns: 1, stride: 1 };

export function add(a: Values, b: Values): Values {
  return runKernel('Add', { a, b });
}

export function multiply(a: Values, b: Values): Values {
  return runKernel('Multiply', { a, b });
}

/** A hard sigmoid and the product with it. */
export function hardSwishLayer({ keep }: LayerParts): BuiltLayer {
  const constants = hardSigmoidConstants(keep);
  return {
    reach: columnwise,
    run: (x) => hardSwish(x) ?? consume(hardSigmoid(x, constants), (gate) => multiply(x, gate)),
  };
}

/** 0.2 and ½, see {@link hardSigmoid}. */
export function hardSigmoidConstants(keep: KeepTensor): readonly [Values, Values] {
  return [keep(tf.scalar(0.2)), keep(tf.scalar(0.5))];
}

/** clip(x / 5 + ½, 0, 1) */
export function hardSigmoid(x: Values, [slope, middle]: readonly [Values, Values]): Values {
  const line = consume(multiply(x, slope), (scaled) => add(scaled, middle));
  return consume(line, (sum) => runKernel('ClipByValue', { x: sum }, { clipValueMin: 0, clipValueMax: 1 }));
}

/** @throws TypeError for an activation that a layer cannot compute itself. */
export function fusedActivation(config: LayerConfig): FusedActivation {
  const known = fusedActivations.find((activation) => activation === config.activation);
  if (known === undefined) throw new TypeError(unknownActivation(config));
  return known;
}

export function unknownActivation({ activation }: LayerConfig): string {
  return `it asks for the activation “${activation}”, which Earmark cannot run`;
}
