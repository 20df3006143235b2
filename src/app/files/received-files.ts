import { FILE_NAME_HEADER, RECEIVED_FILES_CACHE } from '../../shared/contracts/received-files';
import type { AppCommands } from '../state';
import { until } from '../state-holder';
import { type DroppedFiles, droppedFiles, pickedFiles } from './dropped-files';

/** What a browser with file handling gives to a page that files are opened with; TypeScript does not know it yet. */
interface LaunchQueue {
  setConsumer(take: (launch: { readonly files: readonly FileSystemFileHandle[] }) => void): void;
}

/** Imports files that were shared with Earmark, and those that are opened with it from now on. */
export async function importReceivedFiles(app: AppCommands): Promise<void> {
  const { launchQueue } = globalThis as { launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(async ({ files }) => {
    if (files.length === 0) return;
    await importWhenReady(app, async () => pickedFiles(await Promise.all(files.map((handle) => handle.getFile()))));
  });
  if (!('caches' in globalThis) || !(await caches.has(RECEIVED_FILES_CACHE))) return;
  // Without room they wait until clips are deleted for good; what else stood in the way, until the next visit.
  while (!(await importWhenReady(app, sharedFiles))) {
    const before = app.teach.state.clips.length;
    await until(app.teach, ({ clips, undo }) => clips.length < before && !undo);
  }
  // Only now: whoever closes the page in the middle finds the files again.
  await caches.delete(RECEIVED_FILES_CACHE);
}

/**
 * Takes files that are dropped anywhere on the page but on Teach, which takes its own: the browser would open them in
 * Earmark's place.
 *
 * @param showTeach shows the view that the sounds come into.
 */
export function importDroppedFiles(app: AppCommands, showTeach: () => void): void {
  document.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    const files = droppedFiles(event.dataTransfer.items);
    // What is refused is told of when it is imported; until there is a model, this failure waits.
    files.catch(() => {});
    showTeach();
    void importWhenReady(app, () => files);
  });
}

async function sharedFiles(): Promise<DroppedFiles> {
  const cache = await caches.open(RECEIVED_FILES_CACHE);
  const responses = await cache.matchAll();
  const files = responses.map(async (response) => {
    const name = decodeURIComponent(response.headers.get(FILE_NAME_HEADER) ?? '');
    const blob = await response.blob();
    return new File([blob], name, { type: blob.type });
  });
  return pickedFiles(await Promise.all(files));
}

/**
 * Imports once there is a model, whose sample rate is needed, and this tab may save: a file that is opened with Earmark
 * comes in a window of its own, often while another one is open. (The manifest could have the open one take it, by
 * `launch_handler`; then what is shared would be dropped: https://github.com/WICG/web-app-launch/issues/62.)
 */
async function importWhenReady(app: AppCommands, files: () => Promise<DroppedFiles>): Promise<boolean> {
  await until(app, ({ model }) => model !== undefined);
  await until(app.teach, ({ storage, elsewhere }) => storage === 'ready' && !elsewhere);
  return app.teach.transfers.importFiles(files());
}
