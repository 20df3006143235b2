import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { ClipInfo, TaughtLabel } from '../shared/contracts/clip';
import type { Head } from '../shared/contracts/model/head';
import { adviceOfSentence } from '../shared/lib/spoken-advice';
import { givenName } from './clips/given-name';
import type { StoredColumns } from './diary/blocks/event-columns';
import type { StoredDetails } from './diary/blocks/event-details';
import type { StoredEmbeddings } from './diary/blocks/event-embeddings';
import type { EventClip, EventRow } from './diary/event-row';

/** Samples that no clip in the list owns: of a removed clip that may come back, or of a running import. */
export interface UnlistedSamples {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly sinceMs: number;
}

/** What the database holds in its newest version. */
export interface Schema extends DBSchema {
  clips: { key: string; value: ClipInfo; indexes: { hash: string } };
  /** 16-bit WAV files by clip id, separate from the clips, so that a list of thousands is read at once. */
  samples: { key: string; value: ArrayBuffer };
  labels: { key: string; value: TaughtLabel };
  heads: { key: string; value: Head };
  /** By clip id and backbone: [windows, embedding size], row-major. */
  embeddings: { key: [string, string]; value: Float32Array };
  unlisted: { key: string; value: UnlistedSamples };
  /** The diary, in the order in which it was written. */
  events: { key: number; value: EventRow; indexes: { id: string; time: number; open: number } };
  /** Derived from the events: see `diary/blocks/event-blocks.ts`. */
  eventBlocks: { key: number; value: StoredColumns };
  eventDetails: { key: number; value: StoredDetails };
  eventEmbeddings: { key: number; value: readonly StoredEmbeddings[] };
  /** Of five minutes each: see `diary/level-blocks.ts`. */
  levels: { key: number; value: Float32Array<ArrayBuffer> };
  /** By the event's id. */
  eventClips: { key: string; value: EventClip };
  /** 16-bit WAV files by the event's id. */
  eventSounds: { key: string; value: ArrayBuffer };
}

/** The transaction of an upgrade. */
type Upgrade = IDBPTransaction<Schema, StoreNames<Schema>[], 'versionchange'>;

/**
 * What each version changed, oldest first. Never change a step that has shipped: existing databases went through it.
 */
const steps: readonly ((database: IDBPDatabase<Schema>, upgrade: Upgrade) => void | Promise<void>)[] = [
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
  // Sentences become codes: no language is stored. A damaged entry stays as it is and must not stop the others.
  async (_, upgrade) => {
    for (let at = await upgrade.objectStore('clips').openCursor(); at; at = await at.continue()) {
      const { name, keptAtMs }: Partial<ClipInfo> = at.value;
      const given = name !== undefined && keptAtMs !== undefined && givenName(name, keptAtMs);
      if (given === '') await at.update({ ...at.value, name: given });
    }
    for (let at = await upgrade.objectStore('heads').openCursor(); at; at = await at.continue()) {
      const { proof }: Partial<Head> = at.value;
      if (!Array.isArray(proof?.advice)) continue;
      const advice = proof.advice.map((spoken) => adviceOfSentence(String(spoken)));
      await at.update({ ...at.value, proof: { ...proof, advice: advice.filter((known) => known !== undefined) } });
    }
  },
  (database) => {
    const events = database.createObjectStore('events', { autoIncrement: true });
    events.createIndex('id', 'id', { unique: true });
    events.createIndex('time', 'startMs');
    events.createIndex('open', 'open');
    database.createObjectStore('eventBlocks');
    database.createObjectStore('levels');
    database.createObjectStore('eventClips', { keyPath: 'event' });
    database.createObjectStore('eventSounds');
  },
  (database) => {
    database.createObjectStore('eventDetails');
  },
  (database) => {
    database.createObjectStore('eventEmbeddings');
  },
];

/** Version of the schema that this program reads and writes. */
export const SCHEMA_VERSION = steps.length;

/** Upgrades a database from one version (0: it is new) to another. */
export async function migrate(
  database: IDBPDatabase<Schema>,
  upgrade: Upgrade,
  fromVersion: number,
  toVersion = SCHEMA_VERSION,
): Promise<void> {
  for (const step of steps.slice(fromVersion, toVersion)) await step(database, upgrade);
}
