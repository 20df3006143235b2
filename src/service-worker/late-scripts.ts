import { registerRoute } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';
import { isLateScript } from '../shared/contracts/late-scripts';
import type { PrecacheEntry } from './chosen-models';
import { fetchWhole } from './fetch-whole';
import { withSecurityHeaders } from './protected-response';

declare const self: ServiceWorkerGlobalScope;

const CACHE_NAME = 'late-scripts';

/** Caches scripts that the first visit does without, once they are used. Their names contain a hash, so none is ever out of date. */
export class LateScripts {
  readonly #urls: readonly string[];

  constructor(files: readonly PrecacheEntry[]) {
    this.#urls = files
      .filter(({ url }) => isLateScript(url))
      .map(({ url }) => new URL(url, self.registration.scope).href);
    registerRoute(
      ({ url }) => this.#urls.includes(url.href),
      new CacheFirst({
        cacheName: CACHE_NAME,
        // Many hosts send `Vary: Origin`. Chromium imports scripts with that header, and they were fetched without it.
        matchOptions: { ignoreVary: true },
        plugins: [{ cacheWillUpdate: async ({ response }) => (response.ok ? withSecurityHeaders(response) : null) }],
      }),
    );
    self.addEventListener('activate', (event) => event.waitUntil(this.#removeOthers()));
  }

  /** Fetches those that are missing. */
  async fetchMissing(signal: AbortSignal): Promise<void> {
    const cache = await caches.open(CACHE_NAME);
    for (const url of this.#urls) {
      if (await cache.match(url)) continue;
      const response = await fetchWhole(url, { signal });
      if (response) await cache.put(url, withSecurityHeaders(response));
    }
  }

  async #removeOthers(): Promise<void> {
    const cache = await caches.open(CACHE_NAME);
    for (const request of await cache.keys()) {
      if (!this.#urls.includes(request.url)) await cache.delete(request);
    }
  }
}
