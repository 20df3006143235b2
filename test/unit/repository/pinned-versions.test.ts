import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const exactVersion = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/** The package.json of the repository and of its folders. */
const packageFiles = ['.', ...readdirSync('.')]
  .filter((folder) => folder !== 'node_modules')
  .map((folder) => `${folder}/package.json`)
  .filter((path) => existsSync(path));

describe('pinned versions', () => {
  it.each(packageFiles)('%s names each package at one exact version', (path) => {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(path, 'utf8'));
    const versions = Object.entries<string>({ ...dependencies, ...devDependencies });
    expect(versions.length).toBeGreaterThan(0);
    expect(versions.filter(([, version]) => !exactVersion.test(version))).toEqual([]);
  });
});
