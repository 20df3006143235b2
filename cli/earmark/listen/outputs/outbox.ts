import { reasonOf } from '../../../system-reason';
import type { Say } from './output';
import type { Spool } from './spool';

/** How long the end of the program waits for messages to be sent. */
const LAST_MOMENTS_MS = 3000;

/** Where messages go. */
export interface Receiver {
  /** Resolves once the receiver has taken the text. It tries for as long as that takes, and fails only if it is closed. */
  send(text: string): Promise<void>;
}

/** Sends messages one after the other, in order, and keeps what could not be sent yet in a spool. */
export class Outbox {
  readonly #spool: Spool;
  readonly #receiver: Receiver;
  readonly #say: Say;
  #wake: () => void = () => undefined;
  #onEmpty: () => void = () => undefined;
  /** Whether the person was told that messages are dropped. */
  #isFull = false;
  #droppedBefore = 0;
  /** Why the newest message is not on disk. */
  #fault: string | undefined;
  #isClosed = false;

  /** Begins with what an earlier run left in the spool. */
  constructor(spool: Spool, receiver: Receiver, say: Say) {
    this.#spool = spool;
    this.#receiver = receiver;
    this.#say = say;
    void this.#run();
  }

  /** Messages that wait, and those that were dropped because the spool was full. */
  get waiting(): number {
    return this.#spool.waiting;
  }

  get dropped(): number {
    return this.#spool.dropped;
  }

  add(text: string): void {
    this.#tellFault(this.#spool.add(text));
    if (!this.#isFull && this.#spool.dropped > this.#droppedBefore) {
      this.#isFull = true;
      this.#say(`${this.#spool.waiting} events wait to be sent, and no more are kept: the oldest are dropped`);
    }
    this.#wake();
  }

  /** Sends what it can in a few seconds. The rest stays in the spool for the next run, and is told. */
  async close(): Promise<void> {
    if (this.#spool.waiting > 0) {
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([
        new Promise<void>((resolve) => {
          this.#onEmpty = resolve;
        }),
        new Promise<void>((resolve) => {
          timer = setTimeout(resolve, LAST_MOMENTS_MS);
        }),
      ]);
      clearTimeout(timer);
    }
    this.#isClosed = true;
    this.#tellRest();
    this.#wake();
  }

  #tellRest(): void {
    const { waiting, unwritten, dropped } = this.#spool;
    const rest = [
      [waiting - unwritten, 'wait on disk for the next start'],
      [unwritten, 'could not be written to disk and are lost'],
      [dropped - this.#droppedBefore, 'were dropped, the oldest'],
    ] as const;
    const told = rest.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
    if (waiting > 0) this.#say(`events that were not sent: ${told.join(', ')}`);
  }

  /** Says once that events wait in memory, and why; again if it was well meanwhile. */
  #tellFault(fault: NodeJS.ErrnoException | undefined): void {
    const reason = fault && reasonOf(fault);
    if (reason !== undefined && reason !== this.#fault) {
      this.#say(`events cannot be written to disk (${reason}): they wait in memory, and a stop would lose them`);
    }
    this.#fault = reason;
  }

  async #run(): Promise<void> {
    while (!this.#isClosed) {
      const first = this.#spool.first();
      if (first === undefined) {
        this.#onEmpty();
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        continue;
      }
      try {
        await this.#receiver.send(first.text);
      } catch (error) {
        if (this.#isClosed) return;
        throw error;
      }
      this.#spool.remove(first.number);
      this.#tellDropped();
    }
  }

  #tellDropped(): void {
    if (!this.#isFull || this.#spool.waiting > 0) return;
    this.#say(`what waited is sent; ${this.#spool.dropped - this.#droppedBefore} older events were dropped`);
    this.#droppedBefore = this.#spool.dropped;
    this.#isFull = false;
  }
}
