import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** What a script and the scripts that it imports at once need of packages. */
function packagesOf(path: string): string[] {
  const imports = [...readFileSync(path, 'utf8').matchAll(/^(?:import|export)\b[^;]*? from '([^']+)'/gm)];
  return imports.flatMap(([, name = '']) => {
    if (name.startsWith('.')) return packagesOf(join(dirname(path), name));
    return name.startsWith('node:') ? [] : [name];
  });
}

/** Documents name them to people who have only cloned the repository. */
it.each(['start', 'test', 'pack'])('npm %s needs no package before it installs them', (name) => {
  const [, path = ''] = /^node (scripts\/[\w-]+\.mjs)$/.exec(scripts[name] ?? '') ?? [];
  expect(path).not.toBe('');
  expect(readFileSync(join(root, path), 'utf8')).toContain('installPackages()');
  expect(packagesOf(join(root, path))).toEqual([]);
});
