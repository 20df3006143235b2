import onnxProto from 'onnx-proto';
import type { ModelFolder } from '../../src/model/folder/model-folder';
import { splitWeights, weightValues } from '../../src/model/folder/weights';

const { onnx } = onnxProto;

/** The oldest operator set with everything used here, and its file format. */
const OPERATOR_SET = 13;
const FORMAT_VERSION = 7;

/** A layer in Keras' JSON. */
interface Layer {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>> & { readonly name: string };
  readonly inbound_nodes: readonly (readonly [string, ...unknown[]])[][];
}

/** The parts of an ONNX graph being built. */
interface Graph {
  readonly nodes: onnxProto.onnx.INodeProto[];
  readonly weights: onnxProto.onnx.ITensorProto[];
  /** Zeros that the next convolution adds around its input, in ONNX's order, by the layer that asks for them. */
  readonly padding: Map<string, number[]>;
}

/**
 * The network of a model folder as ONNX: input `window` of [1, 1, frames, melBands], output `logits` of [1, labels].
 *
 * ONNX layers are channels-first, so kernels are transposed. One window gives one position.
 *
 * @throws Error naming the layer that it has no operator for.
 */
export function onnxModel({ artifacts, spec, labels }: ModelFolder): Uint8Array {
  const { config } = artifacts.modelTopology as { config: { layers: Layer[] } };
  const stored = splitWeights(artifacts.weightSpecs ?? [], artifacts.weightData as ArrayBuffer);
  const weights = new Map(
    stored.map((weight) => [weight.entry.name, { shape: weight.entry.shape, values: weightValues(weight) }]),
  );
  const graph: Graph = { nodes: [], weights: [], padding: new Map() };
  for (const layer of config.layers) addLayer(graph, layer, weights);
  const [first, last] = [config.layers[0], config.layers.at(-1)] as [Layer, Layer];
  addNode(graph, 'Identity', [last.config.name], 'logits');
  const model = onnx.ModelProto.create({
    irVersion: FORMAT_VERSION,
    opsetImport: [{ domain: '', version: OPERATOR_SET }],
    graph: {
      name: 'earmark',
      node: graph.nodes,
      initializer: graph.weights,
      input: [valueInfo(first.config.name, [1, 1, spec.frames, spec.melBands])],
      output: [valueInfo('logits', [1, labels.length])],
    },
  });
  return onnx.ModelProto.encode(model).finish();
}

type Weights = ReadonlyMap<string, { readonly shape: readonly number[]; readonly values: Float32Array }>;

function addLayer(graph: Graph, { class_name: type, config, inbound_nodes: inbound }: Layer, weights: Weights): void {
  const { name } = config;
  const inputs = (inbound[0] ?? []).map(([layer]) => layer);
  const weightOf = (part: string) => weights.get(`${name}/${part}`) as { shape: number[]; values: Float32Array };
  const output = config.activation === 'relu' ? `${name}/linear` : name;
  switch (type) {
    case 'InputLayer':
      return;
    case 'ZeroPadding2D': {
      const [[top, bottom], [left, right]] = config.padding as [[number, number], [number, number]];
      graph.padding.set(name, [top, left, bottom, right]);
      addNode(graph, 'Identity', inputs, name);
      return;
    }
    case 'Conv2D': {
      if (config.padding !== 'valid') throw new Error(`the export knows no convolution with padding ${config.padding}`);
      const kernel = weightOf('kernel');
      const [height, width, from, to] = kernel.shape as [number, number, number, number];
      addWeight(graph, `${name}/kernel`, [to, from, height, width], channelsFirst(kernel.values, kernel.shape));
      addWeight(graph, `${name}/bias`, [to], weightOf('bias').values);
      addNode(graph, 'Conv', [...inputs, `${name}/kernel`, `${name}/bias`], output, {
        kernel_shape: [height, width],
        strides: config.strides as number[],
        pads: graph.padding.get(inputs[0] as string) ?? [0, 0, 0, 0],
      });
      break;
    }
    case 'AveragePooling2D':
    case 'MaxPooling2D':
      addNode(graph, type === 'MaxPooling2D' ? 'MaxPool' : 'AveragePool', inputs, output, {
        kernel_shape: config.pool_size as number[],
        strides: config.strides as number[],
      });
      break;
    case 'Add':
      addNode(graph, 'Add', inputs, output);
      break;
    case 'Reshape':
      // One position: only the channels are left.
      addNode(graph, 'Flatten', inputs, output);
      break;
    case 'Dense': {
      addWeight(graph, `${name}/kernel`, weightOf('kernel').shape, weightOf('kernel').values);
      addWeight(graph, `${name}/bias`, weightOf('bias').shape, weightOf('bias').values);
      addNode(graph, 'Gemm', [...inputs, `${name}/kernel`, `${name}/bias`], output);
      break;
    }
    default:
      throw new Error(`the export has no operator for the layer ${name} (${type})`);
  }
  if (output !== name) addNode(graph, 'Relu', [output], name);
}

/** [height, width, from, to] → [to, from, height, width]. */
function channelsFirst(values: Float32Array, shape: readonly number[]): Float32Array {
  const [height, width, from, to] = shape as [number, number, number, number];
  const area = height * width;
  const turned = new Float32Array(values.length);
  for (let place = 0; place < area; place++) {
    for (let i = 0; i < from; i++) {
      for (let o = 0; o < to; o++) {
        turned[(o * from + i) * area + place] = values[(place * from + i) * to + o] as number;
      }
    }
  }
  return turned;
}

function addNode(
  graph: Graph,
  opType: string,
  input: string[],
  output: string,
  attributes: Readonly<Record<string, number[]>> = {},
): void {
  const attribute = Object.entries(attributes).map(([name, ints]) => ({
    name,
    type: onnx.AttributeProto.AttributeType.INTS,
    ints,
  }));
  graph.nodes.push({ opType, name: output, input, output: [output], attribute });
}

function addWeight(graph: Graph, name: string, dims: readonly number[], values: Float32Array): void {
  const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  graph.weights.push({ name, dims: [...dims], dataType: onnx.TensorProto.DataType.FLOAT, rawData });
}

function valueInfo(name: string, shape: readonly number[]): onnxProto.onnx.IValueInfoProto {
  const dim = shape.map((dimValue) => ({ dimValue }));
  return { name, type: { tensorType: { elemType: onnx.TensorProto.DataType.FLOAT, shape: { dim } } } };
}
