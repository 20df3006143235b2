import { pickedFiles } from '../audio/dropped-files';
import { FILE_NAME_HEADER, RECEIVED_FILES_CACHE } from '../shared/received-files';
import { type AppCommands, STATE_EVENT } from './state';

/** What a browser with file handling gives to a page that files are opened with; TypeScript does not know it yet. */
interface LaunchQueue {
  setConsumer(take: (launch: { readonly files: readonly FileSystemFileHandle[] }) => void): void;
}

/** Imports files that were shared with Earmark, and those that are opened with it from now on. */
export async function importReceivedFiles(app: AppCommands): Promise<void> {
  const { launchQueue } = globalThis as { launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(async ({ files }) => {
    if (files.length > 0) await importWhenReady(app, await Promise.all(files.map((handle) => handle.getFile())));
  });
  if (!('caches' in globalThis) || !(await caches.has(RECEIVED_FILES_CACHE))) return;
  const shared = await sharedFiles();
  await importWhenReady(app, shared);
  // Only now: whoever closes the page in the middle finds the files again.
  await caches.delete(RECEIVED_FILES_CACHE);
}

async function sharedFiles(): Promise<File[]> {
  const cache = await caches.open(RECEIVED_FILES_CACHE);
  const responses = await cache.matchAll();
  return Promise.all(
    responses.map(async (response) => {
      const name = decodeURIComponent(response.headers.get(FILE_NAME_HEADER) ?? '');
      const blob = await response.blob();
      return new File([blob], name, { type: blob.type });
    }),
  );
}

/** Imports need the model's sample rate. */
async function importWhenReady(app: AppCommands, files: File[]): Promise<void> {
  while (!app.state.model) await new Promise((resolve) => app.addEventListener(STATE_EVENT, resolve, { once: true }));
  await app.teach.importFiles((async () => pickedFiles(files))());
}
