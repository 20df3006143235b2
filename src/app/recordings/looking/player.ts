import { StateHolder } from '../../state-holder';
import type { PlayerCommands, PlayerState } from '../recordings-state';

/** How much is fetched at once, and how far ahead of what plays. */
const PIECE_SECONDS = 1;
const AHEAD_SECONDS = 2;
/** Playing begins this much later, so that the first piece is there in time. */
const LEAD_SECONDS = 0.03;

/** A piece of sound. */
interface Piece {
  readonly samples: Float32Array<ArrayBuffer>;
  readonly sampleRateHz: number;
}

/** A stretch that was handed to the browser, on the clock of its audio context. */
interface Scheduled {
  readonly startsAt: number;
  readonly fromSeconds: number;
  readonly seconds: number;
}

/** Plays a recording piece by piece, so that nothing of it stays in memory. Loops have no gap. */
export class RecordingPlayer implements PlayerCommands {
  readonly #holder = new StateHolder<PlayerState>({ isPlaying: false, isLooping: false });
  readonly subscribe = this.#holder.subscribe;
  readonly #fetch: (fromSeconds: number, seconds: number) => Promise<Piece>;
  #context: AudioContext | undefined;
  #sources: AudioBufferSourceNode[] = [];
  #scheduled: Scheduled[] = [];
  #positionSeconds = 0;
  /** Grows with every start and stop: what was begun before is over. */
  #turn = 0;

  /** @param fetch gives sound; less than asked for at the end, none behind it. */
  constructor(fetch: (fromSeconds: number, seconds: number) => Promise<Piece>) {
    this.#fetch = fetch;
  }

  get state(): PlayerState {
    return this.#holder.state;
  }

  get positionSeconds(): number {
    const context = this.#context;
    if (!this.state.isPlaying || !context) return this.#positionSeconds;
    // What is heard now was handed over before.
    const now = context.currentTime - (context.outputLatency || 0);
    while (this.#scheduled.length > 1 && (this.#scheduled[1] as Scheduled).startsAt <= now) this.#scheduled.shift();
    const [playing] = this.#scheduled;
    if (playing) {
      this.#positionSeconds = playing.fromSeconds + Math.max(0, Math.min(playing.seconds, now - playing.startsAt));
    }
    return this.#positionSeconds;
  }

  play(fromSeconds: number, toSeconds: number, isLooping: boolean): void {
    this.#silence();
    this.#positionSeconds = fromSeconds;
    this.#context ??= new AudioContext();
    void this.#context.resume();
    this.#holder.change({ isPlaying: true, isLooping });
    void this.#feed(this.#context, fromSeconds, toSeconds, isLooping, this.#turn).catch(() => this.stop());
  }

  stop(): void {
    this.#positionSeconds = this.positionSeconds;
    this.#silence();
    this.#holder.change({ isPlaying: false, isLooping: false });
  }

  /** Frees the browser's player. */
  close(): void {
    this.stop();
    void this.#context?.close();
    this.#context = undefined;
  }

  #silence(): void {
    this.#turn++;
    for (const source of this.#sources) source.stop();
    this.#sources = [];
    this.#scheduled = [];
  }

  async #feed(
    context: AudioContext,
    fromSeconds: number,
    toSeconds: number,
    isLooping: boolean,
    turn: number,
  ): Promise<void> {
    let at = fromSeconds;
    let endsAt = 0;
    for (;;) {
      const wanted = Math.min(PIECE_SECONDS, toSeconds - at);
      const { samples, sampleRateHz } = wanted > 0 ? await this.#fetch(at, wanted) : { samples: [], sampleRateHz: 1 };
      if (turn !== this.#turn) return;
      if (samples.length === 0) {
        if (!isLooping || at === fromSeconds) break;
        at = fromSeconds;
        continue;
      }
      const startsAt = Math.max(endsAt, context.currentTime + LEAD_SECONDS);
      const seconds = samples.length / sampleRateHz;
      this.#schedule(context, samples as Float32Array<ArrayBuffer>, sampleRateHz, startsAt);
      this.#scheduled.push({ startsAt, fromSeconds: at, seconds });
      endsAt = startsAt + seconds;
      at += seconds;
      await until(context, endsAt - AHEAD_SECONDS);
      if (turn !== this.#turn) return;
    }
    await until(context, endsAt);
    if (turn === this.#turn) this.stop();
  }

  #schedule(context: AudioContext, samples: Float32Array<ArrayBuffer>, sampleRateHz: number, startsAt: number): void {
    const buffer = context.createBuffer(1, samples.length, sampleRateHz);
    buffer.copyToChannel(samples, 0);
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    source.start(startsAt);
    this.#sources.push(source);
    source.addEventListener('ended', () => {
      this.#sources = this.#sources.filter((other) => other !== source);
    });
  }
}

/** Waits until a moment on the context's clock, which stands still while the browser holds the sound back. */
async function until(context: AudioContext, seconds: number): Promise<void> {
  while (context.currentTime < seconds && context.state !== 'closed') {
    const waitMs = Math.max(10, 1000 * (seconds - context.currentTime));
    await new Promise((resolve) => setTimeout(resolve, Math.min(100, waitMs)));
  }
}
