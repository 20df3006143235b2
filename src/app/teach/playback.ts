import type { ClipLibrary } from '../../store/clips/clip-library';
import type { StateHolder } from '../state-holder';
import type { Notices } from './notices';
import type { Draft, PlaybackCommands, TeachState } from './teach-state';

/** Plays a WAV file. The returned function stops it. `onEnded` is called once, also if the file cannot be played. */
export type PlaySound = (wav: ArrayBuffer, onEnded: (error?: unknown) => void) => () => void;

/** Plays with the browser's own player. */
export const playSound: PlaySound = (wav, onEnded) => {
  const url = URL.createObjectURL(new Blob([wav], { type: 'audio/wav' }));
  const audio = new Audio(url);
  let ended = false;
  const end = (error?: unknown): void => {
    if (ended) return;
    ended = true;
    audio.pause();
    URL.revokeObjectURL(url);
    onEnded(error);
  };
  audio.addEventListener('ended', () => end());
  audio.play().catch(end);
  return () => end();
};

/** The parts of playback. */
export interface PlaybackParts {
  readonly library: Pick<ClipLibrary, 'wav'>;
  readonly play: PlaySound;
}

/** Id for playing the snippet in the editor. */
const DRAFT = 'draft';

/** Id for playing a part of the last minutes. */
const PAST = 'past';

/** The first paint does not need it. */
const wavCode = () => import('../../shared/lib/files/wav');

/** Plays one sound at a time. */
export class Playback implements PlaybackCommands {
  readonly #parts: PlaybackParts;
  readonly #holder: StateHolder<TeachState>;
  readonly #notices: Notices;
  #stop: (() => void) | undefined;

  constructor(parts: PlaybackParts, holder: StateHolder<TeachState>, notices: Notices) {
    this.#parts = parts;
    this.#holder = holder;
    this.#notices = notices;
  }

  clip(id: string): Promise<void> {
    return this.#play(id, () => this.#parts.library.wav(id));
  }

  draft(startSeconds: number, endSeconds: number): Promise<void> {
    return this.#play(DRAFT, async () => {
      const { samples, sampleRateHz } = this.#holder.state.draft as Draft;
      const part = samples.subarray(Math.round(startSeconds * sampleRateHz), Math.round(endSeconds * sampleRateHz));
      const { encodeWav } = await wavCode();
      return encodeWav(part, sampleRateHz);
    });
  }

  past(samples: Int16Array, sampleRateHz: number): Promise<void> {
    return this.#play(PAST, async () => (await wavCode()).encodeWav(samples, sampleRateHz));
  }

  /** Another snippet enters the editor, or none. */
  stopDraft(): void {
    if (this.#holder.state.playing === DRAFT) this.#stop?.();
  }

  async #play(id: string, load: () => Promise<ArrayBuffer>): Promise<void> {
    const wasPlaying = this.#holder.state.playing === id;
    this.#stop?.();
    if (wasPlaying) return;
    await this.#notices.attempt(async () => {
      const wav = await load();
      this.#holder.change({ playing: id });
      this.#stop = this.#parts.play(wav, (error) => {
        this.#stop = undefined;
        this.#holder.change({ playing: undefined });
        if (error !== undefined) this.#notices.fail(error);
      });
    });
  }
}
