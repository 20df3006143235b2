import type { DBSchema, IDBPDatabase } from 'idb';
import type { ClipInfo, TaughtLabel } from '../shared/contracts/clip';
import type { Head } from '../shared/contracts/head';

/** Samples that no clip in the list owns: of a removed clip that may come back, or of an import that goes on. */
export interface UnlistedSamples {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly sinceMs: number;
}

/** What the database holds in its newest version. */
export interface Schema extends DBSchema {
  clips: { key: string; value: ClipInfo; indexes: { hash: string } };
  /** 16-bit WAV files by clip id, apart from the clips, so that a list of thousands is read at once. */
  samples: { key: string; value: ArrayBuffer };
  labels: { key: string; value: TaughtLabel };
  heads: { key: string; value: Head };
  /** By clip id and backbone: [windows, embedding size], row by row. */
  embeddings: { key: [string, string]; value: Float32Array };
  unlisted: { key: string; value: UnlistedSamples };
}

/** What each version added, oldest first. A step that has shipped is never changed: databases out there went through it. */
const steps: readonly ((database: IDBPDatabase<Schema>) => void)[] = [
  (database) => {
    database.createObjectStore('clips', { keyPath: 'id' }).createIndex('hash', 'hash', { unique: true });
    database.createObjectStore('samples');
    database.createObjectStore('labels', { keyPath: 'id' });
  },
  (database) => {
    database.createObjectStore('heads', { keyPath: 'id' });
    database.createObjectStore('embeddings');
    database.createObjectStore('unlisted', { keyPath: 'id' });
  },
];

/** Version of the schema that this program reads and writes. */
export const SCHEMA_VERSION = steps.length;

/** Takes a database that is being upgraded from one version (0: it is new) to another. */
export function migrate(database: IDBPDatabase<Schema>, fromVersion: number, toVersion = SCHEMA_VERSION): void {
  for (const step of steps.slice(fromVersion, toVersion)) step(database);
}
