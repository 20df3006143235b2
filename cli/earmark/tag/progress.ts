/** One line on a terminal that is written anew several times a second. Nothing where no person looks. */
export class Progress {
  readonly #isShown = process.stderr.isTTY === true;
  readonly #total: number;
  readonly #startMs = performance.now();
  #writtenMs = 0;
  #files = 0;
  #seconds = 0;

  constructor(total: number) {
    this.#total = total;
  }

  heard(seconds: number): void {
    this.#seconds += seconds;
    this.#draw();
  }

  fileEnded(): void {
    this.#files += 1;
    this.#draw();
  }

  /** Clears the line, so that another one can be written. */
  clear(): void {
    if (this.#isShown) process.stderr.write('\r\x1b[K');
    this.#writtenMs = 0;
  }

  #draw(): void {
    const now = performance.now();
    if (!this.#isShown || now - this.#writtenMs < 200) return;
    this.#writtenMs = now;
    const elapsed = (now - this.#startMs) / 1000;
    const left =
      this.#files === 0 ? '' : `, ${durationText((elapsed / this.#files) * (this.#total - this.#files))} left`;
    const speed = Math.round(this.#seconds / elapsed);
    process.stderr.write(
      `\r\x1b[K${this.#files} of ${this.#total} files, ${durationText(this.#seconds)} of sound, ${speed} × real time${left}`,
    );
  }
}

/** A length of time in its two largest units. */
export function durationText(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
