/** Type of the message by which the page asks the service worker to fetch the kept files that are missing. */
export const REFILL = 'REFILL';
