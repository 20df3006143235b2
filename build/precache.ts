import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'vite';
import { isLateScript } from '../src/shared/contracts/late-scripts.ts';
import { isForTraining, isOfOtherModel } from '../src/shared/contracts/model/shipped-model.ts';

/** Maximum total download of a first visit, compressed as by the least capable hosts. */
const PRECACHE_BUDGET_BYTES = 2.2e6;

/** Files of the build that the service worker caches. */
const KEPT =
  /\.(html|js|css|wasm|json|bin|md|mp3|svg|webmanifest)$|^icons\/[^/]+\.png$|^(attribution\.csv|licences\.txt)$/;
const SERVICE_WORKER = 'service-worker.js';

/** A file of the build, its URL relative to the page's folder. Files with a hash in their names have no revision. */
interface BuiltFile {
  readonly url: string;
  readonly revision: string | null;
  readonly gzippedBytes: number;
}

/** Builds the service worker with the list of all files that it caches, and checks their size against a budget. */
export function precache(): Plugin {
  let root: string;
  return {
    name: 'earmark:precache',
    apply: 'build',
    configResolved(config) {
      root = config.root;
    },
    writeBundle: {
      // Other plugins have written their files by then.
      order: 'post',
      sequential: true,
      async handler({ dir }) {
        const files = await builtFiles(dir as string);
        checkSize(files.filter(({ url }) => !isOfOtherModel(url) && !isForTraining(url) && !isLateScript(url)));
        await buildServiceWorker(root, dir as string, files);
      },
    },
  };
}

async function builtFiles(folder: string): Promise<BuiltFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const urls = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((url) => KEPT.test(url) && url !== SERVICE_WORKER);
  return Promise.all(
    urls.sort().map(async (url) => {
      const bytes = await readFile(join(folder, url));
      const revision = url.startsWith('assets/') ? null : createHash('sha256').update(bytes).digest('hex').slice(0, 32);
      return { url, revision, gzippedBytes: gzipSync(bytes, { level: 9 }).length };
    }),
  );
}

async function buildServiceWorker(root: string, folder: string, files: readonly BuiltFile[]): Promise<void> {
  const manifest = files.map(({ url, revision }) => ({ url, revision }));
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: { __BUILT_FILES__: JSON.stringify(manifest), 'process.env.NODE_ENV': '"production"' },
    build: {
      target: 'es2022',
      outDir: folder,
      emptyOutDir: false,
      modulePreload: false,
      rolldownOptions: {
        input: 'src/service-worker/service-worker.ts',
        output: { format: 'iife', entryFileNames: SERVICE_WORKER },
      },
    },
  });
}

/** Prints the download size of a first visit. @throws Error above the budget. */
function checkSize(files: readonly BuiltFile[]): void {
  const bytes = files.reduce((sum, { gzippedBytes }) => sum + gzippedBytes, 0);
  const figure = `${(bytes / 1e6).toFixed(2)} MB compressed of ${(PRECACHE_BUDGET_BYTES / 1e6).toFixed(2)} MB`;
  console.log(`precache: ${files.length} files, ${figure}`);
  if (bytes <= PRECACHE_BUDGET_BYTES) return;
  const largest = [...files].sort((a, b) => b.gzippedBytes - a.gzippedBytes).slice(0, 5);
  const names = largest.map(({ url, gzippedBytes }) => `${url} (${Math.round(gzippedBytes / 1e3)} kB)`).join(', ');
  throw new Error(`The precache is too large: ${figure}. The largest files are ${names}.`);
}
