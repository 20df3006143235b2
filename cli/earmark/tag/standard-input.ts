import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** What stands for standard input among the arguments. */
export const STANDARD_INPUT = '-';
/** What it is called in results. */
export const STANDARD_INPUT_NAME = 'stdin';

/**
 * Puts standard input into a file for as long as it is used: formats have their index at the end, or their length at
 * the beginning.
 */
export async function withStandardInput<T>(use: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'earmark-'));
  const path = join(folder, 'stdin');
  try {
    await pipeline(process.stdin, createWriteStream(path));
    return await use(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
