import {
  type UnsavedNames,
  type UnsavedNotes,
  unsavedNamesSchema,
  unsavedNotesSchema,
} from '../../shared/contracts/remembered';
import type { Database } from '../../store/database';
import type { DiaryStore } from '../../store/diary/diary-store';
import { type Remembered, remembered } from '../../store/remembered';
import type { StoreWriter } from '../../store/store-writer';
import { whenCalled } from '../../store/when-called';

/** What the diary needs of its store. */
export type Store = Pick<
  DiaryStore,
  | 'begin'
  | 'open'
  | 'find'
  | 'counts'
  | 'rows'
  | 'details'
  | 'similar'
  | 'event'
  | 'levels'
  | 'sound'
  | 'clips'
  | 'write'
  | 'update'
  | 'remove'
  | 'keepSound'
  | 'makeRoom'
  | 'prune'
  | 'damaged'
  | 'exportDamaged'
  | 'removeDamaged'
>;

/** The parts of the diary; tests pass their own. */
export interface DiaryParts {
  /** @param onChange called when this window or another one has changed the diary. */
  openStore(onChange: () => void): Store;
  readonly writer: Pick<StoreWriter, 'mayWrite' | 'addEventListener'>;
  /** A page that is being closed has no time for the database, but for this. */
  readonly unsavedNotes: Remembered<UnsavedNotes>;
  readonly unsavedNames: Remembered<UnsavedNames>;
}

/** Fetches the store's code. */
export const fetchStore = () => import('../../store/diary/diary-store');

/** The real parts. */
export function diaryParts(database: Database, writer: StoreWriter): DiaryParts {
  return {
    openStore: (onChange) => whenCalled(async () => new (await fetchStore()).DiaryStore(database, onChange)),
    writer,
    unsavedNotes: remembered(() => localStorage, 'earmark.unsaved-notes', unsavedNotesSchema),
    unsavedNames: remembered(() => localStorage, 'earmark.unsaved-names', unsavedNamesSchema),
  };
}
