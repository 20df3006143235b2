import { registerRoute } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';
import { fetchWhole } from './fetch-whole';

declare const self: ServiceWorkerGlobalScope;

/** A file of the build, its URL relative to the page's folder. Files with a hash in their names have no revision. */
export interface PrecacheEntry {
  readonly url: string;
  readonly revision: string | null;
}

const CACHE_NAME = 'chosen-models';

/** Caches the files of a model once it is first chosen, each in the revision of this version of Earmark. */
export class ChosenModels {
  readonly #files: readonly PrecacheEntry[];

  constructor(files: readonly PrecacheEntry[]) {
    this.#files = files;
    const keys = new Map(files.map((file) => [absolute(file.url), keyOf(file)]));
    registerRoute(
      ({ url }) => keys.has(url.href),
      new CacheFirst({
        cacheName: CACHE_NAME,
        // The revision is part of the key, so that files of two versions are never mixed in one model.
        plugins: [{ cacheKeyWillBeUsed: async ({ request }) => keys.get(request.url) ?? request }],
      }),
    );
    self.addEventListener('install', (event) => event.waitUntil(fetchNewRevisions(keys)));
    self.addEventListener('activate', (event) => event.waitUntil(removeOldRevisions(new Set(keys.values()))));
  }

  /** Fetches files that nobody has asked for yet. If there is no connection, the next call tries again. */
  async fetchMissing(isWanted: (url: string) => boolean, signal: AbortSignal): Promise<void> {
    const cache = await caches.open(CACHE_NAME);
    for (const file of this.#files.filter(({ url }) => isWanted(url))) {
      const key = keyOf(file);
      if (await cache.match(key)) continue;
      const response = await fetchWhole(key, { signal });
      if (response) await cache.put(key, response);
    }
  }
}

/** Models chosen under the previous version stay available offline. */
async function fetchNewRevisions(keys: ReadonlyMap<string, string>): Promise<void> {
  const cache = await caches.open(CACHE_NAME);
  const kept = (await cache.keys()).map(({ url }) => url);
  const chosen = new Set(kept.map((url) => url.split('?')[0] ?? url));
  const missing = [...keys].filter(([url, key]) => chosen.has(url) && !kept.includes(key)).map(([, key]) => key);
  await cache.addAll(missing);
}

async function removeOldRevisions(current: ReadonlySet<string>): Promise<void> {
  const cache = await caches.open(CACHE_NAME);
  for (const request of await cache.keys()) {
    if (!current.has(request.url)) await cache.delete(request);
  }
}

function keyOf({ url, revision }: PrecacheEntry): string {
  return absolute(`${url}?revision=${revision}`);
}

function absolute(url: string): string {
  return new URL(url, self.registration.scope).href;
}
