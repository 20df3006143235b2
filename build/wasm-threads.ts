import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

const require = createRequire(import.meta.url);

/** The files of TensorFlow.js's WASM backend that its threads are made of. */
const FACTORY = '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js';
const THREAD = '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.worker.js';

/** Where the backend makes the address of its threads' script. */
const ADDRESS = 'URL.createObjectURL(blob)';

/**
 * Puts the threads of TensorFlow.js's WASM backend into a file of their own.
 *
 * The backend makes them from text while it runs, which the content security policy forbids, and which a minifier breaks.
 */
export function wasmThreads(): Plugin {
  return {
    name: 'earmark:wasm-threads',
    apply: 'build',
    async transform(code, id) {
      if (!id.endsWith('/tfjs-backend-wasm/dist/backend_wasm.js')) return undefined;
      if (code.split(ADDRESS).length !== 2) throw new Error(`${id} has changed: look how it starts its threads`);
      const source = await threadScript();
      const file = this.emitFile({ type: 'asset', name: 'wasm-thread.js', source });
      return { code: code.replace(ADDRESS, `import.meta.ROLLUP_FILE_URL_${file}`), map: null };
    },
  };
}

/** A classic script: the factory that every thread needs, then what makes it a thread. */
async function threadScript(): Promise<string> {
  const factory = await readFile(require.resolve(FACTORY), 'utf8');
  const { wasmWorkerContents } = require(THREAD) as { wasmWorkerContents: string };
  // What the package's text lost: a line break within quotes. The backend repairs it in the same way.
  const thread = wasmWorkerContents.replaceAll('\n', '\\n');
  // The thread asks for the factory by the address of its text; it is here already.
  return `${factory}\nself.importScripts = () => {};\n${thread}\n`;
}
