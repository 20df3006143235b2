/** A file that a test makes. */
export interface GeneratedSound {
  readonly name: string;
  readonly program: 'ffmpeg' | 'sox';
  /** For sox, `OUT` stands for the file's path; for ffmpeg the path follows. */
  readonly args: readonly string[];
}

/** Two seconds of a tone and noise, the same in every run. */
function source(rateHz: number, channels: number, seconds = 1.37): string[] {
  const tone = (c: number): string => `0.3*sin(2*PI*${300 + 110 * c}*t)+0.1*(random(${c})-0.5)`;
  const expression = Array.from({ length: channels }, (_, c) => tone(c)).join('|');
  return ['-f', 'lavfi', '-i', `aevalsrc='${expression}':s=${rateHz}:d=${seconds}`];
}

function byFfmpeg(
  codec: string,
  container: string,
  rateHz: number,
  channels: number,
  ...more: string[]
): GeneratedSound {
  const name = [codec, rateHz, channels, ...more].join('-').replace(/[^a-z0-9-]+/gi, '');
  return {
    name: `${name}.${container}`,
    program: 'ffmpeg',
    args: [...source(rateHz, channels), '-c:a', codec, '-strict', '-2', ...more],
  };
}

function bySox(container: string, rateHz: number, channels: number, ...format: string[]): GeneratedSound {
  const name = ['sox', container, rateHz, channels, ...format].join('-').replace(/[^a-z0-9-]+/gi, '');
  const synth = ['synth', '1.37', 'sine', '440', 'gain', '-6'];
  return {
    name: `${name}.${container}`,
    program: 'sox',
    args: ['-R', '-n', '-D', '-r', String(rateHz), '-c', String(channels), ...format, 'OUT', ...synth],
  };
}

const each = <T, U>(values: readonly T[], make: (value: T) => U): U[] => values.map(make);

