/** Type of the message by which the page asks the service worker to fetch missing cached files. */
export const REFILL = 'REFILL';
