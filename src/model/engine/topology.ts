import { EMBEDDING_LAYER } from '../folder/backbone';

type Pair = readonly [number, number];

/** Zeros around a layer's input: [before, after] in time, then across the bands. */
export type ZeroPadding = readonly [Pair, Pair];

export interface LayerConfig {
  readonly kernel_size: Pair;
  readonly pool_size: Pair;
  readonly strides: Pair;
  readonly padding: 'valid' | 'same';
  readonly activation: string;
  readonly target_shape: readonly (number | null)[];
  readonly dims: readonly number[];
  readonly cropping: ZeroPadding;
  readonly epsilon: number;
  readonly axis: number;
}

/** A layer's entry in a topology, as TensorFlow.js saves it. */
export interface LayerEntry {
  readonly class_name: string;
  readonly config: LayerConfig & { readonly name: string };
  readonly inbound_nodes: readonly (readonly (readonly [string, ...unknown[]])[])[];
}

/** Kinds of layers that no topology can name: several of its entries are one of them. */
export const HARD_SWISH = Symbol('HardSwish');
export const TIME_PRODUCT = Symbol('TimeProduct');
export const SQUEEZE_EXCITE = Symbol('SqueezeExcite');

/** One or several entries of a topology, which are computed together. */
export interface Step {
  /** Name of the entry whose result it gives. */
  readonly name: string;
  readonly kind: string | symbol;
  /** Of the entry that has the weights. */
  readonly config: LayerEntry['config'];
  /** Names of the results it reads. A second one is added to those of a convolution. */
  readonly inputs: readonly string[];
  readonly padding?: ZeroPadding;
  /** Whether a hard-swish follows. */
  readonly isSwish?: boolean;
  /** The steps that make the gates of a squeeze and excitation: means, and two layers. */
  readonly gates?: readonly Step[];
}

/** The steps that make a network's embedding, in their order. What few kernels can compute together is one step. */
export function stepsOf(entries: readonly LayerEntry[]): Step[] {
  const plain = withoutPaddings(withoutGates(entries));
  const reads = new Map<string, number>();
  for (const input of plain.flatMap(({ inputs }) => inputs)) reads.set(input, (reads.get(input) ?? 0) + 1);
  const steps = new Map<string, Step>();
  /** A step that only one other reads. */
  const only = (name: string | undefined): Step | undefined =>
    name !== undefined && name !== EMBEDDING_LAYER && reads.get(name) === 1 ? steps.get(name) : undefined;
  for (const step of plain) {
    const joined =
      swishJoined(step, only) ?? addJoined(step, only) ?? timeJoined(step, only) ?? gatesJoined(step, only);
    for (const name of joined?.instead ?? []) steps.delete(name);
    steps.set(step.name, joined?.step ?? step);
  }
  return [...steps.values()];
}

type OnlyRead = (name: string | undefined) => Step | undefined;

/** A step that takes the place of others. */
interface Joined {
  readonly step: Step;
  readonly instead: readonly string[];
}

/** A hard-swish is x · clip(x / 5 + ½, 0, 1), in a topology a gate and a product with it. Here it is one step. */
function withoutGates(entries: readonly LayerEntry[]): Step[] {
  const gates = swishGates(entries);
  return entries
    .filter(({ config }) => !gates.has(config.name))
    .map((entry) => {
      const inputs = inputsOf(entry);
      const isSwish = inputs.some((input) => gates.has(input));
      return {
        name: entry.config.name,
        kind: isSwish ? HARD_SWISH : entry.class_name,
        config: entry.config,
        inputs: inputs.filter((input) => !gates.has(input)),
      };
    });
}

/** Convolutions take the zeros before them. */
function withoutPaddings(steps: readonly Step[]): Step[] {
  const paddings = new Map(steps.filter(({ kind }) => kind === 'ZeroPadding2D').map((step) => [step.name, step]));
  return steps
    .filter(({ name }) => !paddings.has(name))
    .map((step) => {
      const zeros = isConvolution(step) ? paddings.get(step.inputs[0] as string) : undefined;
      if (zeros === undefined) return step;
      return { ...step, inputs: zeros.inputs, padding: zeros.config.padding as unknown as ZeroPadding };
    });
}

