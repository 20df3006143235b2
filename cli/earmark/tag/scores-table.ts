import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import type { Moment } from '../../../src/events/sounding';

/** A CSV table of every window's probabilities, written as they come. */
export class ScoresTable {
  readonly #file: FileHandle;
  readonly #temporary: string;
  readonly #target: Buffer;

  private constructor(file: FileHandle, temporary: string, target: Buffer) {
    this.#file = file;
    this.#temporary = temporary;
    this.#target = target;
  }

  /** @param temporary where it is written until it is complete. */
  static async create(target: Buffer, temporary: string, labels: readonly string[]): Promise<ScoresTable> {
    const table = new ScoresTable(await open(temporary, 'w'), temporary, target);
    await table.#file.writeFile(`end_s,level_db,${labels.join(',')}\n`).catch(async (error) => {
      await table.discard();
      throw error;
    });
    return table;
  }

  async add(moments: readonly Moment[]): Promise<void> {
    const lines = moments.map(({ windowEndSeconds, levelDb, probabilities }) => {
      const level = Number.isFinite(levelDb) ? levelDb.toFixed(1) : '';
      return `${windowEndSeconds.toFixed(3)},${level},${Array.from(probabilities, (p) => p.toFixed(4)).join(',')}\n`;
    });
    await this.#file.writeFile(lines.join(''));
  }

  /** Moves it to its place. */
  async complete(): Promise<void> {
    await this.#file.close();
    await rename(this.#temporary, this.#target);
  }

  async discard(): Promise<void> {
    await this.#file.close();
    await rm(this.#temporary, { force: true });
  }
}
