/** Names that files with sound end in. They decide what is opened in a folder; what a file is shows its content. */
const extensions = new Set(
  (
    '3ga 3gp aa aac aax ac3 aif aifc aiff alac amr ape asf au avi awb bwf caf dff dsf dts eac3 flac flv m2a m4a m4b m4p m4r m4v mka mkv ' +
    'mov mp1 mp2 mp3 mp4 mpa mpc mpeg mpg mts oga ogg ogm ogv opus qta ra rf64 rm snd spx tta voc w64 wav wave weba ' +
    'webm wma wmv wv'
  ).split(' '),
);

/** Whether a name looks like that of a file with sound. */
export function isSoundName(name: string): boolean {
  const extension = /\.([^.]+)$/.exec(name)?.[1];
  return extension !== undefined && extensions.has(extension.toLowerCase());
}
