/** TensorFlow.js backends in the order in which they are tried. */
export const backendNames = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;

export type BackendName = (typeof backendNames)[number];

/** A backend by name, or automatic choice by evidence. */
export type BackendChoice = BackendName | 'auto';

/** What the browser lacks for a backend. */
export type BackendLack = 'no-adapter' | 'no-webgl2' | 'not-started' | 'error';

/** The result of trying a backend. Times are medians of a short warm run. */
export type BackendFinding =
  | { readonly outcome: 'taken' | 'too-slow'; readonly medianMs: number }
  /** Requested by name although it renders in software, which takes seconds per run and is not timed. */
  | { readonly outcome: 'taken'; readonly renderer: string }
  /** A software renderer, which never beats WASM. */
  | { readonly outcome: 'software'; readonly renderer: string }
  /** It missed the model's golden vector by this much. */
  | { readonly outcome: 'wrong-numbers'; readonly error: number }
  | { readonly outcome: 'unavailable'; readonly lack: BackendLack; readonly detail: string }
  /** An earlier one is fast enough. */
  | { readonly outcome: 'not-needed' };

/** How a backend did when it was tried. */
export type BackendTrial = { readonly backend: BackendName } & BackendFinding;

export type BackendOutcome = BackendTrial['outcome'];

export interface BackendReport {
  readonly taken: BackendName;
  /**
   * `first`: the first that is fast enough. `asked-for`: by name. `fastest`: all are too slow, and this is the fastest.
   */
  readonly why: 'first' | 'asked-for' | 'fastest';
  readonly tagsPerSecond: number;
  /** How long a tag may take at that rate. */
  readonly roomMs: number;
  /** One entry per backend tried, in order. */
  readonly trials: readonly BackendTrial[];
}
