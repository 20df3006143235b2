/** Type of the message by which the page asks the service worker to fetch missing cached files. */
export const REFILL = 'REFILL';

/** Type of the message by which the page asks a service worker to end that, because a newer one waits for it to be idle. */
export const GIVE_WAY = 'GIVE_WAY';

/** The page's message once the person wants the new version. It is Workbox's, so that older versions understand it. */
export const TAKE_OVER = 'SKIP_WAITING';