/** The kinds of files that people have, at the rates and channels that their recorders use. */
export const generatedSounds: readonly GeneratedSound[] = [
  // WAV of every kind, and its relatives.
  ...['pcm_u8', 'pcm_s16le', 'pcm_s24le', 'pcm_s32le', 'pcm_f32le', 'pcm_f64le', 'pcm_alaw', 'pcm_mulaw'].flatMap(
    (codec) => [byFfmpeg(codec, 'wav', 8000, 1), byFfmpeg(codec, 'wav', 48_000, 2)],
  ),
  ...each([16_000, 22_050, 96_000, 192_000, 384_000], (rate) => byFfmpeg('pcm_s16le', 'wav', rate, 1)),
  ...each([4, 6, 8], (channels) => byFfmpeg('pcm_s24le', 'wav', 48_000, channels)),
  byFfmpeg('pcm_s16le', 'wav', 44_100, 2, '-rf64', 'always'),
  byFfmpeg('adpcm_ms', 'wav', 22_050, 1),
  byFfmpeg('adpcm_ms', 'wav', 44_100, 2),
  byFfmpeg('adpcm_ima_wav', 'wav', 22_050, 1),
  byFfmpeg('adpcm_ima_wav', 'wav', 44_100, 2),
  byFfmpeg('libmp3lame', 'wav', 44_100, 2),
  byFfmpeg('pcm_s16le', 'w64', 44_100, 2),
  byFfmpeg('pcm_s24le', 'w64', 96_000, 1),
  ...each(['pcm_s16be', 'pcm_s24be', 'pcm_f32be', 'pcm_s16le'], (codec) => byFfmpeg(codec, 'aiff', 44_100, 2)),
  ...each(['pcm_s16be', 'pcm_s16le', 'pcm_s24le', 'pcm_f32le', 'pcm_alaw'], (codec) =>
    byFfmpeg(codec, 'caf', 44_100, 2),
  ),
  byFfmpeg('adpcm_ima_qt', 'caf', 44_100, 2),
  byFfmpeg('adpcm_ima_qt', 'aiff', 22_050, 1),
  ...each(['pcm_s16be', 'pcm_mulaw', 'pcm_f32be'], (codec) => byFfmpeg(codec, 'au', 22_050, 1)),
  ...each(['wav', 'aiff', 'au', 'caf', 'w64'], (container) => bySox(container, 44_100, 2, '-b', '16')),
  ...each(['wav', 'aiff'], (container) => bySox(container, 32_000, 1, '-b', '24')),
  bySox('wav', 8000, 1, '-e', 'a-law'),
  bySox('wav', 8000, 1, '-e', 'u-law'),
  bySox('wav', 250_000, 1, '-b', '16'),
  bySox('flac', 44_100, 2, '-b', '16'),
  bySox('flac', 96_000, 1, '-b', '24'),
  bySox('ogg', 44_100, 2),
  bySox('wav', 44_100, 2, '-e', 'float'),
  // Compressed.
  ...each([8000, 16_000, 32_000, 44_100, 96_000, 192_000], (rate) => byFfmpeg('flac', 'flac', rate, 1)),
  ...each([2, 3, 6, 8], (channels) => byFfmpeg('flac', 'flac', 48_000, channels, '-sample_fmt', 's32')),
  byFfmpeg('flac', 'ogg', 44_100, 2),
  byFfmpeg('flac', 'mkv', 44_100, 2),
  byFfmpeg('flac', 'mp4', 44_100, 2),
  ...each([8000, 11_025, 12_000, 16_000, 22_050, 32_000, 44_100, 48_000], (rate) =>
    byFfmpeg('libmp3lame', 'mp3', rate, 1),
  ),
  ...each(['-b:a 64k', '-b:a 320k', '-q:a 0', '-q:a 9'], (rate) =>
    byFfmpeg('libmp3lame', 'mp3', 44_100, 2, ...rate.split(' ')),
  ),
  byFfmpeg('libmp3lame', 'mp3', 44_100, 2, '-write_xing', '0'),
  byFfmpeg('libmp3lame', 'mp3', 44_100, 2, '-write_id3v1', '1'),
  byFfmpeg('mp2', 'mp2', 48_000, 2),
  byFfmpeg('libmp3lame', 'mp4', 44_100, 2),
  byFfmpeg('libmp3lame', 'mkv', 44_100, 2),
  ...each([8000, 16_000, 24_000, 48_000], (rate) => byFfmpeg('libopus', 'opus', rate, 1)),
  ...each(['16k', '128k'], (rate) => byFfmpeg('libopus', 'ogg', 48_000, 2, '-b:a', rate)),
  byFfmpeg('libopus', 'webm', 48_000, 2),
  byFfmpeg('libopus', 'webm', 48_000, 1, '-live', '1'),
  byFfmpeg('libopus', 'mp4', 48_000, 2),
  ...each([8000, 22_050, 44_100, 48_000], (rate) => byFfmpeg('libvorbis', 'ogg', rate, 1)),
  byFfmpeg('libvorbis', 'ogg', 44_100, 2, '-q:a', '9'),
  byFfmpeg('libvorbis', 'webm', 44_100, 2),
  byFfmpeg('libvorbis', 'mkv', 44_100, 1),
  ...each([1, 2], (channels) => byFfmpeg('alac', 'm4a', 44_100, channels)),
  byFfmpeg('alac', 'm4a', 96_000, 2, '-sample_fmt', 's32p'),
  byFfmpeg('alac', 'mov', 22_050, 1),
  ...each(['m4a', 'mp4', 'mov', 'aac', 'mkv', 'ts'], (container) => byFfmpeg('aac', container, 44_100, 2)),
  byFfmpeg('aac', '3gp', 16_000, 1),
  ...each(['pcm_s16be', 'pcm_s24le', 'pcm_f32le', 'pcm_mulaw'], (codec) => byFfmpeg(codec, 'mov', 48_000, 2)),
  byFfmpeg('pcm_s16le', 'mkv', 48_000, 2),
];
