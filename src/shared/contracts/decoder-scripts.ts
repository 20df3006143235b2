/**
 * Whether a file of the build, given by its URL, is a script that decodes sound files. Such scripts are cached when a
 * file first needs them, or when Earmark is started again: the first visit does without.
 */
export function isDecoderScript(url: string): boolean {
  return /^assets\/decoder-[^/]+\.js$/.test(url);
}
