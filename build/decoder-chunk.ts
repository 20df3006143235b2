/** Packages that decode sound files. Each is a script of its own, which is fetched when a file needs it. */
const packages: Readonly<Record<string, string>> = {
  mediabunny: 'containers',
  'mpg123-decoder': 'mpg123',
  'opus-decoder': 'opus',
  '@wasm-audio-decoders/ogg-vorbis': 'vorbis',
  '@wasm-audio-decoders/common': 'common',
  'codec-parser': 'common',
};

/**
 * Puts each decoder into a script whose name tells that it is one (`isLateScript`).
 *
 * @returns the name of the module's chunk; null leaves the choice to the bundler.
 */
export function decoderChunk(id: string): string | null {
  // The readers around them are as little needed on a first visit.
  if (/\/src\/sound\/(alac|container|flac|mpeg|ogg)\//.test(id)) return 'decoder-readers';
  const name = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
  const decoder = name === undefined ? undefined : packages[name];
  return decoder === undefined ? null : `decoder-${decoder}`;
}
