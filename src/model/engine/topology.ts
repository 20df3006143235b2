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

/** Names of the layers that a layer reads. */
export function inputsOf({ inbound_nodes }: LayerEntry): string[] {
  return (inbound_nodes[0] ?? []).map(([input]) => input);
}

/** Names of hard sigmoids that only multiply what they are made from. */
export function swishGates(entries: readonly LayerEntry[]): ReadonlySet<string> {
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
