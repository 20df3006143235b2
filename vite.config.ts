import { defineConfig } from 'vite';
import { decoderChunk } from './build/decoder-chunk.ts';
import { LicenceCollector } from './build/licences.ts';
import { precache } from './build/precache.ts';
import { securityHeadersPlugin } from './build/security-headers.ts';
import { startChunk } from './build/start-chunk.ts';
import packageJson from './package.json' with { type: 'json' };

/** Tests open no page with a service worker. */
const isOfThePage = (name: string): boolean => !name.startsWith('workbox-');

const licences = new LicenceCollector(import.meta.dirname);

/** Without what the decoders import: others import it as well, and would need a decoder's script from the first visit on. */
const decoderGroup = { name: decoderChunk, includeDependenciesRecursively: false };

export default defineConfig({
  // Relative addresses, so that the built app works below any path.
  base: './',
  // There is one page: an address that leads nowhere is a 404, not the page again.
  appType: 'mpa',
  // Browsers without modulepreload (before 2023) fetch the modules a little later; the others are spared the polyfill.
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: startChunk }, decoderGroup] } } },
  },
  plugins: [securityHeadersPlugin(), licences.collecting(), licences.writing(), precache()],
  worker: {
    format: 'es',
    plugins: () => [securityHeadersPlugin(), licences.collecting()],
    rolldownOptions: { output: { codeSplitting: { groups: [decoderGroup] } } },
  },
  // Vite looks for packages in pages, not in workers: one that it finds late makes it reload in the middle of a test.
  optimizeDeps: {
    include: [...Object.keys(packageJson.dependencies).filter(isOfThePage), '@zip.js/zip.js/lib/zip-core-custom.js'],
  },
  preview: { port: 4173, strictPort: true },
});
