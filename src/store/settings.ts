import { safeParse } from 'valibot';
import { SHIPPED_MODEL } from '../shared/contracts/model/shipped-model';
import { type Settings, settingsSchema } from '../shared/contracts/settings';

const STORAGE_KEY = 'earmark.settings';
/** The default model when settings were still saved without the name of the default. */
const FIRST_SHIPPED_MODEL = 'earmark-52';

/** Settings as saved, with the model that was the default then. */
interface SavedSettings extends Settings {
  readonly shippedModel?: string;
}

export const defaultSettings: Settings = safeParse(settingsSchema, {}).output as Settings;

/** Settings from a JSON text. A missing or unusable field gets its default. Who used the default model of then gets today's. */
export function parseSettings(text: string | null): Settings {
  try {
    const saved = JSON.parse(text ?? '{}') as SavedSettings | null;
    const { shippedModel = FIRST_SHIPPED_MODEL } = saved ?? {};
    const result = safeParse(
      settingsSchema,
      saved?.model === shippedModel ? { ...saved, model: SHIPPED_MODEL } : saved,
    );
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
    const saved: SavedSettings = { ...settings, shippedModel: SHIPPED_MODEL };
    localStorageOrNothing()?.setItem(STORAGE_KEY, JSON.stringify(saved));
  } catch (error) {
    console.warn('The settings could not be saved.', error);
  }
}

/** Calls `take` when another window has saved settings. */
export function followSettings(take: (settings: Settings) => void): void {
  // Browsers tell every window except the one that saves.
  addEventListener('storage', ({ key, newValue }) => {
    if (key === STORAGE_KEY && newValue !== null) take(parseSettings(newValue));
  });
}
