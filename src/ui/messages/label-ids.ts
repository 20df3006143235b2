import { labels as german } from './de/labels';
import { labels as english } from './en/labels';

const ids = new Map<string, string>();
for (const names of [english, german]) {
  for (const [id, name] of Object.entries(names)) ids.set(plain(name), id);
}
for (const id of Object.keys(english)) ids.set(plain(id), id);

/** The id of a shipped label, by its id or its name in any language of the page. Other texts stay as they are. */
export function labelIdOf(text: string): string {
  return ids.get(plain(text)) ?? text;
}

/** Whether a text is the id of a shipped label, or its name in any language of the page. */
export function isLabelName(text: string): boolean {
  return ids.has(plain(text));
}

function plain(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')
    .trim();
}
