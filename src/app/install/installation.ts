import { Workbox } from 'workbox-window';
import { GIVE_WAY, REFILL, TAKE_OVER } from '../../shared/contracts/installation';
import { type AppCommands, goesOn } from '../state';
import { StateHolder, until } from '../state-holder';
import type { InstallationCommands, InstallationState } from './installation-state';

/** Lock held by a window while a reload would interrupt something, so that other windows know. */
const BUSY_LOCK = 'earmark-busy';

/** Otherwise the service worker's first downloads would delay the drawing of the model's meters. */
const REGISTER_AFTER_MS = 1000;

/** Windows that stay open for days check for a newer version this often. */
const UPDATE_CHECK_MS = 60 * 60 * 1000;

/** Remembers that this window was reloaded to get the headers: one reload must be enough. */
const RELOADED_KEY = 'reloaded-for-headers';

/** A browser's offer to install the page. TypeScript does not have it yet. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

/** The service worker that makes Earmark work offline, its new versions, and the browser's offer to install. */
export class Installation implements InstallationCommands {
  readonly #holder = new StateHolder<InstallationState>({
    update: 'none',
    busy: false,
    install: installsByHand() ? 'by-hand' : 'none',
  });
  readonly subscribe = this.#holder.subscribe;
  readonly #app: AppCommands;
  #offer: InstallOffer | undefined;
  /** Releases {@link BUSY_LOCK}. */
  #release: (() => void) | undefined;

  constructor(app: AppCommands) {
    this.#app = app;
    window.addEventListener('beforeinstallprompt', (event) => {
      event.preventDefault();
      this.#offer = event as InstallOffer;
      this.#holder.change({ install: 'offered' });
    });
    window.addEventListener('appinstalled', () => this.#holder.change({ install: 'none' }));
  }

  get state(): InstallationState {
    return this.#holder.state;
  }

  /** Registers the service worker once the model is loaded and shown: what the person waits for comes first. */
  async start(): Promise<void> {
    if (!('serviceWorker' in navigator)) return;
    this.#watchController(navigator.serviceWorker);
    await until(this.#app, ({ phase }) => phase !== 'loading');
    this.#app.subscribe(() => this.#watchBusy());
    this.#app.teach.subscribe(() => this.#watchBusy());
    await new Promise((resolve) => setTimeout(resolve, REGISTER_AFTER_MS));
    const workbox = new Workbox('./service-worker.js');
    workbox.addEventListener('waiting', () => this.#holder.change({ update: 'ready' }));
    try {
      await workbox.register();
    } catch (error) {
      // Everything works except starting offline, as in private windows that store nothing.
      console.warn('Earmark is not kept for use without a network:', error);
      return;
    }
    (await navigator.serviceWorker.ready).active?.postMessage({ type: REFILL });
    setInterval(() => void checkForUpdate(workbox), UPDATE_CHECK_MS);
  }

  async takeUpdate(): Promise<void> {
    if (this.state.busy) return;
    const { held = [] } = await navigator.locks.query();
    if (held.some(({ name }) => name === BUSY_LOCK)) return this.#holder.change({ update: 'refused' });
    const { active, waiting } = (await navigator.serviceWorker?.getRegistration()) ?? {};
    if (!waiting) return location.reload();
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    active?.postMessage({ type: GIVE_WAY });
    waiting.postMessage({ type: TAKE_OVER });
  }

  async findUpdate(): Promise<void> {
    if (this.state.update === 'taken') return this.takeUpdate();
    this.#holder.change({ update: 'looking' });
    const found = await lookForUpdate();
    this.#holder.change({ update: found });
    if (found === 'ready') await this.takeUpdate();
  }

  async install(): Promise<void> {
    const offer = this.#offer;
    this.#offer = undefined;
    this.#holder.change({ install: 'none' });
    await offer?.prompt();
  }

  /** Notices when another service worker takes over. Another window can cause that at any moment, so it watches early. */
  #watchController(container: ServiceWorkerContainer): void {
    let isControlled = container.controller !== null;
    container.addEventListener('controllerchange', () => {
      if (isControlled) this.#leaveOldVersion();
      else this.#reloadForHeaders();
      isControlled = true;
    });
  }

  /**
   * Another window switched to the new version. This one still runs the old one, whose lazy views are gone. It is
   * reloaded while it is hidden and idle; otherwise the person is asked to reload.
   */
  #leaveOldVersion(): void {
    if (document.visibilityState === 'hidden' && !this.state.busy) location.reload();
    else this.#holder.change({ update: 'taken' });
  }

  /** Hosts that send no headers leave the worker without its policy. Responses from the service worker have them. */
  #reloadForHeaders(): void {
    if (crossOriginIsolated || this.state.busy || sessionStorage.getItem(RELOADED_KEY) !== null) return;
    sessionStorage.setItem(RELOADED_KEY, 'yes');
    location.reload();
  }

  #watchBusy(): void {
    const busy = isBusy(this.#app);
    if (busy === this.state.busy) return;
    this.#holder.change({ busy, ...(this.state.update === 'refused' ? { update: 'ready' } : {}) });
    this.#release?.();
    this.#release = undefined;
    if (!busy) return;
    const end = new Promise<void>((resolve) => {
      this.#release = resolve;
    });
    void navigator.locks.request(BUSY_LOCK, { mode: 'shared' }, () => end);
  }
}

async function checkForUpdate(workbox: Workbox): Promise<void> {
  if (navigator.onLine) await workbox.update();
}

/** Looks for a newer version, and waits until it is downloaded. */
async function lookForUpdate(): Promise<'ready' | 'absent' | 'unreachable'> {
  const registration = await navigator.serviceWorker?.getRegistration();
  // Without a service worker, every reload gets the host's newest version.
  if (!registration) return 'ready';
  const reached = await registration.update().then(
    () => true,
    () => false,
  );
  const { installing } = registration;
  if (installing) await installed(installing);
  if (registration.waiting) return 'ready';
  return reached && !installing ? 'absent' : 'unreachable';
}

/** Resolves when a service worker has downloaded its files, or failed to. */
function installed(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve) => {
    worker.addEventListener('statechange', () => {
      if (worker.state !== 'installing') resolve();
    });
  });
}

/** Whether something is running that a reload would interrupt. */
function isBusy({ state, teach }: AppCommands): boolean {
  const { training, transfer, draft, recordingSinceMs } = teach.state;
  return goesOn(state) || [training, transfer, draft, recordingSinceMs].some((part) => part !== undefined);
}

/** Safari on iPhone and iPad installs only from its Share menu. An iPad claims to be a Mac, but has a touch screen. */
function installsByHand(): boolean {
  const { userAgent, maxTouchPoints } = navigator;
  const isApple = /iPhone|iPad/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);
  return isApple && !matchMedia('(display-mode: standalone)').matches;
}
