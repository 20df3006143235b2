import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A message that waits. */
export interface Waiting {
  readonly number: number;
  readonly text: string;
}

/**
 * Messages that wait to be sent, on disk, in order: a restart loses none. If there are too many, the oldest are dropped
 * and counted.
 *
 * Each message is a file with its number as the name, written beside and renamed. So there is nothing that a crash could
 * leave half written.
 */
export class Spool {
  readonly #folder: string;
  readonly #mostMessages: number;
  /** Numbers of the waiting messages, oldest first. */
  readonly #numbers: number[];
  /** Texts of messages that could not be written. */
  readonly #unwritten = new Map<number, string>();
  #last: number;
  #dropped = 0;

  /** Opens the spool in a folder, which is made. @throws if the folder cannot be used. */
  constructor(folder: string, mostMessages: number) {
    mkdirSync(folder, { recursive: true });
    this.#folder = folder;
    this.#mostMessages = mostMessages;
    this.#numbers = readdirSync(folder)
      .flatMap((name) => (/^\d{12}$/.test(name) ? [Number(name)] : []))
      .sort((a, b) => a - b);
    this.#last = this.#numbers.at(-1) ?? 0;
  }

  get waiting(): number {
    return this.#numbers.length;
  }

  /** How many of those that wait are not on disk. */
  get unwritten(): number {
    return this.#unwritten.size;
  }

  /** How many messages were dropped. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Adds a message. @returns why it only waits in memory; undefined if it is on disk. */
  add(text: string): NodeJS.ErrnoException | undefined {
    const number = this.#last + 1;
    const fault = this.#write(number, text);
    if (fault) this.#unwritten.set(number, text);
    this.#last = number;
    this.#numbers.push(number);
    while (this.#numbers.length > this.#mostMessages) this.#drop();
    return fault;
  }

  /** The oldest message. */
  first(): Waiting | undefined {
    for (;;) {
      const number = this.#numbers[0];
      if (number === undefined) return undefined;
      const text = this.#read(number);
      if (text !== '') return { number, text };
      // The machine went down before its disk had the content.
      this.#drop();
    }
  }

  /** Forgets a message that was sent. It may have been dropped meanwhile. */
  remove(number: number): void {
    const index = this.#numbers.indexOf(number);
    if (index < 0) return;
    this.#numbers.splice(index, 1);
    this.#delete(number);
  }

  #write(number: number, text: string): NodeJS.ErrnoException | undefined {
    const temporary = join(this.#folder, 'next.part');
    try {
      writeFileSync(temporary, text);
      renameSync(temporary, this.#path(number));
      return undefined;
    } catch (error) {
      return error as NodeJS.ErrnoException;
    }
  }

  #delete(number: number): void {
    if (!this.#unwritten.delete(number)) rmSync(this.#path(number), { force: true });
  }

  #drop(): void {
    this.#delete(this.#numbers.shift() as number);
    this.#dropped += 1;
  }

  #read(number: number): string {
    const unwritten = this.#unwritten.get(number);
    if (unwritten !== undefined) return unwritten;
    try {
      return readFileSync(this.#path(number), 'utf8');
    } catch {
      return '';
    }
  }

  #path(number: number): string {
    return join(this.#folder, String(number).padStart(12, '0'));
  }
}
