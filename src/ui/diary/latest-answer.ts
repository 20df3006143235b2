import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Keeps the answer to the newest question. Questions are asked one at a time; those that came while one was asked are
 * skipped, except for the newest. A question that fails leaves the last answer: the diary's state says why.
 */
export class LatestAnswer<Answer> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #asked: readonly unknown[] = [];
  #question: (() => Promise<Answer>) | undefined;
  #isAsking = false;
  /** Undefined until the first question was answered. */
  value: Answer | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  /** Asks, unless the same was asked last: then all parts of `about` are identical. */
  ask(about: readonly unknown[], question: () => Promise<Answer>): void {
    if (about.length === this.#asked.length && about.every((part, i) => part === this.#asked[i])) return;
    this.#asked = about;
    this.#question = question;
    if (!this.#isAsking) void this.#answer();
  }

  async #answer(): Promise<void> {
    this.#isAsking = true;
    for (let question = this.#question; question; question = this.#question) {
      this.#question = undefined;
      try {
        this.value = await question();
      } catch {
        // Asked again with the diary's next change.
      }
      this.#host.requestUpdate();
    }
    this.#isAsking = false;
  }
}
