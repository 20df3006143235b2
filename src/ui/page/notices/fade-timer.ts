/** Long enough to read two sentences, and to reach the button beside them. */
const FADE_MS = 10_000;

/** Puts something out of sight after a while in which nobody points at it or is in it. */
export class FadeTimer {
  readonly #fade: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #subject: unknown;
  #held = false;

  /** @param fade is called once the time is over. */
  constructor(fade: () => void) {
    this.#fade = fade;
  }

  /** Starts the time of something new, unless it is held from the start; undefined: there is nothing to fade. */
  show(subject: unknown, held: boolean): void {
    if (subject === this.#subject) return;
    this.#subject = subject;
    // A button that goes away while it has the focus tells nobody.
    this.#held = held;
    this.#restart();
  }

  /** While it is held the time does not run; it starts anew when it is let go. */
  hold(held: boolean): void {
    if (held === this.#held) return;
    this.#held = held;
    this.#restart();
  }

  #restart(): void {
    clearTimeout(this.#timer);
    if (this.#subject === undefined || this.#held) return;
    this.#timer = setTimeout(() => this.#fade(), FADE_MS);
  }
}
