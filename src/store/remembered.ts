import { type GenericSchema, safeParse } from 'valibot';

/** A small value that the browser remembers for the page. */
export interface Remembered<Value> {
  /** Undefined if there is none, or nothing usable. */
  load(): Value | undefined;
  /** Undefined forgets it. */
  save(value: Value | undefined): void;
}

/**
 * Remembers a value in one of the browser's storages. Where the browser denies the storage, or has no room, the value
 * is lost when the page closes.
 */
export function remembered<Value>(
  storage: () => Storage,
  key: string,
  schema: GenericSchema<unknown, Value>,
): Remembered<Value> {
  return {
    load: () => {
      try {
        const result = safeParse(schema, JSON.parse(storage().getItem(key) ?? 'null'));
        return result.success ? result.output : undefined;
      } catch {
        return undefined;
      }
    },
    save: (value) => {
      try {
        if (value === undefined) storage().removeItem(key);
        else storage().setItem(key, JSON.stringify(value));
      } catch {
        // It is a convenience, and nothing that the person was promised.
      }
    },
  };
}
