/** Environments of Python with packages of PyPI, each in a folder of `.cache`. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';

const oldestMinor = 11;

/** Why an environment cannot be had here. */
export class Unavailable extends Error {}

/**
 * Makes an environment with the packages of a file of requirements, unless it is there and up to date.
 *
 * @param name of its folder in `.cache`; @param purpose what its packages are for, for the person who waits.
 * @returns its Python. @throws Unavailable
 */
export function pythonEnvironment(name, requirements, purpose) {
  const environment = join(root, '.cache', name);
  const python = join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const installed = join(environment, 'requirements.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(python) && existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return python;
  console.log(`Installing what ${purpose} …`);
  rmSync(environment, { recursive: true, force: true });
  setUp(systemPython(), ['-m', 'venv', environment], 'no environment for Python could be made');
  const options = ['--quiet', '--disable-pip-version-check', '--retries', '1', '--timeout', '10'];
  setUp(
    python,
    ['-m', 'pip', 'install', ...options, '-r', requirements],
    'its packages could not be fetched from PyPI',
  );
  writeFileSync(installed, wanted);
  return python;
}

/** A recent enough Python of the system. @throws Unavailable */
function systemPython() {
  const isNewEnough = `import sys; sys.exit(sys.version_info < (3, ${oldestMinor}))`;
  const found = ['python3', 'python', 'py'].find((name) => spawnSync(name, ['-c', isNewEnough]).status === 0);
  if (found === undefined) throw new Unavailable(`Python 3.${oldestMinor} or later is not installed`);
  return found;
}

/** Runs a step of the installation. @throws Unavailable with its last output. */
function setUp(command, args, failure) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (status === 0) return;
  const said = error?.message ?? `${stdout}\n${stderr}`.trim().split('\n').at(-1);
  throw new Unavailable(`${failure} (${said})`);
}
