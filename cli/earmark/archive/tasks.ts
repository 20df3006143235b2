import type { ManifestRow } from './manifest';

/** What a sandbox is asked to do with one file. */
export type Task =
  /** Tag the file, or say that it should be cut. */
  | { readonly kind: 'file'; readonly row: ManifestRow }
  /** Listen to one of its parts. */
  | { readonly kind: 'part'; readonly row: ManifestRow; readonly part: number; readonly parts: number }
  /** Make the result of its parts. */
  | { readonly kind: 'join'; readonly row: ManifestRow; readonly parts: number };

/** How it ended. */
export type Outcome =
  /** Seconds of sound that were heard. */
  | { readonly kind: 'done'; readonly seconds: number }
  | { readonly kind: 'cut'; readonly parts: number }
  /** The file is to blame. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** Something else is to blame, and it may be mended: the sentence says what to do. */
  | { readonly kind: 'blocked'; readonly reason: string };

/** What a sandbox says. */
export type SandboxMessage =
  | { readonly kind: 'ready' }
  /** It cannot work at all. */
  | { readonly kind: 'unable'; readonly reason: string }
  | { readonly kind: 'progress' }
  | Outcome;
