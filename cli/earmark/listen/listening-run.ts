import { Listener, type ListenerParts } from './listener';
import type { Stretch } from './sources';

/** Hears the stretches of a source, one after the other. */
export class ListeningRun {
  readonly #parts: ListenerParts;
  #listener: Listener | undefined;
  #ending: Promise<void> | undefined;

  constructor(parts: ListenerParts) {
    this.#parts = parts;
  }

  async hear(stretches: AsyncIterable<Stretch>): Promise<void> {
    let heardUntilMs: number | undefined;
    for await (const stretch of stretches) {
      // Nothing was heard of a stretch that could not be opened.
      heardUntilMs = this.#listener?.endMs ?? heardUntilMs;
      this.#listener = new Listener(this.#parts);
      await this.#listener.hear(this.#noticed(stretch, heardUntilMs));
    }
  }

  /** Ends what sounds, and all outputs. */
  end(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  async #end(): Promise<void> {
    const { outputs, clips } = this.#parts;
    this.#listener?.finish();
    await clips?.close();
    await Promise.all(outputs.map((output) => output.close?.()));
  }

  /** Tells of the sound between two stretches, which nobody heard. */
  async *#noticed(stretch: Stretch, heardUntilMs: number | undefined): Stretch {
    let isFirst = true;
    for await (const piece of stretch) {
      if (isFirst && heardUntilMs !== undefined) {
        const pieceMs = (1000 * piece.length) / this.#parts.model.spec.sampleRateHz;
        const lostSeconds = (this.#parts.nowMs() - pieceMs - heardUntilMs) / 1000;
        for (const output of this.#parts.outputs) output.lost?.(Math.max(0, lostSeconds));
      }
      isFirst = false;
      yield piece;
    }
  }
}
