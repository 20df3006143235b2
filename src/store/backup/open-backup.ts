import type { ClipLibrary } from '../clips/clip-library';
import type { Database } from '../database';
import type { HeadLibrary } from '../head-library';
import { RecordingsStore } from '../recordings/recordings-store';
import type { StoreWriter } from '../store-writer';
import { Backup } from './backup';

/** The backup of this browser. It is a file of its own, so that one import fetches both of its parts. */
export function openBackup(
  database: Database,
  library: ClipLibrary,
  heads: HeadLibrary,
  writer: Pick<StoreWriter, 'require'>,
): Backup {
  return new Backup(database, library, heads, new RecordingsStore(writer));
}
