import { FILE_NAME_HEADER, RECEIVED_FILES_CACHE } from '../shared/contracts/received-files';

declare const self: ServiceWorkerGlobalScope;

/** Name of the form's field, as manifest.webmanifest has it. */
const FILES_FIELD = 'files';

/** Takes the files that another app shares with Earmark, and opens the Teach view, which imports them. */
export async function takeSharedFiles({ request }: { request: Request }): Promise<Response> {
  const form = await request.formData();
  const files = form.getAll(FILES_FIELD).filter((entry) => entry instanceof File);
  const cache = await caches.open(RECEIVED_FILES_CACHE);
  for (const file of files) {
    const headers = { [FILE_NAME_HEADER]: encodeURIComponent(file.name), 'Content-Type': file.type };
    await cache.put(
      new URL(`received/${crypto.randomUUID()}`, self.registration.scope),
      new Response(file, { headers }),
    );
  }
  return Response.redirect(new URL('./#/teach', self.registration.scope), 303);
}
