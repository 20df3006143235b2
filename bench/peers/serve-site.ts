import { existsSync } from 'node:fs';
import { copyFile, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Plugin, type PreviewServer, preview } from 'vite';

/** The repository's root folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where `build-site.ts` builds what is served. */
export const siteFolder = join(root, 'node_modules/.cache/bench');

/** The data set next to the repository, or in EARMARK_DATA. */
export const dataFolder = resolve(process.env.EARMARK_DATA ?? join(root, '../shared/data'));

const FIRST_PORT = 4302;

/** The site that the systems are fetched from. */
export interface Site {
  readonly url: string;
  /** Files requested since the last call, each once, relative to the site. */
  takeRequested(): string[];
  /** Bytes of these files as a server would send them. */
  gzippedBytes(files: readonly string[]): Promise<number>;
  close(): Promise<void>;
}

/**
 * Serves the built folder, isolated, so that threads are available and Chromium reports a worker's memory.
 *
 * @param yamnetPath YAMNet as a `.tflite` file; without it its systems cannot be started.
 */
export async function serveSite(yamnetPath: string | undefined): Promise<Site> {
  const yamnet = join(siteFolder, 'yamnet.tflite');
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
    root: dirname(siteFolder),
    appType: 'mpa',
    logLevel: 'warn',
    plugins: [noteRequests],
    build: { outDir: siteFolder },
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
      const files = [...requested].filter((file) => existsSync(join(siteFolder, file)) && !file.endsWith('/'));
      requested.clear();
      return files;
    },
    async gzippedBytes(files) {
      for (const file of files.filter((name) => !sizes.has(name))) {
        sizes.set(file, gzipSync(await readFile(join(siteFolder, file)), { level: 9 }).length);
      }
      return files.reduce((sum, file) => sum + (sizes.get(file) as number), 0);
    },
    close: () => server.close(),
  };
}
