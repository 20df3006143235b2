/** Amplitude of the sine of `hz` in the sound, by correlation over whole periods. */
export function amplitudeAt(samples: Float32Array, hz: number, rate: number): number {
  const length = Math.floor(Math.floor((samples.length * hz) / rate) * (rate / hz));
  let [real, imaginary] = [0, 0];
  for (let i = 0; i < length; i++) {
    const phase = (2 * Math.PI * hz * i) / rate;
    real += (samples[i] as number) * Math.cos(phase);
    imaginary += (samples[i] as number) * Math.sin(phase);
  }
  return (2 * Math.hypot(real, imaginary)) / length;
}
