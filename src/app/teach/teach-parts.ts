import {
  type LastLabels,
  lastLabelsSchema,
  type UnsavedEdit,
  unsavedEditSchema,
} from '../../shared/contracts/remembered';
import type { Settings } from '../../shared/contracts/settings';
import type { Backup } from '../../store/backup/backup';
import type { ClipLibrary } from '../../store/clips/clip-library';
import type { EmbeddingCache } from '../../store/clips/embedding-cache';
import type { Database } from '../../store/database';
import type { HeadLibrary } from '../../store/head-library';
import { type Remembered, remembered } from '../../store/remembered';
import type { SetAside } from '../../store/set-aside';
import { storageRoom } from '../../store/storage-room';
import type { StoreWriter } from '../../store/store-writer';
import { whenCalled } from '../../store/when-called';
import { chooseZip, saveFile } from '../files/save-file';
import { type PlaySound, playSound } from './playback';

/** The parts of teaching; tests pass their own. */
export interface TeachParts {
  /** Reports changes by this tab and others. */
  readonly database: EventTarget;
  /** Tells whether this tab may change what is stored. */
  readonly writer: Pick<StoreWriter, 'mayWrite' | 'require' | 'addEventListener'>;
  readonly library: ClipLibrary;
  readonly heads: HeadLibrary;
  readonly embeddings: EmbeddingCache;
  readonly setAside: Pick<SetAside, 'list' | 'export' | 'remove'>;
  readonly backup: Pick<Backup, 'stream' | 'pack' | 'restore'>;
  readonly storageRoom: typeof storageRoom;
  readonly play: PlaySound;
  readonly saveFile: typeof saveFile;
  readonly chooseZip: typeof chooseZip;
  /** What was typed in the editor and not saved, for this tab. */
  readonly unsavedEdit: Remembered<UnsavedEdit>;
  readonly lastLabels: Remembered<LastLabels>;
  readonly loadLabelIds: LoadLabelIds;
}

/** Fetches what knows the ids of the shipped labels by their names in every language. */
export type LoadLabelIds = () => Promise<{ labelIdOf(text: string): string }>;

/** The real parts. */
export function teachParts(database: Database, writer: StoreWriter, loadLabelIds: LoadLabelIds): TeachParts {
  const library = whenCalled(async () => new (await import('../../store/clips/clip-library')).ClipLibrary(database));
  const heads = whenCalled(async () => new (await import('../../store/head-library')).HeadLibrary(database));
  return {
    database,
    writer,
    library,
    heads,
    embeddings: whenCalled(
      async () => new (await import('../../store/clips/embedding-cache')).EmbeddingCache(database),
    ),
    setAside: whenCalled(async () => new (await import('../../store/set-aside')).SetAside(database)),
    backup: whenCalled(async () =>
      (await import('../../store/backup/open-backup')).openBackup(database, library, heads, writer),
    ),
    storageRoom,
    play: playSound,
    saveFile,
    chooseZip,
    unsavedEdit: remembered(() => sessionStorage, 'earmark.unsaved-edit', unsavedEditSchema),
    lastLabels: remembered(() => localStorage, 'earmark.last-labels', lastLabelsSchema),
    loadLabelIds,
  };
}

/** What teaching needs from the app. */
export interface TeachHost {
  readonly settings: Settings;
  changeSettings(change: Partial<Settings>): Promise<void>;
  /** The available models. @throws EarmarkError if the list cannot be read. */
  modelNames(): Promise<readonly string[]>;
}
