import { type Language, languages } from '../../shared/contracts/messages/language';
import type { Messages } from './en';
import { labelNameIn } from './label-name';
import { startTexts } from './start-texts';

/**
 * The texts of the current language: `t.listenButton.ready`. Elements read it whenever they draw, and are {@link
 * LocalizedElement}s, so that they redraw in another language.
 *
 * Until {@link loadAllTexts} has resolved it lacks those of views that are fetched when opened.
 */
export let t = startTexts as unknown as Messages;

/** The current language, for numbers and dates. */
export let language: Language = 'en';

/** The language that was requested last. */
let asked: Language = 'en';

/** Fired on {@link languageEvents} when the page's language changes. */
export const LANGUAGE_EVENT = 'languagechange';

export const languageEvents = new EventTarget();

/** The locale of each language, for date formats. */
export const locales: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de' };

/** Each language's name for itself. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

/** Each is fetched when needed. The English of the first paint is part of the page. */
const loaders: Readonly<Record<Language, () => Promise<Messages>>> = {
  en: async () => (await import('./en')).en,
  de: async () => (await import('./de')).de,
};

/**
 * The language to use: the setting, else the first supported one of the person's languages, else English.
 *
 * @param set empty: the browser's language.
 * @param wanted BCP 47 tags, most preferred first, as in `navigator.languages`.
 */
export function languageFor(set: Language | '', wanted: readonly string[]): Language {
  if (set !== '') return set;
  const found = wanted.map((tag) => languages.find((known) => known === tag.toLowerCase().split('-')[0]));
  return found.find((known) => known !== undefined) ?? 'en';
}

/** Switches the page to another language once its texts are fetched. If that fails, nothing changes. */
export async function useLanguage(next: Language): Promise<void> {
  asked = next;
  if (next === language) return;
  let texts: Messages;
  try {
    texts = await loaders[next]();
  } catch (error) {
    console.error(`The texts in ${languageNames[next]} could not be loaded.`, error);
    return;
  }
  // Another one may have been requested meanwhile.
  if (asked !== next) return;
  t = texts;
  language = next;
  document.documentElement.lang = next;
  languageEvents.dispatchEvent(new Event(LANGUAGE_EVENT));
}

/** Fetches the English texts that the first paint does not need. Does nothing if all are there. */
export async function loadAllTexts(): Promise<void> {
  const { en } = await import('./en');
  if (language !== 'en' || t === en) return;
  t = en;
  languageEvents.dispatchEvent(new Event(LANGUAGE_EVENT));
}

/** A label's name in the current language. Taught sounds keep the name that the person gave them. */
export function labelName(label: { readonly id: string; readonly name: string }): string {
  return labelNameIn(t.labels, t.labelNames, label);
}
