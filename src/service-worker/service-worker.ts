import { clientsClaim } from 'workbox-core';
import { addPlugins, cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { REFILL } from '../shared/contracts/installation';
import { isOfOtherModel } from '../shared/contracts/model/shipped-model';
import { keepChosenModels, type PrecacheEntry } from './chosen-models';
import { withSecurityHeaders } from './protected-response';
import { refill } from './refill';
import { takeSharedFiles } from './shared-files';

declare const self: ServiceWorkerGlobalScope;
/** Every file of the build with its revision: `build/precache.ts` puts the list in the name's place. */
declare const __BUILT_FILES__: readonly PrecacheEntry[];
const builtFiles = __BUILT_FILES__;

/** What the page says once the person wants the new version; Workbox chose the words. */
const TAKE_OVER = 'SKIP_WAITING';

const scope = new URL(self.registration.scope);

addPlugins([
  {
    // When they are stored, not when they are given out: so the browser may keep the code compiled beside them.
    cacheWillUpdate: async ({ response }) => (response.ok ? withSecurityHeaders(response) : null),
  },
]);
const keptFiles = builtFiles.filter(({ url }) => !isOfOtherModel(url));
precacheAndRoute([...keptFiles]);
cleanupOutdatedCaches();
keepChosenModels(builtFiles.filter(({ url }) => isOfOtherModel(url)));

// There is one page. Another address is a file's, or leads nowhere; what stands behind `?` is the page's business.
const pagePaths = ['./', './index.html'].map((path) => new URL(path, scope).pathname);
registerRoute(
  ({ request, url }) => request.mode === 'navigate' && pagePaths.includes(url.pathname),
  createHandlerBoundToURL('index.html'),
);

registerRoute(({ url }) => url.href === new URL('share', scope).href, takeSharedFiles, 'POST');

// The first version takes the open page at once; a newer one waits until it is asked to take over.
clientsClaim();
self.addEventListener('message', (event) => {
  const type = (event.data as { type?: unknown } | null)?.type;
  if (type === TAKE_OVER) void self.skipWaiting();
  if (type === REFILL) event.waitUntil(refill(keptFiles));
});
