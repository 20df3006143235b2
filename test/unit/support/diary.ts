import type { DiaryHost } from '../../../src/app/diary/diary';
import type { DiaryParts } from '../../../src/app/diary/diary-parts';
import type { SoundEvent } from '../../../src/shared/contracts/sound-event';
import { defaultSettings } from '../../../src/store/settings';
import { StoreWriter } from '../../../src/store/store-writer';

/** Remembers nothing. */
const nothingRemembered = { load: () => undefined, save: () => {} };

/** The diary's half of an app that has written down nothing, and forgets what it is to write. */
export function emptyDiaryParts(): DiaryParts {
  const store = { begin: async () => {}, write: async () => {} };
  return {
    openStore: () => store as never,
    writer: new StoreWriter(undefined),
    unsavedNotes: nothingRemembered,
    unsavedNames: nothingRemembered,
  };
}

/** The app around a diary: with the settings of the start, no labels, and one window. */
export function diaryHost(change: Partial<DiaryHost> = {}): DiaryHost {
  return {
    settings: () => defaultSettings.diary,
    hasLabel: () => false,
    writerListens: async () => false,
    notices: { report: () => {}, saved: () => {} },
    ...change,
  };
}

/** A moment for events to start from. */
export const someMs = Date.parse('2026-03-28T22:00:00Z');

/** A dog that barks for two seconds. */
export function soundEvent(change: Partial<SoundEvent> = {}): SoundEvent {
  const startMs = change.startMs ?? someMs;
  return {
    id: crypto.randomUUID(),
    label: 'dog',
    labelName: 'Dog',
    startMs,
    endMs: startMs + 2000,
    timeZone: 'Europe/Berlin',
    utcOffsetMinutes: 60,
    peakProbability: 0.75,
    meanProbability: 0.5,
    peakLevelDb: -30,
    threshold: 0.4,
    model: 'earmark-52',
    head: 'shipped',
    source: { kind: 'microphone', name: 'Built-in' },
    ...change,
  };
}
