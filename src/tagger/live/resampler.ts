/** Converts consecutive pieces of one stream. The result may be a view that the next call overwrites. */
export type Resampler = (samples: Float32Array) => Float32Array;

/**
 * Makes a resampler for a live stream.
 *
 * Most browsers resample the microphone to the rate of the audio context; for those that refuse (Firefox), this does it
 * with libsamplerate, which is fetched only then.
 */
export async function createResampler(fromHz: number, toHz: number): Promise<Resampler> {
  if (fromHz === toHz) return (samples) => samples;
  const { create, ConverterType } = await import('@alexanderolsen/libsamplerate-js');
  const converter = await create(1, fromHz, toHz, { converterType: ConverterType.SRC_SINC_FASTEST });
  return (samples) => converter.full(samples);
}
