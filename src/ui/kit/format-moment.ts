import { language, locales } from '../messages/messages';

/** Browsers take long to make one, and a list of clips is drawn with every step of a training. */
const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** A moment in the reader's own way, to the minute: “24 Nov 2026, 14:03”. */
export function moment(ms: number): string {
  const format =
    dateFormats.get(language) ??
    new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium', timeStyle: 'short' });
  dateFormats.set(language, format);
  return format.format(ms);
}
