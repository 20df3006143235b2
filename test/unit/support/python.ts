import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const environment = join(import.meta.dirname, '../../../.cache/python');

/** The Python that `npm run python` made, or the one that EARMARK_PYTHON names. */
const python =
  process.env.EARMARK_PYTHON ??
  ['bin/python', 'Scripts/python.exe'].map((path) => join(environment, path)).find((path) => existsSync(path));

/** Why a script that needs these packages cannot run here; undefined if it can. */
export function whyNoPython(...packages: string[]): string | undefined {
  if (python === undefined) return 'there is no Python with training/requirements-dev.txt: run `npm run python`';
  const { status } = spawnSync(python, ['-c', packages.map((name) => `import ${name}`).join('\n')]);
  return status === 0 ? undefined : `${python} lacks one of ${packages.join(', ')}`;
}

/** Runs a script and returns what it printed. @throws Error with its error output. */
export function runPython(script: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(python as string, ['-c', script, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
