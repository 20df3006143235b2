import type { UnreadableFault } from '../shared/contracts/messages/problem';

/** A sound file cannot be read. Whoever knows its name makes a problem for people of it. */
export class SoundError extends Error {
  readonly fault: UnreadableFault;
  /** The name of a codec or another short fact, in English; may be empty. */
  readonly detail: string;

  constructor(fault: UnreadableFault, detail = '', options?: ErrorOptions) {
    super(detail === '' ? fault : `${fault}: ${detail}`, options);
    this.fault = fault;
    this.detail = detail;
  }
}
