/** Where a sound came from. `name` is the microphone's or the file's. */
export interface SoundSource {
  readonly kind: 'microphone' | 'demo' | 'recording';
  readonly name: string;
}

/** What a person said about an event. `other` names the label that it really was. */
export type Verdict =
  | { readonly answer: 'right' | 'wrong' | 'unsure' }
  | { readonly answer: 'other'; readonly label: string };

/** One sounding of one label: what the diary keeps, and what recordings and the command line report. */
export interface SoundEvent {
  /** Random and unique (UUID). */
  readonly id: string;
  /** Id of the label, in any of the heads that were in use. */
  readonly label: string;
  /** The label's name when it was heard: events outlive renamed labels and deleted heads. */
  readonly labelName: string;
  /** Milliseconds since the epoch. */
  readonly startMs: number;
  readonly endMs: number;
  /** IANA name of the time zone in which it was heard, and its offset from UTC at the start. */
  readonly timeZone: string;
  readonly utcOffsetMinutes: number;
  readonly peakProbability: number;
  readonly meanProbability: number;
  /** In dBFS. */
  readonly peakLevelDb: number;
  /** The on threshold that it was judged by. */
  readonly threshold: number;
  /** Folder name of the model, and id of the head (`shipped` or a trained one). */
  readonly model: string;
  readonly head: string;
  readonly source: SoundSource;
  /** The backbone's embedding of the strongest window as float16 bits, and the backbone that made it. */
  readonly embedding?: Uint16Array<ArrayBuffer>;
  readonly backbone?: string;
  readonly verdict?: Verdict;
  /** What a person wrote about it. */
  readonly note?: string;
  /** Id of its kept sound. */
  readonly clip?: string;
  /** Id of the previous piece, if an event longer than the maximum was cut. */
  readonly continues?: string;
}

/** Level of a stretch of {@link LEVEL_SPAN_SECONDS}. All in dBFS. */
export interface LevelSpan {
  /** Start, in milliseconds since the epoch: a multiple of the span. */
  readonly startMs: number;
  readonly minimumDb: number;
  /** Of the mean power. */
  readonly meanDb: number;
  readonly maximumDb: number;
  /** Of the A-weighted mean power (LAeq). */
  readonly laeqDb: number;
  /** How much of the span was heard. */
  readonly heardSeconds: number;
}

export const LEVEL_SPAN_SECONDS = 10;
