import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { chooseBackend } from '../engine/backend-choice';
import { backendDriver } from '../engine/backends';
import type { NetworkModel } from '../engine/loaded-model';
import { FileNotThere, type FolderReader, readModelFolder } from './model-folder';

/** The slowest rate, because files can wait: all that matters here is that WASM computes correct numbers. */
const TAGS_PER_SECOND = 1;

/** Reads the files of a folder on disk. */
export function readFrom(folder: string): FolderReader {
  return async (file) => {
    try {
      return new Uint8Array(await readFile(join(folder, file))).buffer;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      throw new FileNotThere(`${folder} has no such file`, { cause: error });
    }
  };
}

/**
 * Opens a model folder in Node, on the WASM backend.
 *
 * @param wasmFolder folder of the backend's binaries, ending in `/`.
 * @throws EarmarkError model-missing, model-damaged or no-backend.
 */
export async function openModelFolder(folder: string, wasmFolder = installedWasmFolder()): Promise<NetworkModel> {
  const path = resolve(folder);
  const model = await readModelFolder(basename(path), readFrom(path));
  return (await chooseBackend('wasm', TAGS_PER_SECOND, backendDriver(model, wasmFolder))).model;
}

function installedWasmFolder(): string {
  const binary = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm');
  return `${dirname(binary)}/`;
}
