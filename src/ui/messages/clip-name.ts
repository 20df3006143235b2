import type { NamedClip } from '../../shared/contracts/messages/notice';

/**
 * A function that gives a clip's name in a language: the person's, else one with the moment at which it was kept.
 *
 * @param nameless the name with that moment: “24 Nov, 14:03:27”.
 */
export function clipNameIn(language: string, nameless: (when: string) => string): (clip: NamedClip) => string {
  // Browsers take long to make one, so the start does without.
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
