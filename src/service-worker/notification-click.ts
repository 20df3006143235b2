import { type NotificationData, OPEN_ADDRESS } from '../shared/contracts/diary/alert-rules';

declare const self: ServiceWorkerGlobalScope;

/** Lets a click on a notification lead to its event: in a window that is open, or in a new one. */
export function followNotificationClicks(): void {
  self.addEventListener('notificationclick', (event) => {
    event.notification.close();
    const { address } = event.notification.data as NotificationData;
    event.waitUntil(open(address));
  });
}

async function open(address: string): Promise<void> {
  // The one that was used last comes first. It is told the address instead of being sent there: it may be listening.
  const [window] = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (!window) {
    await self.clients.openWindow(new URL(address, self.registration.scope));
    return;
  }
  window.postMessage({ type: OPEN_ADDRESS, address });
  await window.focus();
}
