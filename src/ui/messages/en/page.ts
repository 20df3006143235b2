import type { Phase, Recovery } from '../../../app/state';
import type { Remedy } from '../../../shared/contracts/problem';

/** A start that goes on can be stopped, so these phases need no words of their own. */
type ListenButtonWords = Exclude<Phase, 'starting' | 'waiting'> | 'demo';

/** Texts of the frame of the page in English. Each element's texts stand under its name. */
export const pageTexts = {
  app: {
    title: 'Earmark: which sounds are around?',
    titleOf: (view: string) => `${view} – Earmark`,
    promise: 'No sound leaves this device.',
    listeningTitle: '● Listening – Earmark',
    microphoneOpen: 'Microphone on. No sound leaves this device.',
    noModel: 'There is no model to listen with.',
    mayAsk: 'Your browser may ask whether Earmark may use the microphone.',
    welcome: 'Which sounds are around?',
    howTo:
      'Press “Start listening” and allow the microphone. Earmark shows which sounds it hears, and how sure it is of each. Nothing is recorded or uploaded.',
    tryDemo: 'Try it without a microphone',
    demo: 'A demo: a crow, a bell, a piano. The microphone is off.',
    /** Phases as a screen reader announces them, once each. */
    phases: {
      loading: 'Loading the model.',
      ready: 'Ready. Not listening.',
      starting: 'Opening the microphone.',
      listening: 'Listening.',
      waiting: 'Waiting for a microphone.',
      failed: 'No model is loaded.',
    } satisfies Record<Phase, string> as Record<Phase, string>,
  },

  views: {
    name: 'Views',
    listen: 'Listen',
    teach: 'Teach',
    models: 'Models',
    settings: 'Settings',
    loading: 'Loading…',
    outdated: 'Earmark was updated in another window. Reload to open this view.',
    failed: 'This view could not be loaded. Check the connection, then try again.',
    tryAgain: 'Try again',
  },

  update: {
    ready: 'A new version is ready. Your clips and heads stay.',
    busy: 'A new version is ready. Take it when you have stopped.',
    taken: 'Earmark was updated in another window. Reload to use the new version here, too.',
    takenBusy: 'Earmark was updated in another window. Reload when you’ve finished.',
    refused: 'Another window of Earmark listens or trains. End that, then reload to take the new version.',
    reload: 'Reload',
  },

  install: {
    title: 'Install Earmark',
    button: 'Install',
    byHand: 'Press Safari’s Share button, then “Add to Home Screen”.',
    why: 'It then starts like any other app, also without a network.',
  },

  listenButton: {
    loading: 'Loading the model…',
    ready: 'Start listening',
    listening: 'Stop listening',
    failed: 'Start listening',
    demo: 'Stop the demo',
  } satisfies Record<ListenButtonWords, string> as Record<ListenButtonWords, string>,

  problem: {
    remedies: {
      listen: 'Try again',
      resume: 'Resume',
      restart: 'Restart',
    } satisfies Record<Exclude<Remedy, 'none'>, string> as Record<Exclude<Remedy, 'none'>, string>,
    dismiss: 'Dismiss',
    more: (count: number) => `And ${count} more like these.`,
  },

  notices: {
    elsewhere:
      'Earmark is open in another tab as well, and only one can save clips and heads. You can listen here; once the other tab is closed, you can save here too, and what you opened is imported.',
    recoveries: {
      worker: 'A part of Earmark had failed and was started anew. Everything goes on as before.',
      wasm: 'The graphics card failed again, so Earmark computes with WASM until the page is reloaded.',
      microphone: 'The microphone was interrupted and opened anew. Listening goes on.',
      'default-microphone':
        'The chosen microphone is not there, so the system’s default one is used until it is plugged in again.',
      'chosen-microphone': 'The chosen microphone is back, and is used again.',
      'last-model':
        'The chosen model could not be loaded, so the one before is used again. Check the connection, then choose it once more.',
    } satisfies Record<Recovery, string> as Record<Recovery, string>,
    undo: 'Undo',
    forgetUndo: 'Give up the undo',
  },

  shortcuts: {
    title: 'Keyboard shortcuts',
    close: 'Close the list of shortcuts',
    off: 'They can be turned off under Settings.',
    what: {
      toggle: 'Start or stop listening',
      keep: 'Keep the last seconds, while it listens',
      freeze: 'Freeze the last two minutes, or go back to now; the space bar does, too',
      filter: 'Filter the sounds by name',
      wall: 'Show the strongest sounds over the whole screen',
      listen: 'Go to Listen',
      teach: 'Go to Teach',
      models: 'Go to Models',
      settings: 'Go to Settings',
      help: 'Show this list',
    },
  },

  announcer: {
    heard: (names: readonly string[]) => `Heard: ${names.join(', ')}.`,
  },
};
