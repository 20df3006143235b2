import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, expect, type Page } from '@playwright/test';
import { chromiumLaunchOptions } from '../../../scripts/chromium.mjs';
import { ListenPage } from './listener';
import { writeMicrophoneFile } from './sounds';

/** A person's browser: what it stores outlives its windows, and its microphone hears another sound in each of them. */
export class Profile {
  private readonly folder: Promise<string> = mkdtemp(join(tmpdir(), 'earmark-'));
  private context: BrowserContext | undefined;

  /** Opens the page in a new window, in a room with this sound, on WASM. */
  async open(sound: Float32Array, address: string, viewport = { width: 1280, height: 800 }): Promise<TeachPage> {
    await this.close();
    const folder = await this.folder;
    const microphone = join(folder, 'microphone.wav');
    await writeMicrophoneFile(microphone, sound);
    const options = chromiumLaunchOptions();
    this.context = await chromium.launchPersistentContext(join(folder, 'profile'), {
      ...options,
      viewport,
      acceptDownloads: true,
      args: [
        ...options.args,
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-audio-capture=${microphone}`,
        '--use-fake-ui-for-media-stream',
      ],
    });
    const listen = await ListenPage.open(this.context, `${address}/?backend=wasm`);
    return new TeachPage(listen.page, listen);
  }

  /** Closes the window. */
  async close(): Promise<void> {
    await this.context?.close();
    this.context = undefined;
  }

  /** Closes the window and deletes what was stored. */
  async remove(): Promise<void> {
    await this.close();
    rmSync(await this.folder, { recursive: true });
  }
}

/** The Teach view by what a person sees of it. */
export class TeachPage {
  constructor(
    readonly page: Page,
    readonly listen: ListenPage,
  ) {}

  async show(view: 'Listen' | 'Teach'): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view }).click();
  }

  button(name: string) {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Keeps what was just heard and says what it is. */
  async keep(label: string): Promise<void> {
    await this.page
      .locator('earmark-teach')
      .getByRole('button', { name: /^Keep last/ })
      .click();
    await this.label(label);
  }

  /** Says what the snippet in the editor is, and saves it. */
  async label(label: string): Promise<void> {
    const picker = this.page.getByRole('combobox', { name: 'What can be heard' });
    await picker.fill(label);
    await picker.press('Enter');
    await this.button('Save').click();
    await expect(picker).toBeHidden();
  }

  /** The newest probability of a label. */
  async probability(label: string): Promise<number> {
    return (await this.listen.meters()).get(label) ?? Number.NaN;
  }
}
