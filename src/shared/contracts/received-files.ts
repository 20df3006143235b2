/** Files shared with Earmark wait here: the service worker receives them, and the page imports them. */
export const RECEIVED_FILES_CACHE = 'received-files';

/** Header of a waiting file with its name, percent-encoded because headers are ASCII only. */
export const FILE_NAME_HEADER = 'X-File-Name';

/** Parameter in the page's address with the result of a share. */
export const SHARE_RESULT = 'share';

/**
 * `refused`: it came from another website. `no-room`: the browser could not store it; nothing of it was kept.
 * `nothing`: no file arrived, or it could not be read.
 */
export type ShareResult = 'kept' | 'refused' | 'no-room' | 'nothing';
