import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type BrowserContext, chromium } from '@playwright/test';
import { chromiumArguments, chromiumPath } from '../../../scripts/chromium.mjs';
import { writeMicrophoneFile } from './sounds';

/** A busy machine takes long to start a browser. */
const PATIENCE_MS = 120_000;

/** A Chromium that can be killed, with a profile that outlives it and a microphone that plays a sound. */
export class OwnChromium {
  private readonly folder: Promise<string> = mkdtemp(join(tmpdir(), 'earmark-'));
  private process: ChildProcess | undefined;

  async open(sound: Float32Array): Promise<BrowserContext> {
    const folder = await this.folder;
    const microphone = join(folder, 'microphone.wav');
    await writeMicrophoneFile(microphone, sound);
    const options = [
      ...chromiumArguments,
      '--headless=new',
      '--remote-debugging-port=0',
      `--user-data-dir=${join(folder, 'profile')}`,
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${microphone}`,
      '--use-fake-ui-for-media-stream',
      'about:blank',
    ];
    // In a group of its own, so that all of its processes end together.
    this.process = spawn(chromiumPath() ?? chromium.executablePath(), options, {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const browser = await chromium.connectOverCDP(await addressOf(this.process), { timeout: PATIENCE_MS });
    const context = browser.contexts()[0] as BrowserContext;
    context.setDefaultTimeout(PATIENCE_MS);
    return context;
  }

  /** Ends it as a crash or an empty battery does. */
  async kill(): Promise<void> {
    const { process: running } = this;
    if (!running?.pid || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    process.kill(-running.pid, 'SIGKILL');
    await ended;
  }

  /** Kills it, and deletes what was stored. */
  async remove(): Promise<void> {
    await this.kill();
    rmSync(await this.folder, { recursive: true, maxRetries: 10, retryDelay: 200 });
  }
}

/** Chromium says on its error stream where it can be reached. */
async function addressOf({ stderr }: ChildProcess): Promise<string> {
  if (!stderr) throw new Error('Chromium has no error stream');
  for await (const line of createInterface({ input: stderr })) {
    const [, address] = /DevTools listening on (ws:\S+)/.exec(line) ?? [];
    if (address) return address;
  }
  throw new Error('Chromium ended before it could be reached');
}
