import { readFile } from 'node:fs/promises';
import type { Page, Worker } from '@playwright/test';
import type { App } from '../../src/app/app';
import type { BackendChoice } from '../../src/shared/contracts/backend';
import {
  crash,
  endThread,
  failSound,
  hang,
  holdSound,
  loseGraphics,
  permit,
  taggerOf,
  unplug,
} from '../../test/e2e/support/faults';

/** Maximum wait for recovery. The watchdog alone waits for 15 s, and a fresh worker chooses its backend again. */
export const LONGEST_RECOVERY_MS = 45_000;

/** How long no microphone is available. */
const UNPLUGGED_MS = 3000;

/** Only a training's data are this large: numbers in one array. */
const LARGE_ARRAY = 200_000;

/** Breaks something. The returned function runs once the app has recovered, and may find that it has not. */
type Break = (page: Page) => Promise<(() => Promise<void>) | undefined>;

export interface Fault {
  /** Brings the app to where it can break. Does not count towards the recovery time. */
  readonly prepare?: (page: Page) => Promise<void>;
  readonly break: Break;
  /** Only a recreated part can fix it. Until the app reports that, tags are from before the fault. */
  readonly replaces?: true;
  /** A recording runs meanwhile, and must be kept. */
  readonly keepsRecording?: true;
}

/** What the page keeps for the faults, in addition to the end-to-end tests' handles. */
interface Soak {
  tags: number;
  frames: number;
  hidden: boolean;
  readonly stores: IDBDatabase[];
}

/** For `addInitScript`. */
export function keepMore(): void {
  const soak: Soak = { tags: 0, frames: 0, hidden: false, stores: [] };
  Object.assign(window, { soak });
  const { open } = IDBFactory.prototype;
  IDBFactory.prototype.open = function (...parameters) {
    const request = open.apply(this, parameters);
    request.addEventListener('success', () => soak.stores.splice(0, soak.stores.length, request.result));
    return request;
  };
  const request = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) => {
    soak.frames++;
    return request(callback);
  };
  Object.defineProperty(document, 'hidden', { get: () => soak.hidden });
  Object.defineProperty(document, 'visibilityState', { get: () => (soak.hidden ? 'hidden' : 'visible') });
}

/** Number of tags that the page has received. */
export const tagsOf = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { soak: Soak }).soak.tags);

/** Counts the tags from now on. */
export const countTags = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { app } = document.querySelector('earmark-app') as unknown as { app: App };
    app.tags.subscribe(() => (window as unknown as { soak: Soak }).soak.tags++);
  });

const setHidden = (page: Page, hidden: boolean): Promise<void> =>
  page.evaluate((value) => {
    const { soak } = window as unknown as { soak: Soak };
    soak.hidden = value;
    soak.frames = 0;
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);

/** Switches the app to this backend. @throws Error if it cannot. */
async function computeWith(page: Page, backend: BackendChoice): Promise<void> {
  await page.evaluate(async (name) => {
    const { app } = document.querySelector('earmark-app') as unknown as { app: App };
    await app.changeSettings({ backend: name });
    const { phase, model, problem } = app.state;
    const taken = model?.backend.taken;
    if (phase === 'listening' && (name === 'auto' || taken === name)) return;
    throw new Error(`it was to compute with ${name}, and is ${phase} on ${taken} (${JSON.stringify(problem)})`);
  }, backend);
}

/** Switches to a graphics backend, makes it fail, and switches back once the app has recovered. */
function graphicsLost(backend: 'webgl' | 'webgpu', before: BackendChoice): Fault {
  return {
    replaces: true,
    prepare: (page) => computeWith(page, backend),
    break: async (page) => {
      await loseGraphics(await taggerOf(page));
      return () => computeWith(page, before);
    },
  };
}

/** Makes large allocations fail in the worker, or succeed again. */
function fillMemory(worker: Worker, full: boolean): Promise<void> {
  return worker.evaluate(
    ({ isFull, large }) => {
      const keeper = self as unknown as { realFloat32Array?: Float32ArrayConstructor };
      keeper.realFloat32Array ??= Float32Array;
      const real = keeper.realFloat32Array;
      const limited = new Proxy(real, {
        construct(target, parameters: unknown[]) {
          if (Number(parameters[0]) > large) throw new RangeError('Array buffer allocation failed');
          return Reflect.construct(target, parameters);
        },
      });
      Object.assign(self, { Float32Array: isFull ? limited : real });
    },
    { isFull: full, large: LARGE_ARRAY },
  );
}

/** Trains on all clips, with alternating labels. @returns the codes of the outcome. */
function train(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const { teach } = (document.querySelector('earmark-app') as unknown as { app: App }).app;
    const ids = teach.state.clips.map(({ id }) => id);
    for (const [turn, name] of ['Hum', 'Hiss'].entries()) {
      const some = ids.filter((_, i) => i % 2 === turn);
      await teach.clips.relabel(some, { addLabels: [{ id: name.toLowerCase(), name }], reviewed: true });
    }
    await teach.training.start('Soak');
    const said = teach.state.problems.map(({ code }) => code).join(' ') || (teach.state.notice?.code ?? '');
    teach.notices.dismissProblems();
    teach.notices.dismissNotice();
    return said;
  });
}

