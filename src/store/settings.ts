import { safeParse } from 'valibot';
import { type Settings, settingsSchema } from '../shared/contracts/settings';

const STORAGE_KEY = 'earmark.settings';

export const defaultSettings: Settings = safeParse(settingsSchema, {}).output as Settings;

/** Settings from a JSON text. A missing or unusable field gets its default. */
export function parseSettings(text: string | null): Settings {
  try {
    const result = safeParse(settingsSchema, JSON.parse(text ?? '{}'));
    return result.success ? result.output : defaultSettings;
  } catch {
    // Not our format, or cut off: there is nothing in it to save.
    return defaultSettings;
  }
}

/** Local storage, or undefined if the browser denies it to the page. */
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

/** Saves them for the next visit. If the browser denies it or has no room left, they last until the page closes. */
export function saveSettings(settings: Settings): void {
  try {
    localStorageOrNothing()?.setItem(STORAGE_KEY, JSON.stringify(settings));
  } catch (error) {
    console.warn('The settings could not be saved.', error);
  }
}
