import type { NamedClip } from '../../shared/contracts/messages/notice';

/**
 * Makes a function that names a clip in a language: the person's name, or one made from the time at which it was kept.
 *
 * @param nameless the name made from that time, “24 Nov, 14:03:27”.
 */
export function clipNameIn(language: string, nameless: (when: string) => string): (clip: NamedClip) => string {
  // Browsers create one slowly, so it is left out of the start.
  let format: Intl.DateTimeFormat | undefined;
  return ({ name, keptAtMs }) => {
    if (name !== '') return name;
    format ??= new Intl.DateTimeFormat(language, {
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    return nameless(format.format(keptAtMs));
  };
}
