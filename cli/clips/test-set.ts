import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { type ClipRow, readClipList } from './clip-list';

/** A folder of labelled clips. */
export interface TestSet {
  /** The folder's name. */
  readonly name: string;
  readonly rows: readonly ClipRow[];
  /** Folder that holds the files. */
  readonly root: string;
}

/**
 * Reads a folder with `clips.csv`. The files are in its `clips/` if there is one, else next to the list.
 *
 * @throws Error with a sentence naming the list if it cannot be used.
 */
export async function readTestSet(folder: string): Promise<TestSet> {
  const path = resolve(folder);
  const rows = await readClipList(join(path, 'clips.csv'));
  const clips = join(path, 'clips');
  const hasClips = await stat(clips).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return { name: basename(path), rows, root: hasClips ? clips : path };
}
