/**
 * Worker → page: it holds the Web Lock that bears the worker's name, and keeps it for as long as it lives.
 *
 * However a thread ends, the browser takes its locks back. So a page that waits for the lock learns of every end, also of
 * those that raise no error, such as a thread that the browser ended for its memory.
 */
export const WORKER_LIVES = 'earmark-worker-lives';
