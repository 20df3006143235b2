import { safeParse } from 'valibot';
import { type Settings, settingsSchema } from '../shared/contracts/settings';

const STORAGE_KEY = 'earmark.settings';

export const defaultSettings: Settings = safeParse(settingsSchema, {}).output as Settings;

/** Settings from a JSON text; a field that is missing or not usable has its default. */
export function parseSettings(text: string | null): Settings {
  try {
    const result = safeParse(settingsSchema, JSON.parse(text ?? '{}'));
    return result.success ? result.output : defaultSettings;
  } catch {
    // Not ours or cut off: there is nothing in it to save.
    return defaultSettings;
  }
}

/** Local storage, or nothing where the browser keeps it from the page: then settings last until the page closes. */
function localStorageOrNothing(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

export function loadSettings(): Settings {
  return parseSettings(localStorageOrNothing()?.getItem(STORAGE_KEY) ?? null);
}

export function saveSettings(settings: Settings): void {
  localStorageOrNothing()?.setItem(STORAGE_KEY, JSON.stringify(settings));
}
