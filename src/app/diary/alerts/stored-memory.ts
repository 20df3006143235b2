import * as v from 'valibot';
import { finiteNumber } from '../../../shared/lib/schemas';
import type { AlertMemory, Told } from './alert-judge';

const STORAGE_KEY = 'earmark.alerts';

/** Neither a cooldown nor a day lasts longer than this, wherever the clock changes. */
const LONGEST_MS = 26 * 3_600_000;

const schema = v.record(v.string(), v.record(v.string(), v.object({ atMs: finiteNumber, day: v.string() })));

type Alerted = Record<string, Record<string, Told>>;

/** Remembers alerts in the browser's storage, or until the page is closed if the browser denies it. */
export class StoredMemory implements AlertMemory {
  #unsaved: Alerted = {};

  read(rule: string): Readonly<Record<string, Told>> {
    return this.#load()[rule] ?? {};
  }

  write(rule: string, label: string, told: Told): void {
    const alerted = this.#load();
    const recent = Object.entries(alerted[rule] ?? {}).filter(([, { atMs }]) => told.atMs - atMs < LONGEST_MS);
    this.#unsaved = { ...alerted, [rule]: { ...Object.fromEntries(recent), [label]: told } };
    try {
      localStorage.setItem(STORAGE_KEY, JSON.stringify(this.#unsaved));
    } catch (error) {
      console.warn('The last alert could not be saved.', error);
    }
  }

  /** Anew each time: another window may have alerted since. */
  #load(): Alerted {
    try {
      const text = localStorage.getItem(STORAGE_KEY);
      const saved = v.safeParse(schema, JSON.parse(text ?? '{}'));
      return { ...this.#unsaved, ...(saved.success ? saved.output : {}) };
    } catch {
      return this.#unsaved;
    }
  }
}
