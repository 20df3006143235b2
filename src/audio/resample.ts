/** Resamples a snippet of mono sound with the browser's own resampler; one at the right rate comes back as it is. */
export async function resample(
  samples: Float32Array<ArrayBuffer>,
  fromHz: number,
  toHz: number,
): Promise<Float32Array> {
  if (fromHz === toHz || samples.length === 0) return samples;
  const context = new OfflineAudioContext(1, Math.max(1, Math.round((samples.length * toHz) / fromHz)), toHz);
  const buffer = new AudioBuffer({ length: samples.length, sampleRate: fromHz });
  buffer.copyToChannel(samples, 0);
  const source = new AudioBufferSourceNode(context, { buffer });
  source.connect(context.destination);
  source.start();
  return (await context.startRendering()).getChannelData(0);
}
