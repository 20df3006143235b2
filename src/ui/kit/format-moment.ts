import { language, locales } from '../messages/messages';

/** Cached: browsers create one slowly, and a list of clips is redrawn with every step of a training. */
const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** A moment in the reader's language, to the minute: “24 Nov 2026, 14:03”. */
export function moment(ms: number): string {
  const format =
    dateFormats.get(language) ??
    new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium', timeStyle: 'short' });
  dateFormats.set(language, format);
  return format.format(ms);
}
