import { type FileHandle, open } from 'node:fs/promises';
import type { ByteSource } from './bytes';
import { openByFfmpeg } from './ffmpeg/node';
import { openSound } from './open-sound';
import { SoundError } from './sound-error';
import type { SoundFile } from './sound-file';

/** Faults that another decoder may not have. */
const retried: ReadonlySet<string> = new Set(['unknown-codec', 'undecodable']);

/** A file on disk that stays open until it is closed. */
export interface OpenSoundFile {
  readonly sound: SoundFile;
  close(): Promise<void>;
}

/**
 * Opens a sound file on disk. What Earmark's own readers cannot decode goes to the system's ffmpeg, if there is one.
 *
 * @throws SoundError; `out-of-reach` if the file cannot be read at all.
 */
export async function openSoundFile(path: string | Buffer): Promise<OpenSoundFile> {
  const handle = await open(path).catch((cause: unknown) => {
    throw outOfReach(cause);
  });
  try {
    const sound = await openSound(await fileBytes(handle));
    return { sound, close: () => handle.close() };
  } catch (error) {
    await handle.close();
    if (!(error instanceof SoundError) || !retried.has(error.fault)) throw error;
    // Node starts programs with arguments of text alone, which cannot name a file whose name is no UTF-8.
    const name = path.toString();
    const sound = Buffer.from(name).equals(Buffer.from(path)) ? await openByFfmpeg(name) : undefined;
    if (!sound) throw error;
    return { sound, close: async () => undefined };
  }
}

/** The bytes of an open file. @throws SoundError if it is no regular file. */
async function fileBytes(handle: FileHandle): Promise<ByteSource> {
  const facts = await handle.stat().catch((cause: unknown) => {
    throw outOfReach(cause);
  });
  if (!facts.isFile()) throw new SoundError('out-of-reach', facts.isDirectory() ? 'a folder' : 'not a regular file');
  return {
    size: facts.size,
    read: async (start, end, room) => {
      const wanted = Math.max(0, Math.min(end, facts.size) - start);
      const bytes = room && room.length >= wanted ? room.subarray(0, wanted) : new Uint8Array(wanted);
      let filled = 0;
      while (filled < wanted) {
        const { bytesRead } = await handle.read(bytes, filled, wanted - filled, start + filled).catch((cause) => {
          throw outOfReach(cause);
        });
        // As if the sound ended here, it would pass for heard to its end.
        if (bytesRead === 0) throw new SoundError('out-of-reach', 'it became shorter while it was read');
        filled += bytesRead;
      }
      return bytes;
    },
  };
}

/** The system's reason is short: `ENOENT`, `EACCES`. */
function outOfReach(cause: unknown): SoundError {
  return new SoundError('out-of-reach', (cause as NodeJS.ErrnoException).code ?? '', { cause });
}
