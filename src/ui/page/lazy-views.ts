import type { TabId } from '../kit/tabs';
import { lazyViews } from './views';

/** Loaders of the views' code. Views without an entry are part of the page. */
type ViewCode = Partial<Record<TabId, () => Promise<unknown>>>;

const ownCode: ViewCode = Object.fromEntries(Object.entries(lazyViews).map(([tab, { load }]) => [tab, load]));

/** Loads a view's code when its tab is first opened, and lets the page redraw once it is there. */
export class LazyViews {
  readonly #onChange: () => void;
  readonly #code: ViewCode;
  readonly #states = new Map<TabId, 'loading' | 'ready' | 'failed'>();

  /** @param code other than the page's own for tests. */
  constructor(onChange: () => void, code = ownCode) {
    this.#onChange = onChange;
    this.#code = code;
  }

  /** `unopened` until {@link open} was called for it; `failed` if its code could not be fetched. */
  state(tab: TabId): 'unopened' | 'loading' | 'ready' | 'failed' {
    return this.#states.get(tab) ?? 'unopened';
  }

  /** Makes a view ready. Does nothing if it is ready, and retries if it failed. Never rejects. */
  async open(tab: TabId): Promise<void> {
    if (this.state(tab) === 'loading' || this.state(tab) === 'ready') return;
    this.#states.set(tab, 'loading');
    this.#onChange();
    try {
      await this.#code[tab]?.();
      this.#states.set(tab, 'ready');
    } catch (error) {
      // Offline there is nothing else to say, and the page says it.
      console.warn(error);
      this.#states.set(tab, 'failed');
    }
    this.#onChange();
  }
}
