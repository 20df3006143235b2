/** What is printed and sent of an event: `start`, `update` once a second while it sounds, and `end`, with one id. */
export interface EventLine {
  readonly kind: 'start' | 'update' | 'end';
  readonly id: string;
  readonly label: string;
  /** The label's name. */
  readonly name: string;
  /** Times of day, in ISO 8601 with UTC. */
  readonly start: string;
  readonly end: string;
  readonly probability: number;
  readonly mean_probability: number;
  readonly threshold: number;
  /** Id of the piece before, if an event longer than the maximum was cut. */
  readonly continues?: string;
  readonly source: string;
}

/** What is printed of the sound of an event, once it is a file. */
export interface ClipLine {
  readonly kind: 'clip';
  /** Id of the event. */
  readonly id: string;
  readonly file: string;
  /** Of the first sample. */
  readonly start: string;
  readonly seconds: number;
}
