import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Plugin, type PreviewServer, preview } from 'vite';
import { openModelFolder } from '../../src/model/folder/node';
import { onnxModel } from './onnx-model';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'node_modules/.cache/bench');
const packages = join(root, 'node_modules');

/** What {@link buildSite} writes last. */
const lastFile = join(folder, 'earmark.onnx');

const FIRST_PORT = 4302;

/**
 * Classic scripts of the bench, by their names in the site: LiteRT.js and tfjs-tflite fetch their engines with
 * importScripts, and LiteRT.js looks for its own beside the worker.
 */
const scripts: Readonly<Record<string, string>> = {
  'wasm-memory.js': 'workers/wasm-memory.ts',
  'litert/yamnet.js': 'workers/yamnet-litert.ts',
  'tflite/yamnet.js': 'workers/yamnet-tflite.ts',
  'onnxruntime/earmark.js': 'workers/earmark-onnx.ts',
  'tfjs-wasm/seed-2017.js': 'workers/seed-2017.ts',
};

/**
 * How Earmark's worker with threads is built. A module, as the app's worker is: what a tag does not need stays in files
 * that are not fetched. Not compressed, because TensorFlow.js starts its threads with the text of one of its functions: it
 * asks there whether a variable exists that lies outside, which a compressor takes for granted, and no thread starts.
 */
const withThreads = { format: 'es', minify: { compress: false, mangle: true, codegen: true } } as const;

/** Files of a package that a system fetches, as [folder in node_modules, name in the site, which of its files]. */
type Engine = readonly [string, string, RegExp];

const tfjsWasm: Engine = ['@tensorflow/tfjs-backend-wasm/dist', 'tfjs-wasm', /\.wasm$/];

const engines: readonly Engine[] = [
  ['@litertjs/core/wasm', 'litert', /./],
  ['@tensorflow/tfjs-tflite/wasm', 'tflite', /\.(js|wasm)$/],
  ['onnxruntime-web/dist', 'onnxruntime', /^ort-wasm-simd-threaded\.(mjs|wasm)$/],
  tfjsWasm,
];

/** The site that the systems are fetched from. */
export interface Site {
  readonly url: string;
  /** Files that were asked for since the last call, each once, relative to the site. */
  takeRequested(): string[];
  /** Bytes of these files as a server would send them. */
  gzippedBytes(files: readonly string[]): Promise<number>;
  close(): Promise<void>;
}

/** Builds the app, the bench's page and the workers of its peers into one folder, with all that the systems fetch. */
export async function buildSite(onProgress: (step: string) => void): Promise<void> {
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
  const model = await openModelFolder(join(root, 'public/models/earmark-52'));
  await writeFile(lastFile, onnxModel(model.folder));
  model.dispose();
}

/** Whether {@link buildSite} has run through, and nothing else was built in its place since. */
export const isSiteBuilt = (): boolean => existsSync(lastFile);

/** Builds what `npm run bench:seed-2017` opens. */
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
  return cp(join(packages, from), join(folder, to), {
    recursive: true,
    filter: (path) => path.endsWith(from) || names.test(path.slice(path.lastIndexOf('/') + 1)),
  });
}

/** The app's worker, which also tells its memory. */
async function earmarkWorker(): Promise<string> {
  const workers = (await readdir(join(folder, 'app/assets'))).filter((name) => /^worker-.*\.js$/.test(name));
  if (workers.length !== 1) throw new Error(`the built app should have one worker, and has: ${workers.join(', ')}`);
  return `import './wasm-memory.js';\nimport './app/assets/${workers[0]}';\n`;
}

/** Makes a script of an entry and all that it imports. @param entry in `bench`. @param name in the site. */
async function bundle(entry: string, name: string, output: { format: 'iife' } | typeof withThreads): Promise<void> {
  await build({
    configFile: false,
    root,
    // What is warned of is other people's code.
    logLevel: 'error',
    publicDir: false,
    resolve: {
      alias: {
        // The package's own entry imports a file that the package lacks.
        '@tensorflow/tfjs-tflite': '@tensorflow/tfjs-tflite/dist/tf-tflite.fesm.min.js',
        // Its module refers to its own address, which a classic script does not have.
        'onnxruntime-web/wasm': join(packages, 'onnxruntime-web/dist/ort.wasm.min.js'),
      },
    },
    build: {
      target: 'es2022',
      outDir: folder,
      emptyOutDir: false,
      modulePreload: false,
      rolldownOptions: { input: join(root, 'bench', entry), output: { ...output, entryFileNames: name } },
    },
  });
}

/**
 * Serves the built folder, isolated: so there are threads, and Chromium tells how much memory a worker holds.
 *
 * @param yamnetPath YAMNet as a `.tflite` file; without one its systems cannot be started.
 */
export async function serveSite(yamnetPath: string | undefined): Promise<Site> {
  const yamnet = join(folder, 'yamnet.tflite');
  await rm(yamnet, { force: true });
  if (yamnetPath !== undefined) await copyFile(yamnetPath, yamnet);
  const requested = new Set<string>();
  const noteRequests: Plugin = {
    name: 'note-requests',
    configurePreviewServer({ middlewares }) {
      middlewares.use(({ url = '/' }, _response, next) => {
        requested.add(new URL(url, 'http://localhost').pathname.slice(1));
        next();
      });
    },
  };
  const server: PreviewServer = await preview({
    configFile: false,
    root: dirname(folder),
    appType: 'mpa',
    logLevel: 'warn',
    plugins: [noteRequests],
    build: { outDir: folder },
    preview: {
      // The next free one is taken.
      port: FIRST_PORT,
      strictPort: false,
      headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
    },
  });
  const sizes = new Map<string, number>();
  return {
    url: server.resolvedUrls?.local[0] as string,
    takeRequested() {
      const files = [...requested].filter((file) => existsSync(join(folder, file)) && !file.endsWith('/'));
      requested.clear();
      return files;
    },
    async gzippedBytes(files) {
      for (const file of files.filter((name) => !sizes.has(name))) {
        sizes.set(file, gzipSync(await readFile(join(folder, file)), { level: 9 }).length);
      }
      return files.reduce((sum, file) => sum + (sizes.get(file) as number), 0);
    },
    close: () => server.close(),
  };
}

/** The data set beside the repository, or where EARMARK_DATA says. */
export const dataFolder = resolve(process.env.EARMARK_DATA ?? join(root, '../shared/data'));
