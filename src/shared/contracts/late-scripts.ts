/**
 * Whether a file of the build, given by its URL, is a script that the first visit does without: those that decode sound files,
 * those of recordings, and the writer of Parquet. They are cached when they are first needed, or when Earmark is started again.
 */
export function isLateScript(url: string): boolean {
  return /^assets\/(decoder|recordings|earmark-recordings|parquet)-[^/]+\.js$/.test(url);
}
