/** Where Chromium is, and how the tests start it. Shared by Vitest, Playwright and the end-to-end specs. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

const commandNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** Locations of browsers that are not on the PATH. */
const usualPaths = {
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) =>
    ['Google\\Chrome', 'Chromium'].map((product) => join(process.env[name] ?? '', product, 'Application\\chrome.exe')),
  ),
};

/** Keeps Chromium quiet: no prompts to wait for, and no network access. */
export const chromiumArguments = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Chromium refuses to run as root with its sandbox.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/**
 * The Chromium to test with: the one in EARMARK_CHROMIUM, else one of the system.
 *
 * @returns its path; undefined if there is none and Playwright's own download should be tried.
 */
export function chromiumPath() {
  if (process.env.EARMARK_CHROMIUM) return process.env.EARMARK_CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter).filter(isAbsolute);
  const onPath = commandNames.flatMap((name) => folders.map((folder) => join(folder, name)));
  const usual = process.platform === 'darwin' || process.platform === 'win32' ? usualPaths[process.platform] : [];
  return [...onPath, ...usual].find(isBrowser);
}

/** How Playwright starts this Chromium: `chromium.launch(chromiumLaunchOptions())`. */
export function chromiumLaunchOptions() {
  const executablePath = chromiumPath();
  // Playwright's download holds two browsers. `channel` selects the full Chromium instead of the reduced headless one.
  return { args: chromiumArguments, ...(executablePath ? { executablePath } : { channel: 'chromium' }) };
}

/** Whether there is a browser at `path`. Some systems have a stub there that only explains how to install one. */
function isBrowser(path) {
  if (!existsSync(path)) return false;
  // On Windows the browser does not answer --version: it opens a window.
  return process.platform === 'win32' || spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0;
}
