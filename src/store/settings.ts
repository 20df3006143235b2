import { backendNames } from '../shared/contracts/backend';
import { labelGroups } from '../shared/contracts/label';
import { languages } from '../shared/contracts/language';
import type { LabelFilter, Settings } from '../shared/contracts/settings';
import { SHIPPED_MODEL } from '../shared/contracts/shipped-model';

const STORAGE_KEY = 'earmark.settings';

export const defaultSettings: Settings = {
  deviceId: '',
  voiceProcessing: false,
  keepAwake: false,
  backend: 'auto',
  tagsPerSecond: 8,
  // Quiet recordings are far louder; a muted microphone and digital silence are not.
  noiseFloorDb: -75,
  keepSeconds: 5,
  head: 'shipped',
  comparedHead: '',
  language: '',
  theme: '',
  shortcuts: true,
  filter: { text: '', group: undefined },
  model: SHIPPED_MODEL,
};

/** Settings from a JSON text; a field that is missing or not usable has its default. */
export function parseSettings(text: string | null): Settings {
  let stored: Partial<Record<keyof Settings, unknown>>;
  try {
    stored = (JSON.parse(text ?? '{}') ?? {}) as Partial<Record<keyof Settings, unknown>>;
  } catch {
    // Not ours or cut off: there is nothing in it to save.
    return defaultSettings;
  }
  const {
    deviceId,
    voiceProcessing,
    keepAwake,
    backend,
    tagsPerSecond,
    noiseFloorDb,
    keepSeconds,
    head,
    comparedHead,
    language,
    theme,
    shortcuts,
    filter,
    model,
  } = stored;
  return {
    deviceId: typeof deviceId === 'string' ? deviceId : defaultSettings.deviceId,
    voiceProcessing: typeof voiceProcessing === 'boolean' ? voiceProcessing : defaultSettings.voiceProcessing,
    keepAwake: typeof keepAwake === 'boolean' ? keepAwake : defaultSettings.keepAwake,
    backend: ['auto', ...backendNames].includes(backend as string) ? (backend as Settings['backend']) : 'auto',
    tagsPerSecond:
      typeof tagsPerSecond === 'number' && tagsPerSecond >= 1 && tagsPerSecond <= 20
        ? tagsPerSecond
        : defaultSettings.tagsPerSecond,
    noiseFloorDb:
      noiseFloorDb === null || (typeof noiseFloorDb === 'number' && noiseFloorDb >= -100 && noiseFloorDb <= -30)
        ? noiseFloorDb
        : defaultSettings.noiseFloorDb,
    keepSeconds:
      typeof keepSeconds === 'number' && keepSeconds >= 2 && keepSeconds <= 10
        ? keepSeconds
        : defaultSettings.keepSeconds,
    head: typeof head === 'string' && head !== '' ? head : defaultSettings.head,
    comparedHead: typeof comparedHead === 'string' ? comparedHead : defaultSettings.comparedHead,
    language: languages.find((known) => known === language) ?? defaultSettings.language,
    theme: theme === 'light' || theme === 'dark' ? theme : defaultSettings.theme,
    shortcuts: typeof shortcuts === 'boolean' ? shortcuts : defaultSettings.shortcuts,
    filter: parseFilter(filter),
    model: typeof model === 'string' && /^[\w.-]+$/.test(model) ? model : defaultSettings.model,
  };
}

function parseFilter(stored: unknown): LabelFilter {
  const { text, group } = (stored ?? {}) as Partial<Record<keyof LabelFilter, unknown>>;
  return {
    text: typeof text === 'string' ? text : '',
    group: ([...labelGroups, 'taught'] as const).find((known) => known === group),
  };
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
