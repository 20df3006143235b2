import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Counts by name: bytes, multiply-adds and the like, which are the same on every machine. */
export type Counts = Readonly<Record<string, number>>;

/** How much a count may grow before the check fails, as a share. */
export const ALLOWED_GROWTH = 0.05;

/** Sentences about counts that exceed the budget or are missing from it. */
export function overBudget(counted: Counts, budget: Counts): string[] {
  return Object.entries(counted).flatMap(([name, count]) => {
    const allowed = budget[name];
    if (allowed === undefined) return [`${name} has no budget`];
    if (count <= allowed * (1 + ALLOWED_GROWTH)) return [];
    const growth = count / allowed - 1;
    return [
      `${name} is ${count.toLocaleString('en')}, ${(100 * growth).toFixed(1)} % above ${allowed.toLocaleString('en')}`,
    ];
  });
}

/** Compressed bytes of files in a folder, as a server sends them. */
export async function compressedBytes(folder: string, files: Iterable<string>): Promise<number> {
  const sizes = await Promise.all(
    [...files].map(async (file) => gzipSync(await readFile(join(folder, file)), { level: 9 }).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * A built script and everything it imports statically; dynamic imports are left out.
 *
 * @param file in the folder, with `/` between its parts.
 */
export async function withStaticImports(folder: string, file: string, seen = new Set<string>()): Promise<Set<string>> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const code = await readFile(join(folder, file), 'utf8');
  for (const [, address] of code.matchAll(/(?:^|[;}\s])(?:import|export)(?:[\w\s{},*$]*from)?\s*["'](\.[^"']+)["']/g)) {
    await withStaticImports(folder, posix.join(posix.dirname(file), address as string), seen);
  }
  return seen;
}
