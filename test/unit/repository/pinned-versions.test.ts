import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const exactVersion = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/** The package.json of the repository and of its folders. */
const packageFiles = ['.', ...readdirSync('.')]
  // What is installed or built.
  .filter((folder) => !/^(node_modules|dist.*)$/.test(folder))
  .map((folder) => `${folder}/package.json`)
  .filter((path) => existsSync(path));

/** Every action that a workflow uses, as it is written there. */
const actions = readdirSync('.github/workflows').flatMap((name) =>
  [...readFileSync(`.github/workflows/${name}`, 'utf8').matchAll(/^[ -]*uses:(.*)$/gm)].map(([, action]) =>
    action?.trim(),
  ),
);

const requirementFiles = ['training', 'test/support/s3'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => /^requirements.*\.txt$/.test(name))
    .map((name) => `${folder}/${name}`),
);

describe('packages', () => {
  it('run no script of theirs when they are installed', () => {
    const { shell, npm } =
      process.platform === 'win32' ? { shell: true, npm: 'npm.cmd' } : { shell: false, npm: 'npm' };
    // As a person has it who has set nothing.
    const env = { PATH: process.env.PATH, HOME: '/nowhere' };
    expect(execFileSync(npm, ['config', 'get', 'ignore-scripts'], { encoding: 'utf8', env, shell }).trim()).toBe(
      'true',
    );
  });
});

describe('pinned versions', () => {
  it.each(packageFiles)('%s names each package at one exact version', (path) => {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(path, 'utf8'));
    const versions = Object.entries<string>({ ...dependencies, ...devDependencies });
    expect(versions.length).toBeGreaterThan(0);
    expect(versions.filter(([, version]) => !exactVersion.test(version))).toEqual([]);
  });

  it.each(requirementFiles)('%s names each package at one exact version', (path) => {
    const lines = readFileSync(path, 'utf8').trim().split('\n');
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.filter((line) => !/^[\w-]+==\d+(\.\d+)+$/.test(line))).toEqual([]);
  });

  it('pins each workflow action to a commit, with the version next to it', () => {
    expect(actions.length).toBeGreaterThan(5);
    expect(actions.filter((action) => !/^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action ?? ''))).toEqual(
      [],
    );
  });
});
