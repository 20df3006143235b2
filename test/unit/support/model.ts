import { backendDriver } from '../../../src/model/engine/backends';
import type { NetworkModel } from '../../../src/model/engine/loaded-model';
import { type ModelFolder, readModelFolder } from '../../../src/model/folder/model-folder';
import { readFrom } from '../../../src/model/folder/node';
import type { BackendName } from '../../../src/shared/contracts/backend';

const wasmPaths = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/';

/** A file of the shipped model's folder. */
export const shippedFile = readFrom('public/models/earmark-52');

export function shippedFolder(): Promise<ModelFolder> {
  return readModelFolder('earmark-52', shippedFile);
}

/** The shipped model on a backend, which becomes the active one. */
export async function startShipped(backend: BackendName): Promise<NetworkModel> {
  return backendDriver(await shippedFolder(), wasmPaths).start(backend);
}