/** Deletes what the page stored, like a browser that runs out of disk space. */
async function evict(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin: new URL(page.url()).origin, storageTypes: 'indexeddb' });
  await session.detach();
}

async function show(page: Page, view: 'Listen' | 'Teach'): Promise<void> {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view }).click();
}

/** Every fault by its name. @param backend what the app computes with otherwise. */
export function faultsOn(backend: BackendChoice): Readonly<Record<string, Fault>> {
  return {
    'worker throws': { replaces: true, break: async (page) => void (await crash(await taggerOf(page))) },
    'worker ended by the browser': {
      replaces: true,
      break: async (page) => void (await endThread(await taggerOf(page))),
    },
    'worker hangs': { replaces: true, break: async (page) => void (await hang(await taggerOf(page))) },
    'microphone unplugged': { replaces: true, keepsRecording: true, break: async (page) => void (await unplug(page)) },
    'no microphone for a while': {
      break: async (page) => {
        await page.evaluate(() => {
          const { mediaDevices } = navigator;
          const { getUserMedia } = mediaDevices;
          Object.assign(window, { getUserMedia });
          mediaDevices.getUserMedia = () => Promise.reject(new DOMException('none', 'NotFoundError'));
        });
        await unplug(page);
        await page.getByText('The microphone was disconnected').waitFor({ timeout: LONGEST_RECOVERY_MS });
        await page.waitForTimeout(UNPLUGGED_MS);
        await page.evaluate(() => {
          const { mediaDevices } = navigator;
          mediaDevices.getUserMedia = (window as unknown as MediaDevices).getUserMedia;
          mediaDevices.dispatchEvent(new Event('devicechange'));
        });
        return undefined;
      },
    },
    'permission taken back': {
      break: async (page) => {
        await permit(page, 'denied');
        await page.getByText('isn’t allowed to use the microphone').waitFor({ timeout: LONGEST_RECOVERY_MS });
        await permit(page, 'granted');
        await page.getByRole('button', { name: 'Try again' }).click();
        return undefined;
      },
    },
    'sound suspended': { break: async (page) => void (await holdSound(page, 'suspend')) },
    'audio context closed': {
      replaces: true,
      keepsRecording: true,
      break: async (page) => void (await holdSound(page, 'close')),
    },
    'audio device changes its rate': { replaces: true, break: async (page) => void (await failSound(page)) },
    'GPU device lost': graphicsLost('webgpu', backend),
    'WebGL context lost': graphicsLost('webgl', backend),
    'no memory in training': {
      break: async (page) => {
        const worker = await taggerOf(page);
        await fillMemory(worker, true);
        const said = await train(page);
        await fillMemory(worker, false);
        if (!said.includes('training-failed')) throw new Error(`of the training it says ${said}`);
        return async () => {
          const after = await train(page);
          if (!after.includes('head-trained')) throw new Error(`of the next training it says ${after}`);
          await page.evaluate(async () => {
            const { teach } = (document.querySelector('earmark-app') as unknown as { app: App }).app;
            for (const { id } of teach.state.heads) await teach.heads.remove(id);
            await teach.undo.forget();
          });
        };
      },
    },
    'store cut off': {
      break: async (page) => {
        await page.evaluate(() => {
          const [store] = (window as unknown as { soak: Soak }).soak.stores;
          store?.close();
          store?.dispatchEvent(new Event('close'));
        });
        return undefined;
      },
    },
    'storage evicted': {
      break: async (page) => {
        await show(page, 'Teach');
        const [clips] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('button', { name: 'Export all clips' }).click(),
        ]);
        const zip = {
          name: clips.suggestedFilename(),
          mimeType: 'application/zip',
          buffer: await readFile(await clips.path()),
        };
        await evict(page);
        await page.getByText('Your clips and profiles are gone').waitFor({ timeout: LONGEST_RECOVERY_MS });
        await page.getByText('No clips yet.').waitFor();
        return async () => {
          // What the message suggests: import the last export.
          await page.getByLabel('Files to import').setInputFiles(zip);
          await page.getByText(/^\d+ clips? imported/).waitFor({ timeout: LONGEST_RECOVERY_MS });
          await page.evaluate(() => {
            const { teach } = (document.querySelector('earmark-app') as unknown as { app: App }).app;
            teach.notices.dismissProblems();
            teach.notices.dismissNotice();
          });
          await show(page, 'Listen');
        };
      },
    },
    'page hidden': {
      break: async (page) => {
        await setHidden(page, true);
        return async () => {
          const frames = await page.evaluate(() => (window as unknown as { soak: Soak }).soak.frames);
          await setHidden(page, false);
          if (frames > 0) throw new Error(`${frames} frames were drawn while the page was hidden`);
        };
      },
    },
    'second tab': {
      break: async (page) => {
        const second = await page.context().newPage();
        await second.goto(page.url());
        await second.getByText('open in another tab').first().waitFor({ timeout: LONGEST_RECOVERY_MS });
        return () => second.close();
      },
    },
    'clock jumps by an hour': {
      break: async (page) => {
        await page.evaluate(() => {
          const now = Date.now;
          Date.now = () => now() + 3_600_000;
        });
        return undefined;
      },
    },
  };
}
