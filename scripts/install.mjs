/** Installs what the commands need and the machine lacks. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromiumArguments, chromiumPath } from './chromium.mjs';

/** The repository's root folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Something that the person has to fix. Its message says what; no stack trace is needed. */
export class SetupError extends Error {}

/** Prints what went wrong, only the sentence for a {@link SetupError}, and makes the process exit with status 1. */
export function fail(error) {
  console.error(error instanceof SetupError ? `\n${error.message}` : error);
  process.exitCode = 1;
}

/** Runs a command in the repository and shows its output. @returns its exit status; null if it could not run. */
export function run(command, args, env = process.env) {
  // Windows finds npm and npx only through a shell.
  const shell = process.platform === 'win32';
  return spawnSync(command, args, { cwd: root, env, shell, stdio: ['ignore', 'inherit', 'inherit'] }).status;
}

/**
 * Starts a program in the repository's root, which runs beside this one.
 *
 * @param take gets its output, piece by piece. @returns its exit status, later.
 */
export async function start(command, args, take, env = process.env) {
  const shell = process.platform === 'win32';
  const child = spawn(command, args, { cwd: root, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', take);
  const [status] = await once(child, 'close');
  return status;
}

/** Installs the npm packages unless they are as new as package-lock.json. @throws SetupError */
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

/** Installs the bench peers' packages, 190 MB that nothing else needs, unless they are there. @throws SetupError */
export function installBenchPackages() {
  installPackagesOf('bench');
}

/** Whether {@link installBenchPackages} has nothing to do. */
export const hasBenchPackages = () => hasPackagesOf('bench');

/** Installs BullMQ and AWS's SDK, 37 MB that only `earmark archive` needs, unless they are there. @throws SetupError */
export function installCliPackages() {
  installPackagesOf('cli');
}

/** Installs the packages of a folder's package.json. @throws SetupError */
function installPackagesOf(folder) {
  if (hasPackagesOf(folder)) return;
  // Standard output belongs to the command's results.
  console.error(`Installing the npm packages${folder === '.' ? '' : ` of ${folder}`} …`);
  // Also under NODE_ENV=production: the tools for building and testing are development packages.
  if (run('npm', ['ci', '--prefix', folder, '--include=dev', '--no-audit', '--no-fund']) !== 0) {
    throw new SetupError('npm could not install the packages: see its messages above.');
  }
}

/** Whether a folder's packages are installed and as new as its lock file. */
function hasPackagesOf(folder) {
  return modifiedMs(`${folder}/node_modules/.package-lock.json`) >= modifiedMs(`${folder}/package-lock.json`);
}

/** When a file of the repository was last modified, in milliseconds; 0 if it is missing. */
function modifiedMs(path) {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/**
 * Ensures that a working Chromium is available: one of the system, else Playwright's download, else one from the
 * system's package manager.
 *
 * @returns its path.
 * @throws SetupError if there is none and none can be installed.
 */
export async function installBrowser() {
  const { chromium } = await import('playwright');
  const ownPath = () => chromium.executablePath();
  const named = process.env.EARMARK_CHROMIUM;
  const mayInstall = mayInstallSystemPackages();
  /** Ways to get a browser, and where it is then. */
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

/**
 * Starts the browser and closes it. @returns the first line of the error if it does not start; undefined if it does.
 */
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

/** Whether system packages can be installed without asking for a password. */
function mayInstallSystemPackages() {
  if (process.platform !== 'linux' || process.getuid() === 0) return true;
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
}

/** Installs Chromium with the first package manager found. @returns whether that worked. */
function installSystemChromium() {
  console.log("Installing Chromium with the system's package manager …");
  return runPackageManager([
    ['apt-get update', 'apt-get install -y chromium'],
    ['dnf install -y chromium'],
    ['pacman -S --noconfirm chromium'],
    ['apk add chromium'],
    ['brew install --cask chromium'],
  ]);
}

/**
 * Installs the servers that tests of archives and of MQTT start, where the system has a package manager that may be used.
 * Without them those tests are skipped, which is said here and among the results.
 */
export function installServers() {
  const missing = ['redis-server', 'mosquitto'].filter((name) => !isProgram(name));
  if (missing.length === 0) return;
  const managers = [['apt-get update', `apt-get install -y --no-install-recommends ${missing.join(' ')}`]];
  if (mayInstallSystemPackages()) {
    console.log(`Installing ${missing.join(' and ')} with the system's package manager …`);
    runPackageManager(managers);
  }
  for (const name of missing.filter((name) => !isProgram(name))) {
    console.log(
      `\nWITHOUT ${name}: its tests are SKIPPED. Install it, for example with \`apt-get install ${name}\`.\n`,
    );
  }
}

/** Runs the commands of the first package manager that is there. @returns whether the last one worked. */
function runPackageManager(managers) {
  const commands = managers.find(([command]) => isProgram(command.split(' ')[0])) ?? [];
  const needsSudo = process.platform === 'linux' && process.getuid() !== 0;
  const statuses = commands.map((command) => {
    const words = [...(needsSudo ? ['sudo', '-n'] : []), ...command.split(' ')];
    return run(words[0], words.slice(1));
  });
  return statuses.at(-1) === 0;
}

function isProgram(name) {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;
}
