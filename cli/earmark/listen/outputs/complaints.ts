import type { Say } from './output';

/** Says once that something is wrong, and once that it is well again. */
export class Complaints {
  readonly #about: string;
  readonly #say: Say;
  #last = '';

  constructor(about: string, say: Say) {
    this.#about = about;
    this.#say = say;
  }

  /** @param isVague whether anything that was said before explains it better. */
  trouble(sentence: string, isVague = false): void {
    if (sentence === this.#last || (isVague && this.#last !== '')) return;
    this.#last = sentence;
    this.#say(`${this.#about}: ${sentence}${sentence.endsWith('?') ? '' : '.'} Events wait until it works.`);
  }

  /** @param waiting how many events there are to send. */
  well(waiting: number): void {
    if (this.#last === '') return;
    this.#last = '';
    this.#say(`${this.#about}: it works again; ${waiting} events to send`);
  }
}
