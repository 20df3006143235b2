import type { TabId } from './tabs';

/** What a key does. */
export type ShortcutName = 'toggle' | 'keep' | 'filter' | 'help' | TabId;

/** Keys without another one held down; letters in either case. */
export const shortcuts: Readonly<Record<ShortcutName, string>> = {
  toggle: 's',
  keep: 'r',
  filter: '/',
  listen: '1',
  teach: '2',
  models: '3',
  settings: '4',
  help: '?',
};

/** The shortcut that a key press asks for; none while the person types, chooses, or answers a dialog. */
export function shortcutOf(event: KeyboardEvent): ShortcutName | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat) return undefined;
  const inUse = (node: EventTarget) => node instanceof HTMLElement && node.matches('input, select, textarea, dialog');
  if (event.composedPath().some(inUse)) return undefined;
  const key = event.key.toLowerCase();
  return (Object.keys(shortcuts) as ShortcutName[]).find((name) => shortcuts[name] === key);
}
