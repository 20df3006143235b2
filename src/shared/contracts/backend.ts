/** TensorFlow.js backends in the order in which they are tried. */
export const backendNames = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;

export type BackendName = (typeof backendNames)[number];

/** A backend by name, or the choice by evidence. */
export type BackendChoice = BackendName | 'auto';

/**
 * How a backend did when it was tried.
 *
 * `software`: a software renderer, which never beats WASM. `wrong-numbers`: it missed the model's golden vector.
 */
export type BackendOutcome = 'taken' | 'too-slow' | 'unavailable' | 'software' | 'wrong-numbers' | 'not-needed';

export interface BackendTrial {
  readonly backend: BackendName;
  readonly outcome: BackendOutcome;
  /** Median of the short warm run in milliseconds, where it came that far. */
  readonly medianMs?: number;
  /** What was found, as a phrase: “its adapter is SwiftShader, a software renderer”. */
  readonly detail: string;
}

export interface BackendReport {
  readonly taken: BackendName;
  /** Why, as a sentence for the person. */
  readonly why: string;
  /** One entry a backend that was looked at, in order. */
  readonly trials: readonly BackendTrial[];
}
