import type { RowFault } from '../../damage';

/** An unusable row of the diary, which is shown nowhere. */
export interface DamagedEntry {
  readonly store: 'events' | 'levels' | 'eventClips';
  readonly key: IDBValidKey;
  /** What a person may recognise it by: its label's name, its time or its key. */
  readonly name: string;
  /** Which part of it is wrong. */
  readonly where: string;
  /** `sound-missing`: the clip's samples are missing. `not-sound`: something else is in their place. */
  readonly why: RowFault['why'] | 'sound-missing' | 'not-sound';
}

/** An unusable row with what is in it. */
export type DamagedRow = DamagedEntry & { readonly row: unknown };
