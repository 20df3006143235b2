import type { io } from '@tensorflow/tfjs-core';
import { type FeatureSpec, parseFeatureSpec } from '../shared/feature-spec';
import { type Label, labelGroups } from '../shared/label';
import { EarmarkError } from '../shared/problem';
import type { Calibration } from './calibration';

/** One input and the logits that a right backend gives for it. */
export interface GoldenVector {
  /** Shape [frames, melBands]. */
  readonly window: Float32Array;
  readonly logits: Float32Array;
}

/** A model folder, read and checked, before any backend has seen it. */
export interface ModelFolder {
  readonly name: string;
  readonly artifacts: io.ModelArtifacts;
  readonly labels: readonly Label[];
  readonly spec: FeatureSpec;
  readonly calibration: Calibration;
  readonly golden: GoldenVector;
}

/** Reads one file of a model folder; throws where it is not there. */
export type FolderReader = (file: string) => Promise<ArrayBuffer>;

/** Runs a check of the folder's content; what it throws becomes a sentence for the person. */
function checked<T>(name: string, file: string, check: () => T): T {
  try {
    return check();
  } catch (cause) {
    throw new EarmarkError(
      'model-damaged',
      `The model “${name}” cannot be used: its file ${file} is damaged (${(cause as Error).message}). ` +
        'Press “Restart” to fetch it again.',
      { cause },
    );
  }
}

function parseLabels(value: unknown): Label[] {
  if (!Array.isArray(value) || value.length === 0) throw new TypeError('it is not a list of labels');
  for (const label of value as Partial<Label>[]) {
    if (typeof label.id !== 'string' || typeof label.name !== 'string') throw new TypeError('a label lacks id or name');
    if (!labelGroups.includes(label.group as Label['group'])) throw new TypeError(`${label.id} has an unknown group`);
  }
  return value as Label[];
}

function parseCalibration(value: unknown, labelCount: number): Calibration {
  const { scale, offset } = value as Partial<Calibration>;
  for (const numbers of [scale, offset]) {
    if (!Array.isArray(numbers) || numbers.length !== labelCount || !numbers.every(Number.isFinite)) {
      throw new TypeError(`it needs ${labelCount} numbers each in "scale" and "offset"`);
    }
  }
  return value as Calibration;
}

function parseArtifacts(value: unknown): io.ModelArtifacts {
  const { modelTopology, weightsManifest } = value as Partial<io.ModelJSON>;
  if (typeof modelTopology !== 'object' || !Array.isArray(weightsManifest) || weightsManifest.length !== 1) {
    throw new TypeError('it is not a TensorFlow.js layers model with one group of weights');
  }
  return { modelTopology, weightSpecs: (weightsManifest[0] as io.WeightsManifestConfig[number]).weights };
}

const bytesPerValue: Readonly<Record<string, number>> = { float32: 4, float16: 2 };

function weightBytes(specs: readonly io.WeightsManifestEntry[]): number {
  return specs.reduce((sum, { shape, dtype, quantization }) => {
    const bytes = bytesPerValue[quantization?.dtype ?? dtype];
    if (bytes === undefined) throw new TypeError(`weights of type ${quantization?.dtype ?? dtype} are not supported`);
    return sum + bytes * shape.reduce((product, size) => product * size, 1);
  }, 0);
}

/**
 * Reads and checks a model folder: `model.json` and `weights.bin` (TensorFlow.js layers format), `labels.json`,
 * `features.json`, `calibration.json` and `golden.bin` (float32, little endian: the window, then its logits).
 *
 * @throws EarmarkError model-missing or model-damaged.
 */
export async function readModelFolder(name: string, read: FolderReader): Promise<ModelFolder> {
  const readOrExplain = async (file: string): Promise<ArrayBuffer> => {
    try {
      return await read(file);
    } catch (cause) {
      throw new EarmarkError(
        'model-missing',
        `The model “${name}” could not be loaded: its file ${file} is missing or out of reach ` +
          `(${(cause as Error).message}). Check the connection, then press “Restart”.`,
        { cause },
      );
    }
  };
  const files = [
    'model.json',
    'weights.bin',
    'labels.json',
    'features.json',
    'calibration.json',
    'golden.bin',
  ] as const;
  const [model, weights, labels, features, calibration, golden] = (await Promise.all(files.map(readOrExplain))) as [
    ArrayBuffer,
    ArrayBuffer,
    ArrayBuffer,
    ArrayBuffer,
    ArrayBuffer,
    ArrayBuffer,
  ];
  const parseJson = (bytes: ArrayBuffer): unknown => JSON.parse(new TextDecoder().decode(bytes));

  const artifacts = checked(name, 'model.json', () => parseArtifacts(parseJson(model)));
  checked(name, 'weights.bin', () => {
    const expected = weightBytes(artifacts.weightSpecs ?? []);
    if (weights.byteLength !== expected) throw new RangeError(`${weights.byteLength} bytes instead of ${expected}`);
  });
  const parsedLabels = checked(name, 'labels.json', () => parseLabels(parseJson(labels)));
  const spec = checked(name, 'features.json', () => parseFeatureSpec(parseJson(features)));
  const windowLength = spec.frames * spec.melBands;
  return {
    name,
    artifacts: { ...artifacts, weightData: weights },
    labels: parsedLabels,
    spec,
    calibration: checked(name, 'calibration.json', () => parseCalibration(parseJson(calibration), parsedLabels.length)),
    golden: checked(name, 'golden.bin', () => {
      const expected = 4 * (windowLength + parsedLabels.length);
      if (golden.byteLength !== expected) throw new RangeError(`${golden.byteLength} bytes instead of ${expected}`);
      const values = new Float32Array(golden);
      return { window: values.slice(0, windowLength), logits: values.slice(windowLength) };
    }),
  };
}
