import { defineConfig, type Plugin } from 'vite';
import packageJson from './package.json' with { type: 'json' };

/** Cross-origin isolation, without which the WASM backend has no threads. */
const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * Lets the threads of TensorFlow.js's WASM backend start in a minified build.
 *
 * The backend hands them the source text of its factory function. That text refers to a variable outside of it under
 * its old name, guarded by a `typeof` that the minifier takes away. Declared inside, it is part of the text.
 */
function selfContainedWasmThreads(): Plugin {
  const head = 'function(WasmBackendModuleThreadedSimd) {';
  return {
    name: 'self-contained-wasm-threads',
    apply: 'build',
    transform(code, id) {
      if (!id.includes('tfjs-backend-wasm-threaded-simd.js')) return undefined;
      if (!code.includes(head)) throw new Error(`${id} has changed: look whether its threads still start`);
      return { code: code.replace(head, `${head} var _scriptDir;`), map: null };
    },
  };
}

export default defineConfig({
  // Relative addresses, so that the built app works below any path.
  base: './',
  // There is one page: an address that leads nowhere is a 404, not the page again.
  appType: 'mpa',
  build: { target: 'es2022' },
  worker: { format: 'es', plugins: () => [selfContainedWasmThreads()] },
  // Vite looks for packages in pages, not in workers: one that it finds late makes it reload in the middle of a test.
  optimizeDeps: {
    include: [...Object.keys(packageJson.dependencies), '@zip.js/zip.js/lib/zip-core-custom.js'],
  },
  server: { headers: isolationHeaders },
  preview: { port: 4173, strictPort: true, headers: isolationHeaders },
});
