import { Resampler } from '../dsp/resampler';
import { type ChannelReason, MonoMixer } from '../shared/lib/sound/mono-mixer';
import { MixKernel } from './mix-kernel';
import type { SoundFile } from './sound-file';

/** Stretches in which the choice of a channel and of a gain is made. */
const STRETCH_SECONDS = 0.25;
/** A gain reaches its new value in this time. */
const RAMP_SECONDS = 0.01;

/** What was done to a sound's channels and level, to be said to people. */
export interface MixFacts {
  /** The channel used for most of the sound, counted from 1, and why it was not the mean of all. */
  readonly channel?: { readonly number: number; readonly reason: ChannelReason };
  /** The sound went beyond full scale by this factor, and was made quieter by it. */
  readonly beyondFullScale?: number;
}

/**
 * Reads a file's sound as one channel at the rate of a model: channels are mixed by {@link MonoMixer}, and what goes
 * beyond full scale is made quieter, from there to the end. Every user of files reads them so, in the page and in Node.
 */
export class MonoReader {
  readonly #sound: SoundFile;
  readonly #sampleRateHz: number;
  /** Stretches in which a channel was used instead of the mean. */
  readonly #used = new Map<number, { stretches: number; reason: ChannelReason }>();
  #stretches = 0;
  #peak = 1;

  constructor(sound: SoundFile, sampleRateHz: number) {
    this.#sound = sound;
    this.#sampleRateHz = sampleRateHz;
  }

  /** What was done so far: complete after the last piece. */
  get facts(): MixFacts {
    const [most] = [...this.#used].sort(([, a], [, b]) => b.stretches - a.stretches);
    const isMain = most !== undefined && 2 * most[1].stretches > this.#stretches;
    return {
      ...(isMain && { channel: { number: most[0] + 1, reason: most[1].reason } }),
      ...(this.#peak > 1 && { beyondFullScale: this.#peak }),
    };
  }

  /** The samples from `startSeconds` on. Each piece overwrites the one before. @throws SoundError. */
  async *read(startSeconds = 0): AsyncGenerator<Float32Array> {
    const fromHz = this.#sound.sampleRateHz;
    const resampler = fromHz === this.#sampleRateHz ? undefined : new Resampler(fromHz, this.#sampleRateHz);
    for await (const stretch of this.#stretchesOf(startSeconds)) {
      yield resampler ? resampler.push(stretch) : stretch;
    }
    if (resampler) yield resampler.end();
  }

  /**
   * One channel at the file's own rate, in stretches whose length does not depend on the decoder. Each overwrites the one
   * before.
   */
  async *#stretchesOf(startSeconds: number): AsyncGenerator<Float32Array> {
    const rate = this.#sound.sampleRateHz;
    const length = Math.round(STRETCH_SECONDS * rate);
    const channels = this.#sound.channels;
    const kernel = MixKernel.create(channels + 1, length);
    const rooms = kernel?.rooms ?? Array.from({ length: channels + 1 }, () => new Float32Array(length));
    const mono = rooms[channels] as Float32Array;
    const mixer = new MonoMixer(rate, 0, kernel);
    const waiting = rooms.slice(0, channels);
    let filled = 0;
    const mixed = (): Float32Array => {
      mixer.mix(waiting, filled, mono);
      this.#note(mixer);
      const stretch = mono.subarray(0, filled);
      this.#limit(stretch, kernel ? kernel.peak(mono, filled) : peakOf(stretch));
      filled = 0;
      return stretch;
    };
    for await (const piece of this.#sound.readPieces(startSeconds)) {
      const frames = piece[0]?.length ?? 0;
      for (let taken = 0; taken < frames; ) {
        const count = Math.min(length - filled, frames - taken);
        for (const [c, channel] of waiting.entries()) {
          channel.set((piece[c] as Float32Array).subarray(taken, taken + count), filled);
        }
        taken += count;
        filled += count;
        if (filled === length) yield mixed();
      }
    }
    if (filled > 0) yield mixed();
  }

  #note(mixer: MonoMixer): void {
    this.#stretches++;
    const { channel, reason } = mixer;
    if (channel === undefined || reason === undefined) return;
    this.#used.set(channel, { stretches: (this.#used.get(channel)?.stretches ?? 0) + 1, reason });
  }

  /** Keeps a stretch within full scale. The gain never rises again, so that what follows keeps its proportions. */
  #limit(stretch: Float32Array, peakOfStretch: number): void {
    const peak = Math.max(this.#peak, peakOfStretch);
    if (peak === 1) return;
    const before = this.#stretches === 1 ? 1 / peak : 1 / this.#peak;
    const after = 1 / peak;
    const ramp = Math.round(RAMP_SECONDS * this.#sound.sampleRateHz);
    for (let i = 0; i < stretch.length; i++) {
      const gain = i < ramp ? before + ((after - before) * i) / ramp : after;
      stretch[i] = Math.max(-1, Math.min(1, (stretch[i] as number) * gain));
    }
    this.#peak = peak;
  }
}

function peakOf(samples: Float32Array): number {
  let peak = 0;
  for (let i = 0; i < samples.length; i++) {
    const magnitude = Math.abs(samples[i] as number);
    // Math.max takes several times as long, because it looks for NaN and −0.
    if (magnitude > peak) peak = magnitude;
  }
  return peak;
}

/** Reads a whole sound as one channel. Only for sounds that are known to be short. @throws SoundError. */
export async function readWholeMono(reader: MonoReader): Promise<Float32Array<ArrayBuffer>> {
  const pieces: Float32Array[] = [];
  let length = 0;
  for await (const piece of reader.read()) {
    pieces.push(piece.slice());
    length += piece.length;
  }
  const whole = new Float32Array(length);
  let written = 0;
  for (const piece of pieces) {
    whole.set(piece, written);
    written += piece.length;
  }
  return whole;
}
