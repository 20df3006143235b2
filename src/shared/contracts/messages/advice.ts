/** How far a head's figures can be trusted, and what to record next. Labels are given by id. */
export type Advice =
  /** Fewer than `enough` clips hold the label. */
  | { readonly code: 'too-few'; readonly label: string; readonly clips: number; readonly enough: number }
  /** No clip is marked “none of these”. */
  | { readonly code: 'no-background' }
  /** Clips of `actual` are often heard as `heard`; `mutual`: also the other way round. */
  | { readonly code: 'confused'; readonly actual: string; readonly heard: string; readonly mutual: boolean }
  /** All clips of each of these labels were kept within one minute. */
  | { readonly code: 'one-sitting'; readonly labels: readonly string[] }
  /** The label is hard to tell from the rest. */
  | { readonly code: 'weak'; readonly label: string };
