import type { TabId } from './tabs';

/** What a shortcut does. */
export type ShortcutName = 'toggle' | 'keep' | 'freeze' | 'filter' | 'wall' | 'help' | TabId;

/** Keys without modifiers; letters in either case. */
export const shortcuts: Readonly<Record<ShortcutName, string>> = {
  toggle: 's',
  keep: 'r',
  freeze: 'f',
  filter: '/',
  wall: 'w',
  listen: '1',
  diary: 'd',
  recordings: 'h',
  teach: '2',
  models: '3',
  settings: '4',
  help: '?',
};

/** Keys of a recording, as the list of shortcuts shows them; what a view does with them is its own affair. */
export const recordingShortcuts = {
  play: ['Space'],
  loop: ['Shift', 'Space'],
  zoomIn: ['Ctrl', '1'],
  zoomOut: ['Ctrl', '3'],
  zoomAll: ['Ctrl', 'F'],
  zoomSelection: ['Ctrl', 'E'],
  step: ['←', '→'],
  second: [',', '.'],
  select: ['Shift', '← →'],
  ends: ['Home', 'End'],
  selectEnds: ['Shift', 'Home End'],
  border: ['[', ']'],
  event: ['Alt', '← →'],
  label: ['Ctrl', 'B'],
  none: ['Esc'],
} as const;

export type RecordingShortcut = keyof typeof recordingShortcuts;

/** The shortcut for a key press; undefined while the person types, chooses, or answers a dialog. */
export function shortcutOf(event: KeyboardEvent): ShortcutName | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat) return undefined;
  // The space bar also freezes, unless it would press the focused control.
  const space = event.key === ' ';
  const own = `input, select, textarea, dialog${space ? ', button, a, summary' : ''}`;
  if (event.composedPath().some((node) => node instanceof HTMLElement && node.matches(own))) return undefined;
  const key = space ? shortcuts.freeze : event.key.toLowerCase();
  return (Object.keys(shortcuts) as ShortcutName[]).find((name) => shortcuts[name] === key);
}
