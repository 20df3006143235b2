import { problemOf } from '../shared/contracts/messages/problem';
import type { Settings } from '../shared/contracts/settings';
import type { ListeningSession } from './listening/listening-session';
import type { TaggerSupervisor } from './listening/tagger-supervisor';
import type { AppState } from './state';
import { type StateHolder, until } from './state-holder';
import type { Teach } from './teach/teach';

/** Where settings are kept. */
export interface SettingsKeeper {
  loadSettings(): Settings;
  saveSettings(settings: Settings): void;
}

/** Parts of the app that settings change. */
interface ChangedParts {
  readonly tagger: TaggerSupervisor;
  readonly session: ListeningSession;
  readonly teach: Teach;
}

/**
 * What each window decides for itself: two windows may listen to two microphones, and the sound of a tab can be opened
 * only by a press in its own window. A search is what its window shows.
 */
const ownOfWindow: readonly (keyof Settings)[] = ['deviceId', 'filter'];

/** Applies changed settings at once, even while listening: those changed here, and those changed in another window. */
export class SettingChanges {
  readonly #keeper: SettingsKeeper;
  readonly #holder: StateHolder<AppState>;
  readonly #parts: ChangedParts;

  constructor(keeper: SettingsKeeper, holder: StateHolder<AppState>, parts: ChangedParts) {
    this.#keeper = keeper;
    this.#holder = holder;
    this.#parts = parts;
  }

  /** The person changed settings in this window. */
  async change(change: Partial<Settings>): Promise<void> {
    const modelBefore = this.#holder.state.settings.model;
    this.#save(change);
    if ((await this.#apply(change)) === 'model-missing') {
      this.#save({ model: modelBefore });
      await this.#returnTo(modelBefore);
    }
  }

  /** Another window saved these settings. They are saved already. */
  async take(saved: Settings): Promise<void> {
    const { settings: before } = this.#holder.state;
    const change = changedFields(before, saved);
    if (Object.keys(change).length === 0) return;
    const { model, backend, ...rest } = change;
    await this.#apply(rest);
    if (model === undefined && backend === undefined) return;
    // It would end in the middle: its sounds and its training are in the worker that another model replaces.
    await until(
      this.#parts.teach,
      ({ training, transfer, recordingSinceMs }) => !training && !transfer && recordingSinceMs === undefined,
    );
    const newest = changedFields(this.#holder.state.settings, this.#keeper.loadSettings());
    if ((await this.#apply(newest)) === 'model-missing') await this.#returnTo(before.model);
  }

  #save(change: Partial<Settings>): void {
    // What was saved last, not what this window uses: another window may have chosen another microphone.
    this.#keeper.saveSettings({ ...this.#keeper.loadSettings(), ...change });
  }

  async #apply(change: Partial<Settings>): Promise<'applied' | 'model-missing'> {
    const { session, tagger, teach } = this.#parts;
    const before = this.#holder.state.settings;
    const settings = { ...before, ...change };
    this.#holder.change({ settings });
    if (settings.backend !== before.backend) tagger.forceNone();
    if (settings.backend !== before.backend || settings.model !== before.model) {
      // The recording is held in the worker.
      await teach.snippets.listeningEnds();
      const outcome = await tagger.restart();
      const isMissing = outcome instanceof Error && problemOf(outcome).code === 'model-missing';
      return isMissing && this.#holder.state.settings.model !== before.model ? 'model-missing' : 'applied';
    }
    const { api } = tagger;
    if (settings.tagsPerSecond !== before.tagsPerSecond) {
      await api?.setTagsPerSecond(settings.tagsPerSecond);
      session.tagsPerSecondChanged();
    }
    if (settings.noiseFloorDb !== before.noiseFloorDb) await api?.setNoiseFloor(settings.noiseFloorDb);
    if (settings.diary.rules !== before.diary.rules) await api?.setEventRules(settings.diary.rules);
    if (settings.head !== before.head || settings.comparedHead !== before.comparedHead) await teach.heads.apply();
    const isOtherSound = settings.deviceId !== before.deviceId || settings.voiceProcessing !== before.voiceProcessing;
    if (isOtherSound) await session.reopen();
    return 'applied';
  }

  /** The chosen model cannot be reached, so the previous one listens on. */
  async #returnTo(model: string): Promise<void> {
    this.#holder.change({ settings: { ...this.#holder.state.settings, model }, problem: undefined });
    if ((await this.#parts.tagger.restart()) === 'ready') this.#holder.change({ recovery: 'last-model' });
  }
}

/** The fields whose value is another one in `saved`, without those that a window decides for itself. */
function changedFields(before: Settings, saved: Settings): Partial<Settings> {
  const fields = (Object.keys(saved) as (keyof Settings)[]).filter(
    (field) => !ownOfWindow.includes(field) && JSON.stringify(saved[field]) !== JSON.stringify(before[field]),
  );
  return Object.fromEntries(fields.map((field) => [field, saved[field]]));
}
