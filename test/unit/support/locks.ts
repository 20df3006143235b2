type Callback = (lock: Lock | null) => unknown;

/** The locks of a browser with several tabs, as far as one exclusive lock goes. */
export class FakeLocks {
  #holder: FakeTab | undefined;
  readonly #queue: { readonly tab: FakeTab; readonly callback: Callback }[] = [];

  tab(): FakeTab {
    return new FakeTab(this);
  }

  ask(tab: FakeTab, ifAvailable: boolean, callback: Callback): void {
    if (this.#holder === undefined) this.#give(tab, callback);
    else if (ifAvailable) void callback(null);
    else this.#queue.push({ tab, callback });
  }

  release(tab: FakeTab): void {
    if (this.#holder !== tab) return;
    this.#holder = undefined;
    const next = this.#queue.shift();
    if (next) this.#give(next.tab, next.callback);
  }

  #give(tab: FakeTab, callback: Callback): void {
    this.#holder = tab;
    void callback({ name: 'earmark.store', mode: 'exclusive' });
  }
}

/** What one tab has of them. */
export class FakeTab implements LockManager {
  readonly #locks: FakeLocks;

  constructor(locks: FakeLocks) {
    this.#locks = locks;
  }

  // biome-ignore lint/suspicious/noExplicitAny: the browser's signature
  request(_name: string, ...rest: any[]): Promise<any> {
    const callback = rest.at(-1) as Callback;
    const { ifAvailable = false } = rest.length > 1 ? (rest[0] as LockOptions) : {};
    queueMicrotask(() => this.#locks.ask(this, ifAvailable, callback));
    return new Promise(() => {});
  }

  query(): Promise<LockManagerSnapshot> {
    throw new Error('nobody asks');
  }

  /** The tab is closed, or crashes. */
  close(): void {
    this.#locks.release(this);
  }
}