/** A convolution and the hard-swish of it. */
function swishJoined({ kind, name, inputs }: Step, only: OnlyRead): Joined | undefined {
  if (kind !== HARD_SWISH) return undefined;
  const before = only(inputs[0]);
  if (before === undefined || !isConvolution(before) || !isLinear(before)) return undefined;
  return { step: { ...before, name, isSwish: true }, instead: [before.name] };
}

/** A convolution of single pixels and what is added to it. In a stream, others read columns that came before. */
function addJoined({ kind, name, inputs }: Step, only: OnlyRead): Joined | undefined {
  const before = kind === 'Add' ? inputs.map(only).findLast((step) => step && isPointwise(step)) : undefined;
  if (before === undefined || before.inputs.length > 1 || !isLinear(before)) return undefined;
  const others = inputs.filter((input) => input !== before.name);
  return { step: { ...before, name, inputs: [...before.inputs, ...others] }, instead: [before.name] };
}

/** A dense layer over time: between two permutations that exchange time and channels. */
function timeJoined(step: Step, only: OnlyRead): Joined | undefined {
  const dense = isTimeLast(step) ? only(step.inputs[0]) : undefined;
  const first = dense?.kind === 'Dense' && isLinear(dense) ? only(dense.inputs[0]) : undefined;
  if (dense === undefined || first === undefined || !isTimeLast(first)) return undefined;
  return {
    step: { ...dense, name: step.name, kind: TIME_PRODUCT, inputs: first.inputs },
    instead: [first.name, dense.name],
  };
}

/** A squeeze and excitation: all values times gates, which are made from the means of all channels. */
function gatesJoined({ kind, name, config, inputs }: Step, only: OnlyRead): Joined | undefined {
  const [gated, gates] = kind === 'Multiply' ? inputs : [];
  const excite = only(gates);
  const squeeze = excite && isPointwise(excite) ? only(excite.inputs[0]) : undefined;
  const means = squeeze && isPointwise(squeeze) ? only(squeeze.inputs[0]) : undefined;
  if (!excite || !squeeze || means?.kind !== 'AveragePooling2D' || means.inputs[0] !== gated) return undefined;
  const made = [means, squeeze, excite];
  if (made.some((step) => step.inputs.length > 1)) return undefined;
  return {
    step: { name, kind: SQUEEZE_EXCITE, config, inputs: means.inputs, gates: made },
    instead: made.map((step) => step.name),
  };
}

function isConvolution({ kind }: Step): boolean {
  return kind === 'Conv2D' || kind === 'DepthwiseConv2D';
}

function isLinear({ config, isSwish }: Step): boolean {
  return config.activation === 'linear' && isSwish !== true;
}

function isPointwise({ kind, config, padding }: Step): boolean {
  const sizes = kind === 'Conv2D' ? [...config.kernel_size, ...config.strides] : [0];
  return padding === undefined && sizes.every((size) => size === 1);
}

function isTimeLast({ kind, config }: Step): boolean {
  return kind === 'Permute' && String(config.dims) === '3,2,1';
}

/** Names of the layers that a layer reads. */
function inputsOf({ inbound_nodes }: LayerEntry): string[] {
  return (inbound_nodes[0] ?? []).map(([input]) => input);
}

/** Names of hard sigmoids that only multiply what they are made from. */
function swishGates(entries: readonly LayerEntry[]): ReadonlySet<string> {
  const gates = entries.filter((entry) => {
    const { class_name, config } = entry;
    if (class_name !== 'Activation' || config.activation !== 'hard_sigmoid') return false;
    const readers = entries.filter((other) => inputsOf(other).includes(config.name));
    const [first] = readers;
    const isAlone = readers.length === 1 && first?.class_name === 'Multiply';
    return isAlone && inputsOf(first).includes(inputsOf(entry)[0] as string);
  });
  return new Set(gates.map(({ config }) => config.name));
}
