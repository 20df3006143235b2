/** Below this part of the loudest channel's energy, the mean of the channels has lost what they hold. */
const CANCELS_BELOW = 0.3;
/** The mean is used again from here on: two unrelated channels reach one half. */
const MEANS_ABOVE = 0.45;
/** Another channel is taken only if its energy is that many times as high: 6 dB. */
const LOUDER_BY = 4;
/** A channel with less than this part of the loudest one's energy is silent: −40 dB. */
const SILENT_BELOW = 1e-4;
/** Energies fade by a factor of e in this time, so that the choice follows what changes. */
const MEMORY_SECONDS = 10;
const CROSSFADE_SECONDS = 0.02;
const MOST_CHANNELS = 256;
const MEAN = -1;

/** Why one channel is used instead of the mean of all. */
export type ChannelReason = 'cancels' | 'others-silent';

/** Loops over the samples of one or two channels, which most sounds have. Samples that are not finite count as 0. */
export interface MixLoops {
  /** Writes the mean of two channels, and adds their energies to `energies`. @returns the energy of the mean. */
  mixTwo(first: Float32Array, second: Float32Array, length: number, mean: Float32Array, energies: Float64Array): number;
  copy(channel: Float32Array, length: number, output: Float32Array): void;
}

/** The loops in JavaScript, for samples that lie anywhere. */
const plainLoops: MixLoops = { mixTwo, copy: copyChannel };

/**
 * Mixes channels down to one: to their mean, or to the loudest of them while the mean has less than three tenths of its
 * energy. So it is if the channels cancel (opposite phase), or if all but one are silent. Changes of the choice are
 * faded.
 *
 * Allocates nothing after the constructor, because the audio thread uses it.
 */
export class MonoMixer {
  readonly #sampleRateHz: number;
  readonly #evidenceSeconds: number;
  readonly #energies = new Float64Array(MOST_CHANNELS);
  #meanEnergy = 0;
  #seconds = 0;
  #source = MEAN;
  #previous = MEAN;
  /** Samples of the crossfade that are still to come. */
  #fadeLeft = 0;
  readonly #fadeSamples: number;
  readonly #loops: MixLoops;

  /** @param evidenceSeconds heard before a first choice. 0 if whole stretches are mixed at once. */
  constructor(sampleRateHz: number, evidenceSeconds = 0, loops = plainLoops) {
    this.#sampleRateHz = sampleRateHz;
    this.#evidenceSeconds = evidenceSeconds;
    this.#loops = loops;
    this.#fadeSamples = Math.round(CROSSFADE_SECONDS * sampleRateHz);
  }

  /** The channel in use, counted from 0; undefined for the mean of all. */
  get channel(): number | undefined {
    return this.#source === MEAN ? undefined : this.#source;
  }

