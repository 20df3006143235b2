/** Files that were shared with Earmark wait here, from the service worker that takes them to the page that imports them. */
export const RECEIVED_FILES_CACHE = 'received-files';

/** Header of a waiting file that holds its name, percent-encoded: headers carry ASCII alone. */
export const FILE_NAME_HEADER = 'X-File-Name';

/** What became of a share; a parameter of that name in the page's address. */
export const SHARE_RESULT = 'share';

/** `refused`: it came from another website. `no-room`: the browser could not store it, and nothing of it was kept. */
export type ShareResult = 'kept' | 'refused' | 'no-room';
