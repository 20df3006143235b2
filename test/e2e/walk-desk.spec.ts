import { type Browser, expect, type Page, test } from '@playwright/test';
import { crash, holdSound, keepHandles, taggerOf, unplug } from './support/faults';
import { ListenPage, openBrowser } from './support/listener';
import { packagedSound, silence } from './support/sounds';

const SILENT_SECONDS = 40;

const patient = expect.configure({ timeout: 120_000 });
test.setTimeout(600_000);

let browser: Browser;
test.afterEach(() => browser.close());

/** A crow for some seconds, then nothing for long. */
async function room(): Promise<Float32Array> {
  const crow = await packagedSound('misc_crow.flac');
  const calls = Math.ceil((8 * 48_000) / crow.length);
  const rest = silence(SILENT_SECONDS);
  const sound = new Float32Array(calls * crow.length + rest.length);
  for (let call = 0; call < calls; call++) sound.set(crow, call * crow.length);
  return sound;
}

/** What a test does to the page that nobody touches. */
interface Desk {
  /** Moves the page's clock, as minutes do that a test has no time for. */
  skip(ms: number): void;
  /** Takes all microphones away, and puts them back. */
  plugged: boolean;
  resume?: AudioContext['resume'];
}

function prepareDesk(): void {
  let skippedMs = 0;
  const now = performance.now.bind(performance);
  performance.now = () => now() + skippedMs;
  const desk: Desk = {
    plugged: true,
    skip: (ms) => {
      skippedMs += ms;
    },
  };
  Object.assign(window, { desk });
  const { mediaDevices } = navigator;
  const enumerate = mediaDevices.enumerateDevices.bind(mediaDevices);
  mediaDevices.enumerateDevices = async () => (desk.plugged ? enumerate() : []);
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints) => {
    if (!desk.plugged) throw new DOMException('not there', 'NotFoundError');
    return open(constraints);
  };
}

/** The wall as it is read from across the room. */
class WallScreen {
  constructor(readonly page: Page) {}

  get screen() {
    return this.page.getByRole('dialog', { name: 'Wall display' });
  }

  get deaf() {
    return this.screen.getByText('NOT LISTENING');
  }

  async open(): Promise<void> {
    await this.page.keyboard.press('w');
    await expect(this.screen).toBeVisible();
  }

  /** Its rows: a name, and beside it the probability or how long ago it was. */
  rows(): Promise<string[]> {
    return this.screen.getByRole('listitem').evaluateAll((rows) =>
      rows.map((row) =>
        [...row.children]
          .map(({ textContent }) => textContent)
          .join(' ')
          .trim(),
      ),
    );
  }
}

