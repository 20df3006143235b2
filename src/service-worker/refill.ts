import { cacheNames } from 'workbox-core';
import { getCacheKeyForURL } from 'workbox-precaching';
import { sha256Hex } from '../shared/lib/sha256';
import type { PrecacheEntry } from './chosen-models';
import { fetchWhole } from './fetch-whole';
import { withSecurityHeaders } from './protected-response';

/**
 * Fetches missing cached files, for example after the browser's cache was cleared but not the service worker. Without
 * them the page would not start offline until the next version.
 *
 * The host may already serve a newer version, and files of two versions must not be mixed. So a file without a hash in
 * its name is cached only if its content matches this version. Files that cannot be fetched are retried at the next
 * start, as is what `signal` ends.
 */
export async function refill(files: readonly PrecacheEntry[], signal: AbortSignal): Promise<void> {
  const cache = await caches.open(cacheNames.precache);
  for (const { url, revision } of files) {
    const key = getCacheKeyForURL(url);
    if (key === undefined || (await cache.match(key))) continue;
    const response = await fetchWhole(url, { cache: 'no-cache', signal });
    if (!response) continue;
    const content = await response.clone().arrayBuffer();
    if (revision === null || (await revisionOf(content)) === revision)
      await cache.put(key, withSecurityHeaders(response));
  }
}

/** Like `build/precache.ts`: the first half of the SHA-256, in hexadecimal digits. */
async function revisionOf(content: ArrayBuffer): Promise<string> {
  return (await sha256Hex(content)).slice(0, 32);
}
