export type WavFormat = 'u8' | 's16' | 's24' | 's32' | 'f32';

const bytesPerSample = { u8: 1, s16: 2, s24: 3, s32: 4, f32: 4 } as const;

function writeSample(bytes: Buffer, at: number, format: WavFormat, value: number): void {
  if (format === 'u8') bytes.writeUInt8(Math.round(128 + 127 * value), at);
  else if (format === 's16') bytes.writeInt16LE(Math.round((2 ** 15 - 1) * value), at);
  else if (format === 's24') bytes.writeIntLE(Math.round((2 ** 23 - 1) * value), at, 3);
  else if (format === 's32') bytes.writeInt32LE(Math.round((2 ** 31 - 1) * value), at);
  else bytes.writeFloatLE(value, at);
}

/** A WAV file of samples between −1 and 1; all channels are equally long. */
export function encodeWav(channels: readonly ArrayLike<number>[], sampleRateHz: number, format: WavFormat): Buffer {
  const width = bytesPerSample[format];
  const blockBytes = width * channels.length;
  const dataBytes = blockBytes * (channels[0]?.length ?? 0);
  const bytes = Buffer.alloc(44 + dataBytes);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(36 + dataBytes, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(format === 'f32' ? 3 : 1, 20);
  bytes.writeUInt16LE(channels.length, 22);
  bytes.writeUInt32LE(sampleRateHz, 24);
  bytes.writeUInt32LE(sampleRateHz * blockBytes, 28);
  bytes.writeUInt16LE(blockBytes, 32);
  bytes.writeUInt16LE(8 * width, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(dataBytes, 40);
  for (const [c, channel] of channels.entries()) {
    for (let i = 0; i < channel.length; i++) {
      writeSample(bytes, 44 + i * blockBytes + c * width, format, channel[i] as number);
    }
  }
  return bytes;
}

/** A sine of the given amplitude. */
export function sine(hz: number, amplitude: number, samples: number, sampleRateHz: number): Float32Array {
  return Float32Array.from({ length: samples }, (_, i) => amplitude * Math.sin((2 * Math.PI * hz * i) / sampleRateHz));
}
