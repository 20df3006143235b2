import type { EventFormat } from '../../../src/events/formats/formats';
import type { MixFacts } from '../../../src/sound/mono';
import type { FileRow } from './file-tagger';

/** A file to be tagged by a worker. Bytes stand for paths, whose names need not be UTF-8. */
export interface Job {
  /** Its place among all files. */
  readonly number: number;
  readonly path: Uint8Array;
  /** Name, path, searched folder and folder below it, as tables show them. */
  readonly file: { readonly name: string; readonly path: string; readonly root: string; readonly folder: string };
  readonly modifiedMs: number | undefined;
  readonly key: string;
  readonly fingerprint: string;
  readonly destination: Destination;
}

/** Where the events go: back to the main thread, into the ledger, or into a file of their own. */
export type Destination =
  | { readonly kind: 'back' }
  | { readonly kind: 'ledger'; readonly ledger: string }
  | {
      readonly kind: 'file';
      readonly ledger: string;
      readonly target: Uint8Array;
      readonly format: EventFormat;
      /** A table of every window's probabilities. */
      readonly scores: Uint8Array | undefined;
    };

/** What a worker says. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  /** It cannot work at all. */
  | { readonly kind: 'unable'; readonly reason: string }
  /** So much of the file has been heard. */
  | { readonly kind: 'progress'; readonly seconds: number }
  | { readonly kind: 'done'; readonly result: JobResult }
  | { readonly kind: 'failed'; readonly reason: string };

export interface JobResult {
  readonly seconds: number;
  readonly events: number;
  readonly decoder: string;
  readonly mix: MixFacts;
  /** Only for the destination `back`. */
  readonly rows: readonly FileRow[];
}