  /** Why {@link channel} is used; undefined for the mean. */
  get reason(): ChannelReason | undefined {
    if (this.#source === MEAN) return undefined;
    const most = SILENT_BELOW * (this.#energies[this.#source] as number);
    const isAlone = this.#energies.every((energy, channel) => channel === this.#source || energy <= most);
    return isAlone ? 'others-silent' : 'cancels';
  }

  /** Mixes the first `length` samples of the channels into `output`. Samples that are not finite count as 0. */
  mix(channels: readonly Float32Array[], length: number, output: Float32Array): void {
    // The mean is wanted most of the time, and its energy always.
    if (channels.length > 1) this.#listen(channels, length, output);
    else if (channels.length === 1) this.#loops.copy(channels[0] as Float32Array, length, output);
    else output.fill(0, 0, length);
    const isFirst = this.#seconds === 0;
    this.#seconds += length / this.#sampleRateHz;
    if (channels.length > 1 && this.#seconds >= this.#evidenceSeconds) this.#choose(channels.length, isFirst);
    if (this.#source !== MEAN) copyChannel(channels[this.#source], length, output);
    const faded = Math.min(length, this.#fadeLeft);
    for (let i = 0; i < faded; i++) {
      const share = (this.#fadeLeft - i) / this.#fadeSamples;
      output[i] = share * sampleAt(channels, this.#previous, i) + (1 - share) * (output[i] as number);
    }
    this.#fadeLeft -= faded;
  }

  /** Computes the mean of the next samples, and adds their energies and that of the mean. */
  #listen(channels: readonly Float32Array[], length: number, mean: Float32Array): void {
    const kept = Math.exp(-length / (MEMORY_SECONDS * this.#sampleRateHz));
    this.#meanEnergy *= kept;
    for (let c = 0; c < channels.length; c++) this.#energies[c] = kept * (this.#energies[c] as number);
    if (channels.length === 2) {
      const [first, second] = channels as [Float32Array, Float32Array];
      this.#meanEnergy += this.#loops.mixTwo(first, second, length, mean, this.#energies);
      return;
    }
    for (let i = 0; i < length; i++) mean[i] = sampleAt(channels, MEAN, i);
    this.#meanEnergy += energyOf(mean, length);
    for (let c = 0; c < channels.length; c++) {
      this.#energies[c] = (this.#energies[c] as number) + energyOf(channels[c] as Float32Array, length);
    }
  }

  #choose(channels: number, isFirst: boolean): void {
    let loudest = 0;
    for (let c = 1; c < channels; c++) {
      if ((this.#energies[c] as number) > (this.#energies[loudest] as number)) loudest = c;
    }
    const most = this.#energies[loudest] as number;
    if (most === 0) return;
    const part = this.#meanEnergy / most;
    let source = this.#source >= channels ? MEAN : this.#source;
    if (source === MEAN) {
      if (part < CANCELS_BELOW) source = loudest;
    } else if (part > MEANS_ABOVE) {
      source = MEAN;
    } else if (most > LOUDER_BY * (this.#energies[source] as number)) {
      source = loudest;
    }
    if (source === this.#source) return;
    this.#previous = this.#source;
    this.#source = source;
    this.#fadeLeft = isFirst ? 0 : this.#fadeSamples;
  }
}

/**
 * Writes the mean of two channels, and adds their energies to `energies`: all in one pass, because stereo is what most files
 * have, and three sums that do not wait for each other take hardly longer than one. @returns the energy of the mean.
 */
function mixTwo(
  first: Float32Array,
  second: Float32Array,
  length: number,
  mean: Float32Array,
  energies: Float64Array,
): number {
  let [firstEnergy, secondEnergy, meanEnergy] = [0, 0, 0];
  for (let i = 0; i < length; i++) {
    const a = finite(first[i] as number);
    const b = finite(second[i] as number);
    const sample = Math.fround((a + b) / 2);
    mean[i] = sample;
    firstEnergy += a * a;
    secondEnergy += b * b;
    meanEnergy += sample * sample;
  }
  energies[0] = (energies[0] as number) + firstEnergy;
  energies[1] = (energies[1] as number) + secondEnergy;
  return meanEnergy;
}

/** The loops are short and of one kind each, because compilers make those fast. */
function energyOf(samples: Float32Array, length: number): number {
  let energy = 0;
  for (let i = 0; i < length; i++) {
    const sample = finite(samples[i] as number);
    energy += sample * sample;
  }
  return energy;
}

/** A channel that is gone is silent. */
function copyChannel(channel: Float32Array | undefined, length: number, output: Float32Array): void {
  for (let i = 0; i < length; i++) output[i] = finite(channel?.[i] ?? 0);
}

/** A sample of a channel, or the mean of all channels' samples. A channel that is gone is silent. */
function sampleAt(channels: readonly Float32Array[], source: number, index: number): number {
  if (source !== MEAN) return finite(channels[source]?.[index] ?? 0);
  let sum = 0;
  for (let c = 0; c < channels.length; c++) sum += finite((channels[c] as Float32Array)[index] as number);
  return channels.length > 1 ? sum / channels.length : sum;
}

function finite(sample: number): number {
  return Number.isFinite(sample) ? sample : 0;
}
