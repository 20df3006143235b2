import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file beside its place and moves it there when it is complete: whoever sees it sees all of it. If it cannot
 * be written, nothing of it stays.
 *
 * @param temporary where it is written first: on the same disk.
 */
export async function writeBeside(
  target: string | Buffer,
  temporary: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  await mkdir(dirname(temporary), { recursive: true });
  try {
    const file = await open(temporary, 'w');
    try {
      for await (const piece of pieces) await file.writeFile(piece);
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
