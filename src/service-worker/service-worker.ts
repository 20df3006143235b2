import { clientsClaim } from 'workbox-core';
import { addPlugins, cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { GIVE_WAY, REFILL, TAKE_OVER } from '../shared/contracts/installation';
import { isLateScript } from '../shared/contracts/late-scripts';
import { isForTraining, isOfOtherModel } from '../shared/contracts/model/shipped-model';
import { ChosenModels, type PrecacheEntry } from './chosen-models';
import { LateScripts } from './late-scripts';
import { followNotificationClicks } from './notification-click';
import { withSecurityHeaders } from './protected-response';
import { refill } from './refill';
import { takeSharedFiles } from './shared-files';

declare const self: ServiceWorkerGlobalScope;
/** Every file of the build with its revision. `build/precache.ts` replaces the name with the list. */
declare const __BUILT_FILES__: readonly PrecacheEntry[];
const builtFiles = __BUILT_FILES__;

const scope = new URL(self.registration.scope);

addPlugins([
  {
    // Added when files are stored, not when they are served, so that the browser can cache compiled code with them.
    cacheWillUpdate: async ({ response }) => (response.ok ? withSecurityHeaders(response) : null),
  },
]);
const modelFiles = builtFiles.filter(({ url }) => isOfOtherModel(url) || isForTraining(url));
const keptFiles = builtFiles.filter((file) => !modelFiles.includes(file) && !isLateScript(file.url));
precacheAndRoute([...keptFiles]);
cleanupOutdatedCaches();
const chosenModels = new ChosenModels(modelFiles);
const lateScripts = new LateScripts(builtFiles);
let isFirstVisit = false;
/** Ends what is being fetched for offline use. */
let fetching = new AbortController();
self.addEventListener('install', () => {
  isFirstVisit = true;
});

// There is one page. Any other path is a file, or leads nowhere. What follows `?` is up to the page.
const pagePaths = ['./', './index.html'].map((path) => new URL(path, scope).pathname);
registerRoute(
  ({ request, url }) => request.mode === 'navigate' && pagePaths.includes(url.pathname),
  createHandlerBoundToURL('index.html'),
);

registerRoute(({ url }) => url.href === new URL('share', scope).href, takeSharedFiles, 'POST');

followNotificationClicks();

// The first version takes over the open page at once. A newer one waits until it is asked to.
clientsClaim();
self.addEventListener('message', (event) => {
  const type = (event.data as { type?: unknown } | null)?.type;
  if (type === TAKE_OVER) void self.skipWaiting();
  if (type === REFILL) event.waitUntil(fetchForOffline(fetching.signal));
  if (type === GIVE_WAY) {
    fetching.abort();
    fetching = new AbortController();
  }
});

/**
 * Fetches what is missing, and what the first visit did without, so that files open and profiles can be trained offline.
 * What it has not fetched when it is ended, the next start fetches.
 */
async function fetchForOffline(signal: AbortSignal): Promise<void> {
  await refill(keptFiles, signal);
  if (isFirstVisit) {
    // The next start is a second visit, also if this worker is still running.
    isFirstVisit = false;
    return;
  }
  await lateScripts.fetchMissing(signal);
  await chosenModels.fetchMissing(isForTraining, signal);
}
