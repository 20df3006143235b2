import type { Theme } from '../../../shared/contracts/settings';

/** English texts of the Settings view, by element. */
export const settingsTexts = {
  settings: {
    title: 'Settings',
    microphone: 'Microphone',
    systemDefault: 'System default',
    sharedSound: 'Sound of a tab or of the computer',
    nameless: (number: number) => `Microphone ${number}`,
    missing: 'Chosen microphone (not connected)',
    voice: 'Voice processing',
    voiceWhy:
      'Echo cancellation, noise suppression and automatic gain. Best left off: they are made for calls and remove the very sounds that Earmark listens for.',
    awake: 'Keep the screen on',
    awakeWhy: 'While listening. Many phones stop listening when the screen turns off. Uses more power.',
    cannotKeepAwake: 'This browser can’t do that. Set the screen timeout in your system settings instead.',
    backend: 'Runs on',
    backendWhy:
      'The backend that the model runs on. Automatic tries each one on this device and uses the first that is correct and fast enough.',
    rate: 'Updates per second',
    rateWhy: 'How often the last two seconds are analysed. More updates react faster and use more power.',
    noiseFloor: 'Pause analysis below',
    neverRest: 'Never pause',
    noiseFloorWhy:
      'When nothing has been louder than this for two seconds, analysis pauses and the meters drop. This saves power in silence.',
    language: 'Language',
    asBrowser: 'Same as browser',
    sound: 'Sound',
    computing: 'Analysis',
    page: 'Appearance',
    theme: 'Colours',
    themes: { '': 'Same as device', light: 'Light', dark: 'Dark' } satisfies Record<Theme, string> as Record<
      Theme,
      string
    >,
    heardInTitle: 'Sounds in the tab',
    heardInTitleWhy: 'The tab’s title and icon show what was just heard, also while another tab is in front.',
    shortcuts: 'Keyboard shortcuts',
    shortcutsWhy: 'Single keys, such as S to start and stop. Turn them off if they interfere with voice control.',
    listShortcuts: 'Show shortcuts',
    licences: 'Licences of the software in this page',
  },
  yourData: {
    title: 'Your data',
    why: 'Your clips, labels, profiles, diary, events of recordings and settings are kept in this browser only, and are lost if its data is cleared. Save them as one file from time to time. The sound of recordings is not part of it.',
    exportAll: 'Export everything',
    importBackup: 'Import a backup',
    importWhy: 'Importing adds what is missing and changes nothing that is already here.',
    file: 'Backup to import',
    export: (done: number, total: number) => `Exporting: ${done} of ${total || '…'}`,
    import: (done: number, total: number) => `Importing: ${done} of ${total || '…'}`,
    progress: 'Progress',
  },
};
