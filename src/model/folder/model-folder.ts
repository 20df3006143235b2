import type { io } from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { EarmarkError } from '../../shared/contracts/messages/problem';
import { type FeatureSpec, parseFeatureSpec } from '../../shared/contracts/model/feature-spec';
import { type Label, parseLabels } from '../../shared/contracts/model/label';
import {
  type ModelFigures,
  parseModelFigures,
  parseThresholds,
  type Thresholds,
} from '../../shared/contracts/model/model-figures';
import { count } from '../../shared/lib/schemas';
import { causeOf, validate } from '../../shared/lib/validate';
import type { CalibratedHead } from '../head/head';
import { hierarchyOf } from '../head/hierarchy';
import { backboneId, splitNetwork } from './backbone';
import { parseCalibration } from './calibration';

/** One input and the logits that a correct backend gives for it. */
interface GoldenVector {
  /** Shape [frames, melBands]. */
  readonly window: Float32Array;
  readonly logits: Float32Array;
}

/** A model folder, read and checked, before it is put on a backend. */
export interface ModelFolder {
  readonly name: string;
  readonly artifacts: io.ModelArtifacts;
  readonly labels: readonly Label[];
  readonly spec: FeatureSpec;
  /** The network's last layer, and how its logits are read. */
  readonly head: CalibratedHead;
  /**
   * Identifies the layers before the head and their weights. Heads and embeddings fit only the backbone they were made
   * with.
   */
  readonly backbone: string;
  readonly golden: GoldenVector;
  /** Undefined if the folder has none, or the file cannot be reached. */
  readonly thresholds: Thresholds | undefined;
  readonly figures: ModelFigures | undefined;
}

/**
 * Reads one file of a model folder. Throws {@link FileNotThere}, or another error if it is unknown whether the file
 * exists.
 */
export type FolderReader = (file: string) => Promise<ArrayBuffer>;

/** The folder has no such file. */
export class FileNotThere extends Error {}

/** Runs a check of the folder's content and turns what it throws into model-damaged. */
function checked<T>(name: string, file: string, check: () => T): T {
  try {
    return check();
  } catch (cause) {
    throw new EarmarkError({ code: 'model-damaged', model: name, file, ...causeOf(cause) }, { cause });
  }
}

const layerSchema = v.looseObject({});
const weightSchema = v.looseObject({ name: v.string(), shape: v.array(count), dtype: v.string() });

/** The fields that are read of a TensorFlow.js layers model with one group of weights. */
const artifactsSchema = v.object({
  modelTopology: v.looseObject({ config: v.looseObject({ layers: v.array(layerSchema) }) }),
  weightsManifest: v.pipe(v.array(v.looseObject({ weights: v.array(weightSchema) })), v.length(1)),
});

/** @throws BadValue if it is not a layers model with one group of weights. */
export function parseArtifacts(value: unknown): io.ModelArtifacts {
  validate(artifactsSchema, value);
  // Unchanged: the backbone's id is a hash of this text, so the fields must keep their order.
  const { modelTopology, weightsManifest } = value as io.ModelJSON;
  return { modelTopology, weightSpecs: (weightsManifest as [io.WeightsManifestConfig[number]])[0].weights };
}

/**
 * Reads and checks a model folder: `model.json` and `weights.bin` (TensorFlow.js layers format), `labels.json`,
 * `features.json`, `calibration.json` and `golden.bin` (float32, little endian: the window, then its logits). Optional
 * measurements of the model: `thresholds.json` and `figures.json`.
 *
 * @throws EarmarkError model-missing or model-damaged.
 */
export async function readModelFolder(name: string, read: FolderReader): Promise<ModelFolder> {
  const readNeeded = async (file: string): Promise<ArrayBuffer> => {
    try {
      return await read(file);
    } catch (cause) {
      throw new EarmarkError({ code: 'model-missing', model: name, file, detail: (cause as Error).message }, { cause });
    }
  };
  // Listening does not need these files. Offline, a missing file looks the same as an unreachable one.
  const readOptional = (file: string): Promise<ArrayBuffer | undefined> => read(file).catch(() => undefined);
  const [model, weights, labels, features, calibration, golden, thresholds, figures] = await Promise.all([
    readNeeded('model.json'),
    readNeeded('weights.bin'),
    readNeeded('labels.json'),
    readNeeded('features.json'),
    readNeeded('calibration.json'),
    readNeeded('golden.bin'),
    readOptional('thresholds.json'),
    readOptional('figures.json'),
  ]);
  const parseJson = (bytes: ArrayBuffer): unknown => JSON.parse(new TextDecoder().decode(bytes));

  const topology = checked(name, 'model.json', () => parseArtifacts(parseJson(model)));
  const artifacts = { ...topology, weightData: weights };
  const parts = checked(name, 'weights.bin', () => splitNetwork(artifacts));
  const parsedLabels = checked(name, 'labels.json', () => parseLabels(parseJson(labels)));
  const ids = parsedLabels.map(({ id }) => id);
  const spec = checked(name, 'features.json', () => parseFeatureSpec(parseJson(features)));
  const windowLength = spec.frames * spec.melBands;
  return {
    name,
    artifacts,
    backbone: await backboneId(name, artifacts, parts),
    labels: parsedLabels,
    spec,
    head: {
      ...parts.head,
      calibration: checked(name, 'calibration.json', () =>
        parseCalibration(parseJson(calibration), parsedLabels.length),
      ),
      hierarchy: hierarchyOf(ids, parsedLabels),
    },
    golden: checked(name, 'golden.bin', () => {
      const expected = 4 * (windowLength + parsedLabels.length);
      if (golden.byteLength !== expected) throw new RangeError(`${golden.byteLength} bytes instead of ${expected}`);
      const values = new Float32Array(golden);
      return { window: values.slice(0, windowLength), logits: values.slice(windowLength) };
    }),
    thresholds:
      thresholds && checked(name, 'thresholds.json', () => parseThresholds(parseJson(thresholds), parsedLabels.length)),
    figures: figures && checked(name, 'figures.json', () => parseModelFigures(parseJson(figures), ids)),
  };
}
