import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const script = pathToFileURL(join(import.meta.dirname, '../../../scripts/install.mjs')).href;
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'servers-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function writeProgram(name: string, lines: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${lines}\n`);
  chmodSync(join(folder, name), 0o755);
}

/** Installs servers where only the programs of the folder are. @returns what is said. */
function install(): string {
  // A package manager may only be asked for a password if nobody has to type it.
  writeProgram('sudo', 'shift; exec "$@"');
  const { stdout } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', `import { installServers } from '${script}'; installServers();`],
    { env: { PATH: folder }, encoding: 'utf8' },
  );
  return stdout;
}

it('servers that are missing are installed with apt-get, and the others left alone', () => {
  writeProgram('mosquitto', '');
  writeProgram(
    'apt-get',
    `echo "$@" >> ${folder}/asked; echo '#!/bin/sh' > ${folder}/redis-server; /bin/chmod +x ${folder}/redis-server`,
  );
  expect(install()).not.toContain('SKIPPED');
  expect(readFileSync(join(folder, 'asked'), 'utf8')).toMatch(
    /^(--version\n)+update\ninstall -y --no-install-recommends redis-server\n$/,
  );
  rmSync(join(folder, 'asked'));
  expect(install()).toBe('');
  expect(existsSync(join(folder, 'asked'))).toBe(false);
});

it('where nothing can be installed, it is said what is skipped', () => {
  expect(install()).toContain(
    'WITHOUT redis-server: its tests are SKIPPED. Install it, for example with `apt-get install',
  );
  writeProgram('apt-get', 'exit 100');
  const said = install();
  expect(said).toContain('Installing redis-server and mosquitto');
  expect(said).toContain('WITHOUT mosquitto: its tests are SKIPPED');
});

it('where there is no Python, it is said that nothing is read from S3', () => {
  const environment = pathToFileURL(join(import.meta.dirname, '../../../scripts/python-environment.mjs')).href;
  const { stdout } = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { pythonEnvironment } from '${environment}';
       try { pythonEnvironment('never-made', 'test/support/s3/requirements.txt', 'is tested'); }
       catch (error) { console.log(error.constructor.name, error.message); }`,
    ],
    { env: { PATH: folder }, encoding: 'utf8' },
  );
  expect(stdout).toContain('Unavailable Python 3.11 or later is not installed');
});
