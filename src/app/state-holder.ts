/** A source of messages, such as results. */
export interface Source<Message> {
  /** Calls `listener` with every message, until the returned function is called. */
  subscribe(listener: (message: Message) => void): () => void;
}

/** Something with a state. `subscribe` reports the current state at once, and every later one. */
export interface Watchable<State> extends Source<State> {
  readonly state: State;
}

/** A change of a state. An optional field that is undefined is removed. */
export type Change<State> = {
  [Field in keyof State]?: State[Field] | (Partial<Pick<State, Field>> extends Pick<State, Field> ? undefined : never);
};

/**
 * Notifies all its listeners. A listener may unsubscribe or add others while it is notified, without affecting the
 * rest.
 */
export class Feed<Message> implements Source<Message> {
  readonly #listeners = new Set<(message: Message) => void>();

  tell(message: Message): void {
    for (const listener of [...this.#listeners]) if (this.#listeners.has(listener)) listener(message);
  }

  readonly subscribe = (listener: (message: Message) => void): (() => void) => {
    // A separate function each time, so that the same listener can be added twice and removed separately.
    const own = (message: Message): void => listener(message);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  };
}

/** Holds a state that is never mutated, only replaced as a whole. */
export class StateHolder<State extends object> implements Watchable<State> {
  readonly #feed = new Feed<void>();
  #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  get state(): State {
    return this.#state;
  }

  /** Replaces the state by one with these fields changed, and notifies everyone. */
  change(change: Change<State>): void {
    const fields = Object.entries({ ...this.#state, ...change }).filter(([, value]) => value !== undefined);
    this.#state = Object.fromEntries(fields) as State;
    this.#feed.tell();
  }

  readonly subscribe = (listener: (state: State) => void): (() => void) => {
    // The newest state, even if a listener before this one has changed it again.
    const end = this.#feed.subscribe(() => listener(this.#state));
    listener(this.#state);
    return end;
  };
}

/** Waits until a state meets the condition. */
export function until<State>(watched: Watchable<State>, isSo: (state: State) => boolean): Promise<void> {
  return new Promise((resolve) => {
    let end = (): void => {};
    let done = false;
    end = watched.subscribe((state) => {
      if (done || !isSo(state)) return;
      done = true;
      end();
      resolve();
    });
    if (done) end();
  });
}
