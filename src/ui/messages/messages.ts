import { type Language, languages } from '../../shared/contracts/messages/language';
import type { Messages } from './en';
import { labelNameIn } from './en/labels';
import { startTexts } from './start-texts';

/**
 * The texts of the language that is in use: `t.listenButton.ready`. Elements read it each time that they draw, and are
 * {@link LocalizedElement}s, so that they draw anew in another language.
 *
 * Until {@link loadAllTexts} was awaited it lacks those of views that are fetched when they are opened.
 */
export let t = startTexts as unknown as Messages;

/** The language that is in use, for numbers and dates. */
export let language: Language = 'en';

/** The language that was asked for last. */
let asked: Language = 'en';

/** Fired on {@link languageEvents} when the page speaks another language. */
export const LANGUAGE_EVENT = 'languagechange';

export const languageEvents = new EventTarget();

/** Whose forms of dates a language takes. */
export const locales: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de' };

/** What the languages are called in themselves. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

/** Each is fetched when it is wanted; what the first paint says in English is in the page. */
const loaders: Readonly<Record<Language, () => Promise<Messages>>> = {
  en: async () => (await import('./en')).en,
  de: async () => (await import('./de')).de,
};

/**
 * The language to speak: what was set, else the first of the person's languages that there is, else English.
 *
 * @param set empty: as the browser.
 * @param wanted BCP 47 tags, the most wanted first, as in `navigator.languages`.
 */
export function languageFor(set: Language | '', wanted: readonly string[]): Language {
  if (set !== '') return set;
  const found = wanted.map((tag) => languages.find((known) => known === tag.toLowerCase().split('-')[0]));
  return found.find((known) => known !== undefined) ?? 'en';
}

/** Lets the page speak another language, once its texts are there; without them it goes on as it was. */
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
  // Another one may have been asked for meanwhile.
  if (asked !== next) return;
  t = texts;
  language = next;
  document.documentElement.lang = next;
  languageEvents.dispatchEvent(new Event(LANGUAGE_EVENT));
}

/** Fetches the English texts that the first paint does without; does nothing where all are there. */
export async function loadAllTexts(): Promise<void> {
  const { en } = await import('./en');
  if (language !== 'en' || t === en) return;
  t = en;
  languageEvents.dispatchEvent(new Event(LANGUAGE_EVENT));
}

/** A label's name in the language in use; the name of a sound that a person has taught stays as it is. */
export function labelName(label: { readonly id: string; readonly name: string }): string {
  return labelNameIn(t.labels, label);
}