test('someone who is deaf leaves it on a desk, and it never pretends to hear', async ({ baseURL }) => {
  browser = await openBrowser({ sound: await room() });
  // A telephone on its side.
  const context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 844, height: 390 } });
  await context.addInitScript(keepHandles);
  await context.addInitScript(prepareDesk);
  const listen = await ListenPage.open(context, `${baseURL}/?backend=wasm`);
  const { page } = listen;
  const wall = new WallScreen(page);
  const desk = await page.evaluateHandle(() => (window as unknown as { desk: Desk }).desk);
  await listen.start();

  await test.step('the first meter is in sight, and the tab tells what is heard', async () => {
    await patient.poll(() => listen.strongest(1), { intervals: [100] }).toEqual(['Crow']);
    const crow = page.getByRole('meter', { name: 'Crow', exact: true });
    // It goes to the top within a moment.
    const lowerEdge = () => crow.boundingBox().then((box) => box && box.y + box.height);
    await patient.poll(lowerEdge, { intervals: [100] }).toBeLessThanOrEqual(390);
    await patient(page).toHaveTitle('● Crow – Earmark');
  });

  await test.step('the wall shows the sound while it lasts, and then since when it is quiet', async () => {
    await wall.open();
    await patient.poll(() => wall.rows(), { intervals: [100] }).toContainEqual(expect.stringMatching(/^Crow \d+%/));
    const quietAfterCrow = async () => (await wall.rows()).slice(0, 2);
    await patient.poll(quietAfterCrow, { intervals: [100] }).toEqual(['Quiet', 'Crow just now']);
    await expect(wall.deaf).toBeHidden();
  });

  await test.step('what was heard stays for minutes', async () => {
    // The crow calls again and again: minutes go by after a call, not before one.
    const rowsMinutesAfterCall = async () => {
      const rows = await wall.rows();
      if (rows[0] === 'Quiet' && rows[1] === 'Crow just now') await desk.evaluate((page) => page.skip(130_000));
      return rows;
    };
    await patient
      .poll(rowsMinutesAfterCall, { intervals: [500] })
      .toContainEqual(expect.stringMatching(/^Crow [2-9] min ago$/));
  });

  await test.step('the microphone goes: it says so at once, and listens again by itself', async () => {
    await desk.evaluate((own) => {
      own.plugged = false;
    });
    await unplug(page);
    await patient(wall.deaf).toBeVisible();
    await expect(wall.screen.getByText('The microphone was disconnected.')).toBeVisible();
    await patient(page).toHaveTitle('NOT LISTENING – Earmark');
    await desk.evaluate((own) => {
      own.plugged = true;
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    });
    await patient(wall.deaf).toBeHidden();
    await patient.poll(() => wall.rows()).toContainEqual(expect.stringMatching(/^Crow /));
  });

  await test.step('the worker dies: it says so until another one listens', async () => {
    let letModelThrough = (): void => {};
    const held = new Promise<void>((resolve) => {
      letModelThrough = resolve;
    });
    await context.route('**/weights.bin', async (route) => {
      await held;
      await route.continue();
    });
    await crash(await taggerOf(page));
    await patient(wall.deaf).toBeVisible();
    await expect(wall.screen.getByText('The model is loading.')).toBeVisible();
    letModelThrough();
    await patient(wall.deaf).toBeHidden();
  });

  await test.step('the browser pauses the sound: it says what to press, and how to get there', async () => {
    await desk.evaluate((own) => {
      own.resume = AudioContext.prototype.resume;
      AudioContext.prototype.resume = () => new Promise(() => {});
    });
    await holdSound(page, 'suspend');
    await patient(wall.deaf).toBeVisible();
    await expect(wall.screen.getByText('Press “Resume” to continue.')).toBeVisible();
    await expect(wall.screen.getByText('Esc or a tap leads back to Earmark.')).toBeVisible();
    await desk.evaluate((own) => {
      AudioContext.prototype.resume = own.resume as AudioContext['resume'];
    });
    await page.keyboard.press('Escape');
    await expect(wall.screen).toHaveCount(0);
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect(listen.alert).toHaveCount(0);
    await wall.open();
    await patient(wall.deaf).toBeHidden();
  });

  await test.step('in forced colours its bars and its warning can be seen', async () => {
    await page.emulateMedia({ forcedColors: 'active' });
    const colours = (selector: string) =>
      wall.screen.evaluate((host, part) => {
        const root = host.shadowRoot as ShadowRoot;
        const ground = getComputedStyle(host).backgroundColor;
        return [ground, getComputedStyle(root.querySelector(part) as Element).backgroundColor];
      }, selector);
    const [ground, bar] = await colours('i');
    expect(bar).not.toBe(ground);
    const [, warning] = await colours('div');
    expect(warning).not.toBe(ground);
    await page.emulateMedia({ forcedColors: null });
  });

  await test.step('stopped by someone else, it does not look like a quiet room', async () => {
    await page.keyboard.press('Escape');
    await listen.stopButton.click();
    await wall.open();
    await expect(wall.deaf).toBeVisible();
    await expect(wall.screen.getByText('Listening was stopped.')).toBeVisible();
  });
});
