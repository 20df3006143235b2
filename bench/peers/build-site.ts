import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { installBenchPackages } from '../../scripts/install.mjs';
import { openModelFolder } from '../../src/model/folder/node';
import { LIGHT_MODEL } from './light-model';
import { siteFolder as folder, root } from './serve-site';

/** The peers' engines are separate packages, installed by {@link installBenchPackages}. */
const peerPackages = join(root, 'bench/node_modules');

/** {@link buildSite} writes it last. */
const lastFile = join(folder, 'earmark.onnx');

/**
 * Classic scripts of the benchmark, by their names in the site: LiteRT.js fetches its engine with importScripts, and
 * looks for it next to the worker.
 */
const scripts: Readonly<Record<string, string>> = {
  'wasm-memory.js': 'workers/wasm-memory.ts',
  'litert/yamnet.js': 'workers/yamnet-litert.ts',
  'onnxruntime/earmark.js': 'workers/earmark-onnx.ts',
  'tfjs-wasm/seed-2017.js': 'workers/seed-2017.ts',
};

/**
 * How Earmark's worker with threads is built. A module, like the app's worker: files that a tag does not need are not
 * fetched. Not compressed, because TensorFlow.js starts its threads with the text of one of its functions. That
 * function checks whether an outer variable exists. A compressor assumes that it does, and no thread starts.
 */
const withThreads = { format: 'es', minify: { compress: false, mangle: true, codegen: true } } as const;

/** Files of a package that a system fetches: [folder, name in the site, pattern of the files]. */
type Engine = readonly [string, string, RegExp];

const tfjsWasm: Engine = [join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist'), 'tfjs-wasm', /\.wasm$/];

const engines: readonly Engine[] = [
  [join(peerPackages, '@litertjs/core/wasm'), 'litert', /./],
  [join(peerPackages, 'onnxruntime-web/dist'), 'onnxruntime', /^ort-wasm-simd-threaded\.(mjs|wasm)$/],
  tfjsWasm,
];

/**
 * Builds the app, the benchmark page and the workers of its peers into one folder, with everything that the systems
 * fetch.
 *
 * @throws SetupError if the peers' packages are missing and cannot be installed.
 */
export async function buildSite(onProgress: (step: string) => void): Promise<void> {
  installBenchPackages();
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  onProgress('building the app');
  await build({ root, logLevel: 'warn' });
  await cp(join(root, 'dist'), join(folder, 'app'), { recursive: true });
  onProgress('building the bench');
  await writePage();
  for (const [name, entry] of Object.entries(scripts)) await bundle(entry, name, { format: 'iife' });
  await bundle('workers/earmark-threads.ts', 'tfjs-wasm/earmark-threads.js', withThreads);
  await writeFile(join(folder, 'earmark-worker.js'), await earmarkWorker());
  for (const engine of engines) await copyEngine(engine);
  // The layers of the default model have no counterpart in onnx-model.ts.
  const model = await openModelFolder(join(root, 'public/models', LIGHT_MODEL));
  // Its package is installed by now.
  const { onnxModel } = await import('./onnx-model');
  await writeFile(lastFile, onnxModel(model.folder));
  model.dispose();
}

/** Whether {@link buildSite} has completed, and nothing else was built in its place since. */
export const isSiteBuilt = (): boolean => existsSync(lastFile);

/** Builds the site for `npm run bench:seed-2017`. */
export async function buildSeed2017Site(): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writePage();
  await bundle('workers/seed-2017-backends.ts', 'seed-2017-backends.js', { format: 'iife' });
  await copyEngine(tfjsWasm);
}

async function writePage(): Promise<void> {
  await bundle('page/bench-page.ts', 'bench-page.js', { format: 'iife' });
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><html lang="en"><title>Bench</title><script src="bench-page.js"></script></html>\n',
  );
}

function copyEngine([from, to, names]: Engine): Promise<void> {
  return cp(from, join(folder, to), {
    recursive: true,
    filter: (path) => path.endsWith(from) || names.test(path.slice(path.lastIndexOf('/') + 1)),
  });
}

/** The app's worker, which also reports its memory. */
async function earmarkWorker(): Promise<string> {
  const workers = (await readdir(join(folder, 'app/assets'))).filter((name) => /^worker-.*\.js$/.test(name));
  if (workers.length !== 1) throw new Error(`the built app should have one worker, and has: ${workers.join(', ')}`);
  return `import './wasm-memory.js';\nimport './app/assets/${workers[0]}';\n`;
}

/** Bundles an entry and everything it imports into a script. @param entry in `bench/peers`. @param name in the site. */
async function bundle(entry: string, name: string, output: { format: 'iife' } | typeof withThreads): Promise<void> {
  await build({
    configFile: false,
    root,
    // The warnings concern other people's code.
    logLevel: 'error',
    publicDir: false,
    resolve: {
      alias: {
        // Its module refers to its own URL, which a classic script does not have.
        'onnxruntime-web/wasm': join(peerPackages, 'onnxruntime-web/dist/ort.wasm.min.js'),
      },
    },
    build: {
      target: 'es2022',
      outDir: folder,
      emptyOutDir: false,
      modulePreload: false,
      rolldownOptions: { input: join(root, 'bench/peers', entry), output: { ...output, entryFileNames: name } },
    },
  });
}
