/** Installs what the commands need and the machine lacks. */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromiumArguments, chromiumPath } from './chromium.mjs';

/** The repository's root folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Something that the person has to put right; its message says what, and no stack trace is needed. */
export class SetupError extends Error {}

/** Prints what went wrong, a {@link SetupError} as its sentence alone, and makes the process end with status 1. */
export function fail(error) {
  console.error(error instanceof SetupError ? `\n${error.message}` : error);
  process.exitCode = 1;
}

/** Runs a command in the repository and shows its output. @returns its exit status; null when it could not run. */
export function run(command, args, env = process.env) {
  // Windows finds npm and npx only through a shell.
  const shell = process.platform === 'win32';
  return spawnSync(command, args, { cwd: root, env, shell, stdio: ['ignore', 'inherit', 'inherit'] }).status;
}

/** Installs the npm packages unless they are there and as new as package-lock.json. @throws SetupError */
export function installPackages() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const isNewEnough = major >= 24 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);
  if (!isNewEnough) {
    throw new SetupError(
      `Earmark needs Node 20.19, 22.12, 24 or later; this is Node ${process.versions.node}. Install one from https://nodejs.org and run the command again.`,
    );
  }
  installPackagesOf('.');
}

/** Installs what the bench's peers need, 190 MB that nothing else does, unless it is there. @throws SetupError */
export function installBenchPackages() {
  installPackagesOf('bench');
}

/** Whether {@link installBenchPackages} has nothing to do. */
export const hasBenchPackages = () => hasPackagesOf('bench');

/** Installs the packages of a folder's package.json. @throws SetupError */
function installPackagesOf(folder) {
  if (hasPackagesOf(folder)) return;
  // The output belongs to the command's results.
  console.error(`Installing the npm packages${folder === '.' ? '' : ` of ${folder}`} …`);
  // Also under NODE_ENV=production: the tools that build and test are development packages.
  if (run('npm', ['ci', '--prefix', folder, '--include=dev', '--no-audit', '--no-fund']) !== 0) {
    throw new SetupError('npm could not install the packages: see its messages above.');
  }
}

/** Whether a folder's packages are there and as new as its lock. */
function hasPackagesOf(folder) {
  return modifiedMs(`${folder}/node_modules/.package-lock.json`) >= modifiedMs(`${folder}/package-lock.json`);
}

/** When a file of the repository last changed, in milliseconds; 0 where there is none. */
function modifiedMs(path) {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/**
 * Makes sure that there is a Chromium that starts: one of the system, else Playwright's download, else one from the
 * system's package manager.
 *
 * @returns its path.
 * @throws SetupError when there is none and none can be installed.
 */
export async function installBrowser() {
  const { chromium } = await import('playwright');
  const ownPath = () => chromium.executablePath();
  const named = process.env.EARMARK_CHROMIUM;
  const mayInstall = mayInstallSystemPackages();
  /** How to get a browser, and where it is then. */
  const ways = [
    { install: () => true, find: chromiumPath },
    { install: () => true, find: ownPath },
    { install: () => mayInstall && playwrightInstall('--with-deps'), find: ownPath },
    { install: () => playwrightInstall(), find: ownPath },
    { install: () => mayInstall && installSystemChromium(), find: chromiumPath },
  ];
  const failures = new Map();
  for (const { install, find } of named ? ways.slice(0, 1) : ways) {
    const path = install() ? find() : undefined;
    if (path === undefined || (path !== named && !existsSync(path))) continue;
    const failure = await launchFailure(path);
    if (failure === undefined) return path;
    failures.set(path, failure);
  }
  throw new SetupError(
    [
      'The tests need a Chromium, and none starts here.',
      ...[...failures].map(([path, failure]) => `  ${path}: ${failure}`),
      'Install Chromium or Chrome, or set EARMARK_CHROMIUM to the full path of one, and run the command again.',
    ].join('\n'),
  );
}

/** Downloads Playwright's Chromium. @returns whether that worked. */
function playwrightInstall(...options) {
  console.log('Installing a Chromium with Playwright …');
  return run('npx', ['playwright', 'install', ...options, 'chromium']) === 0;
}

/** Starts the browser and ends it. @returns the first line of why it does not start; undefined when it does. */
async function launchFailure(executablePath) {
  const { chromium } = await import('playwright');
  try {
    const browser = await chromium.launch({ executablePath, args: chromiumArguments });
    await browser.close();
    return undefined;
  } catch (error) {
    return String(error.message).split('\n')[0];
  }
}

/** Whether system packages can be installed without asking the person for a password. */
function mayInstallSystemPackages() {
  if (process.platform !== 'linux' || process.getuid() === 0) return true;
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
}

/** Installs Chromium with the first package manager that the system has. @returns whether that worked. */
function installSystemChromium() {
  console.log("Installing Chromium with the system's package manager …");
  const managers = [
    ['apt-get update', 'apt-get install -y chromium'],
    ['dnf install -y chromium'],
    ['pacman -S --noconfirm chromium'],
    ['apk add chromium'],
    ['brew install --cask chromium'],
  ];
  const isThere = (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;
  const commands = managers.find(([command]) => isThere(command.split(' ')[0])) ?? [];
  const needsSudo = process.platform === 'linux' && process.getuid() !== 0;
  const statuses = commands.map((command) => {
    const words = [...(needsSudo ? ['sudo', '-n'] : []), ...command.split(' ')];
    return run(words[0], words.slice(1));
  });
  return statuses.at(-1) === 0;
}
