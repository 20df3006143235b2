import { writeFileSync } from 'node:fs';
import { reasonOf } from '../../../system-reason';
import type { Output, Say } from './output';

/** Names a file whose date tells that sound is heard: for the health check of a container. */
export const HEARD_FILE_VARIABLE = 'EARMARK_HEARD_FILE';

const INTERVAL_MS = 1000;

/** Writes a file anew, once a second, for as long as sound is heard. */
export class HeardFile implements Output {
  readonly #path: string;
  readonly #say: Say;
  #writtenMs = Number.NEGATIVE_INFINITY;
  #fault = '';

  constructor(path: string, say: Say) {
    this.#path = path;
    this.#say = say;
  }

  window(): void {
    const nowMs = performance.now();
    if (nowMs - this.#writtenMs < INTERVAL_MS) return;
    this.#writtenMs = nowMs;
    try {
      writeFileSync(this.#path, new Date().toISOString());
      this.#fault = '';
    } catch (error) {
      const reason = reasonOf(error as NodeJS.ErrnoException);
      if (reason !== this.#fault) this.#say(`${this.#path} (${HEARD_FILE_VARIABLE}) cannot be written: ${reason}`);
      this.#fault = reason;
    }
  }
}
