/** Samples of YAMNet's input: 0.975 s at 16 kHz. */
const YAMNET_SAMPLES = 15_600;

/** YAMNet's input: the newest 0.975 s of a stream. Its front end is part of its model. */
export class YamnetWindow {
  readonly samples = new Float32Array(YAMNET_SAMPLES);

  push(samples: Float32Array): void {
    this.samples.copyWithin(0, samples.length);
    this.samples.set(samples, YAMNET_SAMPLES - samples.length);
  }
}
