import type { ManifestRow } from './manifest';

/** What a worker takes from the queue. */
export type Job =
  | { readonly kind: 'rows'; readonly rows: readonly ManifestRow[] }
  | { readonly kind: 'part'; readonly row: ManifestRow; readonly part: number; readonly parts: number };

/** How often a file is tried before it is listed as unreadable. */
export const TRIES = 3;

/** A job is to be tried again. */
export class TryAgain extends Error {}

/**
 * Does a job.
 *
 * @param isLastTry whether the queue would not offer it again.
 * @param isLost whether its workers were lost so often that it must not be begun. @throws TryAgain.
 */
export type JobHandler = (job: Job, isLastTry: boolean, isLost: boolean) => Promise<void>;

/** Hands out the jobs of an archive. It may forget them, because what is done is known from files. */
export interface ArchiveQueue {
  /** Adds the parts of a long file. Those that it knows already stay as they are. */
  addParts(row: ManifestRow, parts: number): Promise<void>;
  /** Does jobs until there are none, or for ever if the queue can be filled from elsewhere. */
  run(handler: JobHandler, concurrency: number): Promise<void>;
  close(): Promise<void>;
}
