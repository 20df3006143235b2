import type { NamedHead } from '../../tag/settings';
import type { ClipLine, EventLine } from '../event-line';
import type { HeardWindow, Output } from './output';

export interface JsonLinesParts {
  readonly head: NamedHead;
  readonly wantsLevels: boolean;
  readonly wantsScores: boolean;
}

/** Prints what is heard on standard output. */
export class JsonLinesOutput implements Output {
  readonly #parts: JsonLinesParts;

  constructor(parts: JsonLinesParts) {
    this.#parts = parts;
  }

  event(line: EventLine): void {
    print(line);
  }

  clip(line: ClipLine): void {
    print(line);
  }

  window({ timeMs, levelDb, probabilities }: HeardWindow): void {
    const { head, wantsLevels, wantsScores } = this.#parts;
    const time = new Date(timeMs).toISOString();
    const level = Number.isFinite(levelDb) ? Number(levelDb.toFixed(1)) : null;
    if (wantsLevels) print({ kind: 'level', time, level_db: level });
    if (wantsScores) print({ kind: 'scores', time, scores: scoresOf(head, probabilities) });
  }
}

function scoresOf(head: NamedHead, probabilities: ArrayLike<number>): Record<string, number> {
  return Object.fromEntries(head.labels.map(({ id }, i) => [id, Number((probabilities[i] as number).toFixed(4))]));
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
