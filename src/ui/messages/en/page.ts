import type { Phase, Recovery } from '../../../app/state';
import type { Remedy } from '../../../shared/contracts/messages/problem';
import { plural } from './words';

/** A start in progress can be stopped, so these phases need no words of their own. */
type ListenButtonWords = Exclude<Phase, 'starting' | 'waiting'> | 'demo';

/** English texts of the page's frame, by element. */
export const pageTexts = {
  app: {
    title: 'Earmark: which sounds are around?',
    titleOf: (view: string) => `${view} – Earmark`,
    promise: 'No sound leaves this device.',
    listeningTitle: '● Listening – Earmark',
    heardTitle: (name: string) => `● ${name} – Earmark`,
    microphoneOpen: 'Microphone on. No sound leaves this device.',
    sharedOpen: 'Hears shared sound. No sound leaves this device.',
    noModel: 'No model is available to listen with.',
    mayAsk: 'Your browser may ask for permission to use the microphone.',
    welcome: 'Which sounds are around?',
    howTo:
      'Press “Start listening” and allow the microphone. Earmark shows which sounds it hears and how sure it is of each. Nothing is uploaded, and only what you choose to keep is recorded.',
    tryDemo: 'Try it without a microphone',
    demo: 'Demo with a crow, a bell and a piano. The microphone is off.',
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
    diary: 'Diary',
    recordings: 'Recordings',
    teach: 'Teach',
    models: 'Models',
    settings: 'Settings',
    loading: 'Loading…',
    outdated: 'Earmark was updated in another window. Reload to open this view.',
    failed: 'This view couldn’t be loaded. Check your connection, then try again.',
    tryAgain: 'Try again',
  },

  update: {
    taken: 'Earmark was updated in another window. Reload to use the new version here as well.',
    takenBusy: 'Earmark was updated in another window. Reload when you’ve finished.',
    ready: 'A new version is ready. Your clips and profiles are kept.',
    busy: 'A new version is ready. When you’ve finished, press “Reload” here.',
    refused: 'Another Earmark window is listening or training. Stop that, then press “Reload”.',
    reload: 'Reload',
    looking: 'Looking for the newer version…',
    absent:
      'There is no newer version here. This site may have gone back to an older one. Try again later. Your clips stay as they are.',
    unreachable:
      'The newer version couldn’t be loaded. Check your connection and that there is free disk space, then look again.',
    lookAgain: 'Look again',
  },

  install: {
    title: 'Install Earmark',
    button: 'Install',
    byHand: 'In Safari, press Share, then “Add to Home Screen”.',
    why: 'It then starts like any other app, even offline.',
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
      update: 'Get the newer version',
    } satisfies Record<Exclude<Remedy, 'none'>, string> as Record<Exclude<Remedy, 'none'>, string>,
    dismiss: 'Dismiss',
    more: (count: number) => plural(count, { one: 'And 1 more like these.', other: `And ${count} more like these.` }),
  },

  notices: {
    elsewhere:
      'Earmark is open in another tab, and only one tab can save. You can listen here. Close the other tab to save here too; files that you opened are then imported.',
    recoveries: {
      worker: 'A part of Earmark failed and was restarted. Everything continues as before.',
      wasm: 'The graphics card failed again, so Earmark runs on WASM until you reload the page.',
      microphone: 'The microphone was interrupted and reopened. Listening continues.',
      'default-microphone': 'The chosen microphone isn’t connected, so the system default is used until it is back.',
      'chosen-microphone': 'The chosen microphone is back and in use.',
      'last-model':
        'The chosen model couldn’t be loaded, so the previous one is used. Check your connection, then choose it again.',
    } satisfies Record<Recovery, string> as Record<Recovery, string>,
    proof: 'See the proof',
    undo: 'Undo',
    offeredSettings:
      'The backup also contains settings, such as the microphone, the model and the language. Use them instead of yours?',
    takeSettings: 'Use the backup’s settings',
    leaveSettings: 'Keep mine',
    earlierSteps: (count: number) =>
      `After that, ${plural(count, { one: '1 earlier step', other: `${count} earlier steps` })} can be undone.`,
    forgetUndo: 'Dismiss (you can’t undo after this)',
  },

  alert: {
    heardAt: (time: string) => `Heard at ${time}`,
    test: 'This is a test.',
    dismiss: 'Dismiss',
    blocked: 'Notifications are blocked, so the alert is shown here. The diary’s alerts say how to allow them.',
  },

  announcer: {
    heard: (names: readonly string[]) => `Heard: ${names.join(', ')}.`,
  },
};
