import type { NotificationData } from '../../../shared/contracts/diary/alert-rules';

/** Whether this page may notify. `missing`: the browser or this window has no notifications. */
export type NotificationAnswer = 'granted' | 'denied' | 'default' | 'missing';

/** What the person answered when the browser asked for notifications; `default` if it has not asked yet. */
export function notificationAnswer(): NotificationAnswer {
  if (!('Notification' in globalThis) || !('serviceWorker' in navigator)) return 'missing';
  return Notification.permission;
}

/** Lets the browser ask for notifications, unless it has an answer. Call it from a press of a button. */
export async function askForNotifications(): Promise<NotificationAnswer> {
  if (notificationAnswer() === 'default') await Notification.requestPermission();
  return notificationAnswer();
}

/** Calls `listener` when the answer changes, until the returned function is called. */
export function watchNotificationAnswer(listener: () => void): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  // Browsers that do not report the change are asked again when the page is shown: it is made elsewhere.
  document.addEventListener('visibilitychange', listener, { signal });
  navigator.permissions?.query({ name: 'notifications' }).then(
    (status) => status.addEventListener('change', listener, { signal }),
    () => {},
  );
  return () => ending.abort();
}

/** A notification in words. */
export interface Wording {
  readonly title: string;
  readonly body: string;
  /** A newer notification with the same tag replaces this one. */
  readonly tag: string;
  /** Where a click leads, within the page. */
  readonly address: string;
}

/** `renotify` and `vibrate` are not in TypeScript's list. */
interface Options extends NotificationOptions {
  readonly renotify: boolean;
  readonly vibrate?: readonly number[];
}

/**
 * Shows a notification by the service worker, so that it comes while the page is hidden.
 *
 * @throws Error if the browser does not show it.
 */
export async function notify({ title, body, tag, address }: Wording, vibrate?: readonly number[]): Promise<void> {
  // Where there is a service worker the page has it already; asking the browser takes time, most of all while it is busy.
  const { serviceWorker } = navigator;
  const registration = await Promise.race([serviceWorker.ready, serviceWorker.getRegistration()]);
  if (!registration) throw new Error('there is no service worker to notify by');
  const data: NotificationData = { address };
  // Without an icon: fetching it would tell the server when something was heard.
  const options: Options = { body, tag, data, renotify: true, ...(vibrate && { vibrate }) };
  await registration.showNotification(title, options);
}
