import type { Browser, BrowserContext, Page, Worker } from '@playwright/test';

/** What {@link keepHandles} puts into the page. */
interface Handles {
  readonly tracks: MediaStreamTrack[];
  readonly contexts: AudioContext[];
}

/** Keeps what the page opens, so that a test can unplug the microphone or pause the sound. For `addInitScript`. */
export function keepHandles(): void {
  const handles: Handles = { tracks: [], contexts: [] };
  Object.assign(window, { handles });
  const getUserMedia = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const stream = await getUserMedia(constraints);
    handles.tracks.splice(0, handles.tracks.length, ...stream.getTracks());
    return stream;
  };
  window.AudioContext = class extends AudioContext {
    constructor(options?: AudioContextOptions) {
      super(options);
      handles.contexts.splice(0, handles.contexts.length, this);
    }
  };
}

/** Unplugs the microphone: its track ends, and the page is told. */
export async function unplug(page: Page): Promise<void> {
  await page.evaluate(() => {
    const [track] = (window as unknown as { handles: Handles }).handles.tracks;
    track?.stop();
    track?.dispatchEvent(new Event('ended'));
  });
}

/** Pauses the sound, as a telephone call does, or ends it, as no browser should. */
export async function holdSound(page: Page, way: 'suspend' | 'close'): Promise<void> {
  await page.evaluate((method) => (window as unknown as { handles: Handles }).handles.contexts[0]?.[method](), way);
}

/** Lets the sound fail, as Chromium does when the system changes the rate of a device in a way that it cannot follow. */
export async function failSound(page: Page): Promise<void> {
  await page.evaluate(() => {
    (window as unknown as { handles: Handles }).handles.contexts[0]?.dispatchEvent(new Event('error'));
  });
}

/** Gives or takes back the permission for the microphone, in a browser that answers nothing by itself. */
export async function permit(page: Page, setting: 'granted' | 'denied'): Promise<void> {
  const ofPage = await page.context().newCDPSession(page);
  const { targetInfo } = await ofPage.send('Target.getTargetInfo');
  await ofPage.detach();
  const session = await (page.context().browser() as Browser).newBrowserCDPSession();
  await session.send('Browser.setPermission', {
    permission: { name: 'microphone' },
    setting,
    origin: new URL(page.url()).origin,
    browserContextId: targetInfo.browserContextId as string,
  });
  // The session stays: what it set ends with it.
}

/** The worker that tags; the backend may have some of its own. */
export async function taggerOf(page: Page): Promise<Worker> {
  for (const worker of page.workers()) {
    if ((await worker.evaluate(() => self.name).catch(() => '')).startsWith('tagger')) return worker;
  }
  throw new Error('there is no tagger');
}

/** Lets the worker throw what nobody catches. */
export async function crash(worker: Worker): Promise<void> {
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error('the test crashes this worker');
    });
  });
}

/** Ends the worker's thread without a word, as a browser does that is short of memory. */
export async function endThread(worker: Worker): Promise<void> {
  await worker.evaluate(() => setTimeout(() => self.close()));
}

/** Stops the worker's thread for good: it lives and says nothing. */
export async function hang(worker: Worker): Promise<void> {
  await worker.evaluate(() => {
    setTimeout(() => {
      for (;;);
    });
  });
}

/** Remembers the graphics devices of all workers that are started from now on, so that {@link loseGraphics} finds them. */
export async function keepGraphics(context: BrowserContext): Promise<void> {
  // A worker has no init scripts; what it imports from its server can be changed on the way.
  await context.route(/\/assets\/worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    const remember = `
      if (self.GPUAdapter) {
        const { requestDevice } = GPUAdapter.prototype;
        GPUAdapter.prototype.requestDevice = async function (...options) {
          return (self.graphics = await requestDevice.apply(this, options));
        };
      }
      const { getContext } = OffscreenCanvas.prototype;
      OffscreenCanvas.prototype.getContext = function (...options) {
        const context = getContext.apply(this, options);
        if (context?.getExtension) self.graphics = context;
        return context;
      };
    `;
    await route.fulfill({ response, body: remember + (await response.text()) });
  });
}

/** Destroys the GPU device or loses the WebGL context of a worker that {@link keepGraphics} saw. */
export async function loseGraphics(worker: Worker): Promise<void> {
  await worker.evaluate(() => {
    const { graphics } = self as unknown as { graphics: GPUDevice | WebGL2RenderingContext };
    if ('destroy' in graphics) graphics.destroy();
    else graphics.getExtension('WEBGL_lose_context')?.loseContext();
  });
}
