import {
  FILE_NAME_HEADER,
  RECEIVED_FILES_CACHE,
  SHARE_RESULT,
  type ShareResult,
} from '../shared/contracts/received-files';

declare const self: ServiceWorkerGlobalScope;

/** Name of the form's field, as in manifest.webmanifest. */
const FILES_FIELD = 'files';

/**
 * Takes the files that another app shares with Earmark, and opens the Teach view, which shows them.
 *
 * A form on any website can also send files here. Browsers name that site in `Origin`, and files from another site are
 * rejected. A site can hide its name (`null`), which is also how the system's own share arrives, so nothing is imported
 * before the person has seen it. (`Sec-Fetch-Site` would tell more, but browsers add it only after the service worker.)
 */
export async function takeSharedFiles({ request }: { request: Request }): Promise<Response> {
  const origin = request.headers.get('Origin');
  if (origin !== null && origin !== 'null' && origin !== self.location.origin) return openTeach('refused');
  const files = await filesOf(request);
  // Without this page of ours, the person would get the browser's, which blames the connection.
  if (files.length === 0) return openTeach('nothing');
  try {
    await keep(files);
  } catch {
    // The shared files are lost either way. The page explains why, instead of the browser's error page.
    return openTeach('no-room');
  }
  return openTeach('kept');
}

/** The files in a share; none if it cannot be read, for example because a file was moved meanwhile. */
async function filesOf(request: Request): Promise<File[]> {
  const form = await request.formData().catch(() => undefined);
  return form?.getAll(FILES_FIELD).filter((entry) => entry instanceof File) ?? [];
}

/** Keeps all files or none. @throws if there is no room. */
async function keep(files: readonly File[]): Promise<void> {
  const cache = await caches.open(RECEIVED_FILES_CACHE);
  const kept: URL[] = [];
  try {
    for (const file of files) {
      const headers = { [FILE_NAME_HEADER]: encodeURIComponent(file.name), 'Content-Type': file.type };
      const address = new URL(`received/${crypto.randomUUID()}`, self.registration.scope);
      await cache.put(address, new Response(file, { headers }));
      kept.push(address);
    }
  } catch (error) {
    for (const address of kept) await cache.delete(address);
    throw error;
  }
}

function openTeach(result: ShareResult): Response {
  return Response.redirect(new URL(`./?${SHARE_RESULT}=${result}#/teach`, self.registration.scope), 303);
}
