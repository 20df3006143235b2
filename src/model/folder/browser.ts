import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import wasmSimdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import type { BackendChoice, BackendReport } from '../../shared/contracts/backend';
import { chooseBackend } from '../engine/backend-choice';
import { backendDriver } from '../engine/backends';
import type { TrainableModel } from '../engine/loaded-model';
import { type Exemplars, readExemplars } from './exemplars';
import { FileNotThere, type FolderReader, readModelFolder } from './model-folder';

const wasmPaths = {
  'tfjs-backend-wasm.wasm': wasmUrl,
  'tfjs-backend-wasm-simd.wasm': wasmSimdUrl,
  // A URL is required, but this one is never fetched.
  'tfjs-backend-wasm-threaded-simd.wasm': wasmSimdUrl,
};

/**
 * Fetches a model folder and puts it on the backend that the evidence favours.
 *
 * @param modelUrl absolute, ending in `/`; the last part of its path is the model's name.
 * @throws EarmarkError model-missing, model-damaged or no-backend.
 */
export async function openModelUrl(
  modelUrl: string,
  backend: BackendChoice,
  tagsPerSecond: number,
): Promise<{ model: TrainableModel; report: BackendReport }> {
  const name = decodeURIComponent(new URL(modelUrl).pathname.split('/').at(-2) ?? modelUrl);
  const folder = readModelFolder(name, fetchFrom(modelUrl));
  // The driver awaits it when a backend has started, and passes its failure on. Until then no one else would.
  folder.catch(() => {});
  return chooseBackend(backend, tagsPerSecond, backendDriver(folder, wasmPaths));
}

/**
 * Fetches the exemplars of a model opened by {@link openModelUrl}.
 *
 * @throws EarmarkError no-exemplars, exemplars-missing, exemplars-damaged or exemplars-mismatched.
 */
export function openExemplarsUrl(modelUrl: string, model: TrainableModel): Promise<Exemplars> {
  return readExemplars(model.folder.backbone, model.embeddingSize, fetchFrom(modelUrl));
}

function fetchFrom(modelUrl: string): FolderReader {
  return async (file) => {
    const response = await fetch(new URL(file, modelUrl));
    if (response.status === 404) throw new FileNotThere('the server answered 404');
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return response.arrayBuffer();
  };
}
