import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { PluginOption } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { isOfOtherModel } from '../src/shared/contracts/shipped-model.ts';

/** What a first visit may load in all, compressed as the least of hosts do it. */
const PRECACHE_BUDGET_BYTES = 4e6;

const OUT_FOLDER = 'dist';

/** Builds the service worker with the list of all files that it keeps, and holds these to a budget. */
export function precache(): PluginOption {
  return VitePWA({
    strategies: 'injectManifest',
    srcDir: 'src/service-worker',
    filename: 'service-worker.ts',
    // The page registers it when the model is loaded, and public/ has the manifest.
    injectRegister: false,
    manifest: false,
    injectManifest: {
      globPatterns: ['**/*.{html,js,css,wasm,json,bin,md,mp3,svg,webmanifest}', 'icons/*.png', 'attribution.csv'],
      dontCacheBustURLsMatching: /^assets\//,
      maximumFileSizeToCacheInBytes: 8e6,
      manifestTransforms: [
        async (entries) => {
          await reportSize(entries.filter(({ url }) => !isOfOtherModel(url)));
          return { manifest: entries };
        },
      ],
    },
  });
}

/** Prints how much a first visit loads. @throws Error above the budget. */
async function reportSize(entries: readonly { readonly url: string }[]): Promise<void> {
  const sizes = await Promise.all(
    entries.map(async ({ url }) => ({
      url,
      bytes: gzipSync(await readFile(join(OUT_FOLDER, url)), { level: 9 }).length,
    })),
  );
  const bytes = sizes.reduce((sum, size) => sum + size.bytes, 0);
  const figure = `${(bytes / 1e6).toFixed(2)} MB compressed of ${(PRECACHE_BUDGET_BYTES / 1e6).toFixed(2)} MB`;
  console.log(`precache: ${sizes.length} files, ${figure}`);
  if (bytes <= PRECACHE_BUDGET_BYTES) return;
  const largest = sizes.sort((a, b) => b.bytes - a.bytes).slice(0, 5);
  const names = largest.map(({ url, bytes }) => `${url} (${Math.round(bytes / 1e3)} kB)`).join(', ');
  throw new Error(`The precache is too large: ${figure}. The largest files are ${names}.`);
}
