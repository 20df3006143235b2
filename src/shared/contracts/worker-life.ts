/**
 * Worker → page: the worker holds the Web Lock that bears its name, and keeps it as long as it lives.
 *
 * However a thread ends, the browser releases its locks. So a page that waits for the lock learns of every end, even
 * those without an error, such as a thread that the browser killed to free memory.
 */
export const WORKER_LIVES = 'earmark-worker-lives';
