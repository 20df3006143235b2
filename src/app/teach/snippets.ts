import type { TaughtLabel } from '../../shared/contracts/clip';
import { LONGEST_RECORDING_SECONDS } from '../../shared/contracts/recent-past';
import type { CapturedSound, HeldSound } from '../../shared/contracts/tagger-api';
import { type Drafts, named } from './editor/drafts';
import type { TeachShared } from './stored-lists';
import type { Tagging } from './tagger-link';
import type { SnippetCommands } from './teach-state';

/** Makes clips of what is heard: of the past few seconds, and of recordings. */
export class Snippets implements SnippetCommands {
  readonly #shared: TeachShared;
  readonly #drafts: Drafts;
  #recordingTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(shared: TeachShared, drafts: Drafts) {
    this.#shared = shared;
    this.#drafts = drafts;
  }

  keepRecent(seconds: number): Promise<void> {
    return this.#shared.notices.attempt(async () => {
      const tagging = this.#shared.tagger.require();
      await this.#keep(await tagging.ask((api) => api.keepRecent(seconds)), tagging);
    });
  }

  async holdRecent(): Promise<HeldSound | undefined> {
    let sound: HeldSound | undefined;
    await this.#shared.notices.attempt(async () => {
      sound = await this.#shared.tagger.require().ask((api) => api.holdRecent());
    });
    return sound;
  }

  keepSound(sound: CapturedSound): Promise<void> {
    return this.#shared.notices.attempt(async () => this.#keep(sound, this.#shared.tagger.require()));
  }

  startRecording(): Promise<void> {
    return this.#shared.notices.attempt(async () => {
      const { api } = this.#shared.tagger.require();
      this.#endTimer();
      await api.startRecording();
      this.#recordingTimer = setTimeout(() => void this.finishRecording(), 1000 * LONGEST_RECORDING_SECONDS);
      this.#shared.holder.change({ recordingSinceMs: performance.now() });
    });
  }

  finishRecording(): Promise<void> {
    return this.#shared.notices.attempt(async () => {
      const tagging = this.#shared.tagger.require();
      this.#endTimer();
      await this.#keep(await tagging.ask((api) => api.finishRecording()), tagging);
    });
  }

  /** Listening ended. A running recording ends with it, and is kept. */
  async listeningEnds(): Promise<void> {
    if (this.#shared.holder.state.recordingSinceMs !== undefined) await this.finishRecording();
  }

  /** The worker is gone, and with it the recording. */
  loseWorker(): void {
    if (this.#shared.holder.state.recordingSinceMs !== undefined)
      this.#shared.holder.change({ notice: { code: 'recording-lost' } });
    this.#endTimer();
  }

  /** Saves before showing: any snippet that the person sees is on disk. */
  async #keep(sound: CapturedSound, { model }: Tagging): Promise<void> {
    const { sampleRateHz } = model.spec;
    // The first paint does not need it.
    const { resampleInt16 } = await import('../../dsp/resampler');
    const samples = await resampleInt16(sound.samples, sound.sampleRateHz, sampleRateHz);
    const unnamed = { name: '', keptAtMs: Date.now(), heardLive: true };
    const labels: TaughtLabel[] = [];
    await this.#drafts.saveEdits();
    try {
      const { clip } = await this.#shared.parts.library.add({
        ...unnamed,
        samples,
        sampleRateHz,
        labels,
        reviewed: false,
      });
      this.#shared.notices.saved();
      await this.#shared.lists.refresh();
      this.#shared.holder.change({ justKept: named(clip) });
      await this.#drafts.showClip(clip, samples);
    } catch (error) {
      // It can still be played and labelled, and saved once there is room.
      if (samples.length > 0) await this.#drafts.show({ ...unnamed, labels, samples, sampleRateHz });
      throw error;
    }
  }

  #endTimer(): void {
    clearTimeout(this.#recordingTimer);
    if (this.#shared.holder.state.recordingSinceMs !== undefined)
      this.#shared.holder.change({ recordingSinceMs: undefined });
  }
}
