import type { Theme } from '../../../shared/contracts/settings';

/** Texts of the view Settings in English. Each element's texts stand under its name. */
export const settingsTexts = {
  settings: {
    title: 'Settings',
    microphone: 'Microphone',
    systemDefault: 'System default',
    nameless: (number: number) => `Microphone ${number}`,
    missing: 'Chosen microphone (not connected)',
    voice: 'Voice processing',
    voiceWhy:
      'Echo cancellation, noise suppression and gain control. Better off: they are made for calls, and remove the very sounds that Earmark listens for.',
    awake: 'Keep the screen on',
    awakeWhy: 'While it listens. Many phones stop listening when the screen goes off. Takes power.',
    cannotKeepAwake: 'This browser cannot do that. The system settings say after which time the screen goes off.',
    backend: 'Runs on',
    backendWhy: 'Automatic tries each one on this device and takes the first that is right and quick enough.',
    rate: 'Tags per second',
    rateWhy: 'How often the last two seconds are judged. More is livelier and takes more power.',
    noiseFloor: 'Rest below',
    neverRest: 'Never rest',
    noiseFloorWhy:
      'While nothing is louder than this for two seconds, the network rests and the meters fall. It saves power in silence.',
    language: 'Language',
    asBrowser: 'As the browser',
    sound: 'Sound',
    computing: 'Computing',
    page: 'This page',
    theme: 'Colours',
    themes: { '': 'As the device', light: 'Light', dark: 'Dark' } satisfies Record<Theme, string> as Record<
      Theme,
      string
    >,
    shortcuts: 'Keyboard shortcuts',
    shortcutsWhy:
      'Single keys, such as S to start and stop. Turn them off where they get in the way of a voice control.',
    listShortcuts: 'List of shortcuts',
    licences: 'Licences of the software that this page contains',
  },
};
