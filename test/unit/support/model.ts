import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { backendDriver } from '../../../src/model/backends';
import type { NetworkModel } from '../../../src/model/loaded-model';
import { type ModelFolder, readModelFolder } from '../../../src/model/model-folder';
import type { BackendName } from '../../../src/shared/backend';

const folder = 'public/models/earmark-52';
const wasmPaths = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/';

/** A file of the shipped model's folder. */
export async function shippedFile(file: string): Promise<ArrayBuffer> {
  return new Uint8Array(await readFile(join(folder, file))).buffer;
}

export function shippedFolder(): Promise<ModelFolder> {
  return readModelFolder('earmark-52', shippedFile);
}

/** The shipped model on a backend, which becomes the active one. */
export async function startShipped(backend: BackendName): Promise<NetworkModel> {
  return backendDriver(await shippedFolder(), wasmPaths).start(backend);
}
