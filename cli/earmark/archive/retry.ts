import { join } from 'node:path';
import { alone } from './alone';
import { ArchiveFolder } from './archive-folder';
import { Manifest, prefixes } from './manifest';
import { BullQueue } from './redis/bull-queue';
import { removeUnreadable, statesOf } from './results';
import { queueAddress } from './settings';

export interface RetryCommand {
  readonly folder: string;
  /** The address of Redis, if it is not that of the plan. */
  readonly queue?: string | undefined;
}

/** Lets all unreadable files be tried again. @returns the exit status. */
export async function retry({ folder: path, queue: given }: RetryCommand): Promise<number> {
  const folder = new ArchiveFolder(path);
  const archive = await folder.read();
  return alone(join(folder.path, 'plan.lock'), 'plans', async () => {
    const manifest = await Manifest.open(folder, archive.manifest);
    let count = 0;
    for (const [bucket, prefix] of prefixes.entries()) {
      if (manifest.count(bucket) === 0) continue;
      for (const [key, state] of await statesOf(folder, prefix)) {
        if (state !== 'unreadable') continue;
        await removeUnreadable(folder, key);
        count += 1;
      }
    }
    const address = queueAddress(given, archive.queue);
    if (address !== undefined) {
      const queue = await BullQueue.open(folder, archive, address);
      await queue.fill(manifest).finally(() => queue.close());
    }
    const what = count === 1 ? '1 unreadable file' : `${count} unreadable files`;
    console.error(
      count === 0
        ? 'no file is unreadable: there is nothing to try again'
        : `${what} will be tried again: start \`earmark archive work ${folder.path}\``,
    );
    return 0;
  });
}
