import { EarmarkError } from '../../shared/contracts/messages/problem';
import type { Head } from '../../shared/contracts/model/head';
import { writeZip, ZipArchive, type ZipPart } from '../../shared/lib/files/zip-archive';
import { causeOf } from '../../shared/lib/validate';
import { backboneId, HEAD_LAYER, splitNetwork } from '../folder/backbone';
import { parseCalibration } from '../folder/calibration';
import { type ModelFolder, parseArtifacts } from '../folder/model-folder';
import type { HeadWeights } from './head';
import { type HeadCard, parseHeadCard, parseHeadLabels } from './head-card';

/** A head's file has six; some systems add files of their own to folders. */
const MOST_FILES = 100;
/** A whole network with its head takes a few megabytes. */
const LARGEST_FILE_BYTES = 32 * 1024 * 1024;

/**
 * Packs a head as a model folder that other software can use: a zip with `model.json` and `weights.bin` (TensorFlow.js
 * layers format: the whole network with this head, which `tf.loadLayersModel` loads), `labels.json`, `features.json`,
 * `calibration.json`, and `head.json`, its card.
 *
 * The backbone's weights stay as the model ships them. The head's are float32, bit for bit.
 *
 * @param folder of the model that the head was trained on.
 * @throws EarmarkError wrong-backbone.
 */
export async function writeHeadFile(folder: ModelFolder, head: Head): Promise<Blob> {
  requireBackbone(folder, head.backbone, head.name);
  const labels = head.bias.length;
  const { backbone } = splitNetwork(folder.artifacts);
  const model = {
    format: 'layers-model',
    generatedBy: 'Earmark',
    convertedBy: null,
    modelTopology: withLabels(folder.artifacts.modelTopology, labels),
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: [
          ...backbone.map(({ entry }) => entry),
          { name: `${HEAD_LAYER}/kernel`, shape: [head.kernel.length / labels, labels], dtype: 'float32' },
          { name: `${HEAD_LAYER}/bias`, shape: [labels], dtype: 'float32' },
        ],
      },
    ],
  };
  const { id, name, createdAtMs, proof } = head;
  const card: HeadCard = { id, name, createdAtMs, backbone: head.backbone, proof };
  const weights = new Blob([...backbone.map(({ bytes }) => bytes), littleEndian(head.kernel), littleEndian(head.bias)]);
  const weightBytes = new Uint8Array(await weights.arrayBuffer());
  async function* parts(): AsyncGenerator<ZipPart> {
    yield jsonPart('model.json', model);
    yield { path: 'weights.bin', bytes: weightBytes };
    yield jsonPart('labels.json', head.labels);
    yield jsonPart('features.json', folder.spec);
    yield jsonPart('calibration.json', head.calibration);
    yield jsonPart('head.json', card);
  }
  return writeZip(parts());
}

/**
 * Reads a file written by {@link writeHeadFile} or by other software. Nothing in it is trusted: the backbone is
 * identified by the layers and weights in the file, not by its card.
 *
 * @param folder of the model in use.
 * @param name the file's name, as the person knows it.
 * @throws EarmarkError zip-damaged, head-file-damaged, or wrong-backbone if the head belongs to another model.
 */
export async function readHeadFile(folder: ModelFolder, zip: Blob, name: string): Promise<Head> {
  const archive = await ZipArchive.open(zip, name, { files: MOST_FILES, totalBytes: LARGEST_FILE_BYTES });
  const read = (path: string): Promise<Uint8Array<ArrayBuffer>> => archive.read(path, LARGEST_FILE_BYTES);
  const card = checked(name, 'head.json', parseJsonWith(await read('head.json'), parseHeadCard));
  requireBackbone(folder, card.backbone, name);

  const topology = checked(name, 'model.json', parseJsonWith(await read('model.json'), parseArtifacts));
  const artifacts = { ...topology, weightData: (await read('weights.bin')).buffer };
  const parts = checked(name, 'weights.bin', () => splitNetwork(artifacts));
  requireBackbone(folder, await backboneId(folder.name, artifacts, parts), name);

  const toLabels = (value: unknown): Head['labels'] => parseHeadLabels(value, folder.labels);
  const labels = checked(name, 'labels.json', parseJsonWith(await read('labels.json'), toLabels));
  checked(name, 'weights.bin', () => requireFit(parts.head, folder.head, labels.length));
  const toCalibration = (value: unknown): Head['calibration'] => {
    const { scale, offset, bend } = parseCalibration(value, labels.length);
    return { scale, offset, ...(bend && { bend }) };
  };
  const calibration = checked(name, 'calibration.json', parseJsonWith(await read('calibration.json'), toCalibration));
  return { ...card, labels, ...parts.head, calibration };
}

function requireFit({ kernel, bias }: HeadWeights, shipped: HeadWeights, labels: number): void {
  const size = shipped.kernel.length / shipped.bias.length;
  if (bias.length !== labels || kernel.length !== size * labels) {
    throw new RangeError(`it has ${kernel.length} weights and ${bias.length} biases for ${labels} labels of ${size}`);
  }
  if (!kernel.every(Number.isFinite) || !bias.every(Number.isFinite)) throw new RangeError('a weight is no number');
}

/** @throws EarmarkError wrong-backbone. */
function requireBackbone(folder: Pick<ModelFolder, 'backbone'>, backbone: string, name: string): void {
  if (backbone === folder.backbone) return;
  throw new EarmarkError({ code: 'wrong-backbone', name, backbone, needed: folder.backbone });
}

function parseJsonWith<T>(bytes: Uint8Array, parse: (value: unknown) => T): () => T {
  return () => parse(JSON.parse(new TextDecoder().decode(bytes)));
}

/** Runs a check of the file's content and turns what it throws into head-file-damaged. */
function checked<T>(name: string, file: string, check: () => T): T {
  try {
    return check();
  } catch (cause) {
    throw new EarmarkError({ code: 'head-file-damaged', file: name, part: file, ...causeOf(cause) }, { cause });
  }
}

/** The topology with a different number of labels. */
function withLabels(modelTopology: unknown, labels: number): unknown {
  const topology = structuredClone(modelTopology) as {
    config: { layers: { name: string; config: Record<string, unknown> }[] };
  };
  const head = topology.config.layers.find((layer) => layer.name === HEAD_LAYER);
  if (head) head.config.units = labels;
  return topology;
}

function littleEndian(values: Float32Array): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  for (const [i, value] of values.entries()) view.setFloat32(4 * i, value, true);
  return view.buffer;
}

function jsonPart(path: string, value: unknown): ZipPart {
  return { path, bytes: new TextEncoder().encode(JSON.stringify(value)) };
}
