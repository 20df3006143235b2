/** What a key does in a recording. The keys are those of Audacity, where it has one. */
export type RecordingKey =
  | 'play'
  | 'loop'
  | 'zoom-in'
  | 'zoom-out'
  | 'zoom-all'
  | 'zoom-selection'
  | 'back'
  | 'forth'
  | 'back-far'
  | 'forth-far'
  | 'select-back'
  | 'select-forth'
  | 'start'
  | 'end'
  | 'select-start'
  | 'select-end'
  | 'select-from'
  | 'select-to'
  | 'previous-event'
  | 'next-event'
  | 'label'
  | 'none';

/** Keys as `KeyboardEvent.key`, with their modifiers in front. */
const keys: Readonly<Record<string, RecordingKey>> = {
  ' ': 'play',
  'shift+ ': 'loop',
  'ctrl+1': 'zoom-in',
  '+': 'zoom-in',
  'shift++': 'zoom-in',
  'ctrl+3': 'zoom-out',
  '-': 'zoom-out',
  'ctrl+f': 'zoom-all',
  'ctrl+2': 'zoom-all',
  'ctrl+e': 'zoom-selection',
  arrowleft: 'back',
  arrowright: 'forth',
  ',': 'back-far',
  '.': 'forth-far',
  'shift+arrowleft': 'select-back',
  'shift+arrowright': 'select-forth',
  home: 'start',
  end: 'end',
  'shift+home': 'select-start',
  'shift+end': 'select-end',
  '[': 'select-from',
  ']': 'select-to',
  'alt+arrowleft': 'previous-event',
  'alt+arrowright': 'next-event',
  'ctrl+b': 'label',
  escape: 'none',
};

/**
 * What a key press asks for; undefined while the person types, chooses, or answers a dialog, or if a control of its own takes
 * the key.
 */
export function recordingKeyOf(event: KeyboardEvent): RecordingKey | undefined {
  if (event.defaultPrevented) return undefined;
  const held = [(event.ctrlKey || event.metaKey) && 'ctrl+', event.altKey && 'alt+', event.shiftKey && 'shift+'].filter(
    Boolean,
  );
  const action = keys[`${held.join('')}${event.key.toLowerCase()}`];
  if (action === undefined) return undefined;
  const own = `input, select, textarea, dialog${event.key === ' ' ? ', button, a, summary' : ''}`;
  const isTaken = event.composedPath().some((node) => node instanceof HTMLElement && node.matches(own));
  return isTaken ? undefined : action;
}
