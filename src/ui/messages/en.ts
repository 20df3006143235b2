import type { Phase, Recovery } from '../../app/state';
import type { BackendChoice, BackendOutcome } from '../../shared/contracts/backend';
import type { LabelGroup } from '../../shared/contracts/label';
import type { Problem, Remedy } from '../../shared/contracts/problem';
import type { Theme } from '../../shared/contracts/settings';
import { pluralOf } from './plural';

const plural = pluralOf('en');

type ProblemSaid = Pick<Problem, 'code' | 'message'>;

/** “1 clip”, “7 clips”. */
const clips = (count: number): string => plural(count, { one: `${count} clip`, other: `${count} clips` });

/** “7 in 10”. */
const shareOf = (part: number, whole: number): string =>
  part === 0 ? `fewer than 1 in ${whole}` : `${part} in ${whole}`;

/** A start that goes on can be stopped, so these phases need no words of their own. */
type ListenButtonWords = Exclude<Phase, 'starting' | 'waiting'> | 'demo';

/**
 * Every text of the page in English. Each element's texts stand under its name.
 *
 * The type of this object is what another language has to offer: a text that is missing there does not compile.
 */
export const en = {
  clips,

  decimalMark: '.',

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
    failed: 'This view could not be loaded. Check the connection, then try again.',
    tryAgain: 'Try again',
  },

  update: {
    ready: 'A new version is ready. Your clips and heads stay.',
    busy: 'A new version is ready. Take it when you have stopped.',
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

  status: {
    level: 'Level',
    backend: 'Backend',
    tags: 'Tags',
    perSecond: (count: string) => `${count}/s`,
    model: 'Model',
    resting: 'resting',
    latency: 'Sound to meter',
    lost: 'Lost',
    hops: (count: number) => plural(count, { one: `${count} hop`, other: `${count} hops` }),
  },

  backends: {
    names: {
      auto: 'Automatic',
      webgpu: 'WebGPU',
      webgl: 'WebGL',
      wasm: 'WASM',
      cpu: 'CPU',
    } satisfies Record<BackendChoice, string> as Record<BackendChoice, string>,
    outcomes: {
      taken: 'Taken',
      'too-slow': 'Too slow',
      unavailable: 'Not available',
      software: 'Software renderer',
      'wrong-numbers': 'Wrong numbers',
      'not-needed': 'Not needed',
    } satisfies Record<BackendOutcome, string> as Record<BackendOutcome, string>,
    why: (backend: string) => `Why ${backend}?`,
    caption: 'Backends in the order in which they were tried',
    backend: 'Backend',
    found: 'What was found',
    median: 'Median',
  },

  spectrogram: {
    name: (past: string, lowest: string, highest: string) =>
      `Spectrogram of the last ${past} as the network gets them, ${lowest} to ${highest}; newest sound at the right`,
    empty: 'Spectrogram',
    window: 'The network’s window:',
  },

  rewind: {
    group: 'The last two minutes',
    moment: 'Moment in the last two minutes',
    now: 'now',
    ago: (seconds: string) => `${seconds} s ago`,
    freeze: 'Freeze',
    live: 'Back to now',
    hear: 'Hear it',
    stop: 'Stop',
    keep: 'Send to Teach',
  },

  stages: {
    wall: 'Wall display',
    picture: 'Small window',
    pictureTitle: 'Earmark: strongest sounds',
  },

  meters: {
    strongest: 'Strongest sounds',
    others: 'Other sounds',
    noneInGroup: (group: string, text: string) =>
      `No sound in “${group}” has “${text}” in its name. Try a shorter word or another group.`,
    none: (text: string) => `No sound has “${text}” in its name. Try a shorter word.`,
    comparedHead: (value: string) => `Compared head: ${value}`,
  },

  trust: {
    unmeasured: 'Nothing was measured of how far this number can be trusted.',
    ofAll: (said: string, part: number, whole: number, where: string) =>
      `${said}: of clips that were given this, over all sounds, ${shareOf(part, whole)} held the sound (measured on ${where}).`,
    ofOwn: (said: string, part: number, whole: number, where: string) =>
      `${said}: of clips that were given this, ${shareOf(part, whole)} held this sound (measured on ${where}).`,
    tooFew: (said: string, clips: number, where: string) =>
      `${said}: too few clips that were given this were measured to tell how often it is right (${clips} on ${where}).`,
    ownClips: (count: number) => plural(count, { one: `your ${count} clip`, other: `your ${count} clips` }),
    averagePrecision: 'Average precision',
    sureFrom: '95 % right from',
  },

  filter: {
    byName: 'Filter by name',
    shown: (shown: number, total: number) => `${shown} of ${total}`,
    soundsShown: 'sounds shown',
    groups: 'Groups of sounds',
    all: 'All',
  },

  groups: {
    taught: 'My sounds',
    animals: 'Animals',
    nature: 'Nature',
    people: 'People',
    home: 'Home',
    city: 'City',
    'speech-and-music': 'Speech and music',
  } satisfies Record<LabelGroup | 'taught', string> as Record<LabelGroup | 'taught', string>,

  keep: {
    group: 'Keep a sound',
    last: (seconds: number) => `Keep last ${seconds} s`,
    seconds: 'Seconds to keep',
    record: 'Record from now',
    stop: 'Stop recording',
    kept: (name: string) => `Kept “${name}”.`,
    label: 'Label it',
  },

  settings: {
    title: 'Settings',
    close: 'Close settings',
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
    backend: 'Compute with',
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

  teach: {
    startFirst: 'Start listening to keep sounds, or import files below.',
    opening: 'Opening your clips…',
    cannotSave: 'Clips and heads cannot be saved in this window. Listening works as before.',
    tryAgain: 'Try again',
    drop: 'Drop sounds, folders or an Earmark zip',
    play: (name: string) => `Play ${name}`,
    stop: (name: string) => `Stop ${name}`,
    noneOfThese: 'None of these',
  },

  setAside: {
    title: 'Damaged entries',
    found: (count: number) =>
      plural(count, {
        one: 'One entry is damaged and cannot be used. Everything else works as before.',
        other: `${count} entries are damaged and cannot be used. Everything else works as before.`,
      }),
    more: (count: number) => `and ${count} more`,
    advice: 'Deleting cannot be undone. Export them first if you want to have them repaired.',
    exportThem: 'Export them as they are',
    deleteThem: 'Delete them',
  },

  library: {
    title: 'Clips',
    importFiles: 'Import files',
    importFolder: 'Import a folder',
    exportAll: 'Export all clips',
    filesToImport: 'Files to import',
    folderToImport: 'Folder to import',
    importing: (done: number, total: string) => `Importing: ${done} of ${total}`,
    packing: (done: number, total: string) => `Packing: ${done} of ${total}`,
    progress: 'Progress',
    room: (used: string, quota: string) => `${used} used of ${quota}.`,
    persisted: 'The browser keeps it until you delete it.',
    notPersisted: 'The browser may delete it when the disk is full: export what matters.',
    find: 'Find clips',
    findHint: 'Find by name or label',
    showLabel: 'Show label',
    allLabels: 'All labels',
    toBeLabelled: 'To be labelled',
    toBeChecked: (labels: string) => `To be checked: ${labels}`,
    selectedClips: 'Selected clips',
    selected: (count: number) => `${count} selected`,
    commonLabels: 'Labels that all of them have',
    acceptLabels: 'Accept labels',
    delete: (count: number) => `Delete ${count}`,
    unselect: 'Unselect',
    select: (name: string) => `Select ${name}`,
    edit: (name: string) => `Edit ${name}`,
    deleteOne: (name: string) => `Delete ${name}`,
    empty: 'No clips yet. Keep a sound while Earmark listens, or drop audio files, folders or an Earmark zip here.',
    selectAll: 'Select all',
    count: (shown: number, total: number) => `${shown} of ${clips(total)}`,
    nothingFound: 'No clip has this name or label.',
    pages: 'Pages of clips',
    newer: 'Newer',
    older: 'Older',
    page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  },

  labelName: {
    rename: (name: string) => `Rename “${name}”`,
    newName: (name: string) => `New name of “${name}”`,
    save: 'Rename',
    cancel: 'Cancel',
    taken: (name: string) => `There is a label “${name}” already.`,
    shipped: (name: string) => `Earmark knows “${name}” itself: your clips would train that label.`,
    becomes: (from: string, to: string) => `All clips of “${from}” become “${to}”.`,
    merge: 'Put them together',
    leave: 'Leave it',
  },

  labelPicker: {
    labels: 'Labels',
    known: 'Known labels',
    isNew: (name: string) => `New: “${name}”`,
    remove: 'Remove',
    first: 'Type a label, then Enter',
    another: 'Another one',
  },

  snippet: {
    clip: 'Clip',
    snippet: 'Snippet',
    waveform: (duration: string) => `Waveform of ${duration}`,
    spectrogram: 'Spectrogram as the network gets it',
    drawing: 'Drawing…',
    start: 'Start of the snippet',
    end: 'End of the snippet',
    play: 'Play',
    stop: 'Stop',
    part: (start: string, end: string, kept: string, whole: string) => `${start} to ${end}: ${kept} of ${whole}`,
    name: 'Name',
    whatSounds: 'What sounds in it',
    save: 'Save',
    saveForLater: 'Save, label later',
    close: 'Close',
    deleteClip: 'Delete clip',
    discard: 'Discard',
  },

  training: {
    title: 'Train',
    nothing: (enough: number) =>
      `Nothing to learn yet: no clip has a label. Keep a sound at least ${enough} times and say what it is. Keep some other sounds as “None of these”, so that not everything counts.`,
    tooFew: (missing: number) => `Too few to say how sure it will be: record ${missing} more.`,
    open: (count: number) => `${clips(count)} to be labelled: left out until you say what sounds in them.`,
    toBeChecked: (count: number) =>
      `${clips(count)} to be checked: left out until you accept the labels. Select the clips in the list and press “Accept labels”.`,
    progress: 'Training',
    headName: 'Name of the head',
    suggestedName: (number: number) => `My sounds ${number}`,
    train: 'Train',
    stop: 'Stop training',
    needsModel: 'The sound model is not loaded, and training needs it.',
    listening: 'Listening to the clips…',
    stopping: 'Stopping…',
    learning: 'Learning from all clips…',
    measuring: (round: number, rounds: number) => `Measuring: round ${round} of ${rounds}…`,
    lossTrained: 'Training',
    lossKept: 'Kept aside',
    epochs: 'Epoch, all rounds after each other',
    loss: 'Loss',
    lossWords: (epochs: number, loss: string) =>
      `Loss after ${epochs} epochs: ${loss}; solid on the clips trained with, dashed on those kept aside`,
  },

  proof: {
    title: 'Proof',
    of: (name: string) => `Proof of “${name}”`,
    none: 'Here stands how well a head knows your sounds, measured on clips that it had not heard. Train one first.',
    tooFew: (count: number) => `${clips(count)} are too few to measure anything: that takes at least two of a label.`,
    measured: (rounds: number, count: number) =>
      `Measured in ${rounds} rounds on ${clips(count)}, each judged by a head that had not heard it.`,
    shipped: (before: string, after: string) =>
      `The sounds that Earmark knew before: AUC ${before} before, ${after} after.`,
    next: 'What to do next',
    auc: 'AUC',
    interval: '95 % interval',
    range: (low: string, high: string) => `${low} to ${high}`,
    precision: 'Precision',
    recall: 'Recall',
    threshold: 'Counts from',
    clips: 'Clips',
    clipsOf: (part: number, whole: number) => `${part} of ${whole}`,
    notMeasured: 'Too few clips to measure it.',
    rocWords: (name: string, auc: string) => `ROC curve of ${name}: AUC ${auc}`,
    reliabilityWords: (name: string, bins: string) => `Reliability of ${name}: ${bins}`,
    bin: (said: string, share: string) => `${said} said, ${share} true`,
    missed: (label: string, value: string) => `“${label}” was missed, at ${value}`,
    falseAlarm: (label: string, value: string) => `Taken for “${label}”, at ${value}`,
    goneClip: 'A clip that is not here any more',
    wrong: (count: number) =>
      plural(count, { one: `${count} judgement that went wrong`, other: `${count} judgements that went wrong` }),
    showMore: 'Show more',
    roc: 'ROC',
    guessing: 'Guessing',
    falseAlarms: 'False alarms',
    found: 'Found',
    reliability: 'Reliability',
    perfect: 'Perfect',
    said: 'Said',
    isTrue: 'True',
  },

  heads: {
    title: 'Heads',
    what: 'A head is what turns sound into labels. The one in use tags what you hear; a compared one shows its value beside it. An exported head comes back through “Import files”.',
    shipped: 'Earmark’s own',
    labels: (count: number, backbone: string) =>
      `${plural(count, { one: `${count} label`, other: `${count} labels` })}, on ${backbone}. Always here.`,
    loading: 'Loading… Always here.',
    use: 'Use',
    inUse: 'In use',
    compare: 'Compare',
    compared: 'Compared',
    proof: 'Proof',
    rename: 'Rename',
    newName: (name: string) => `New name of ${name}`,
    cancel: 'Cancel',
    export: 'Export',
    delete: 'Delete',
    /** A button's word and what it acts on, for those who do not see where it stands. */
    action: (word: string, name: string) => `${word} ${name}`,
    otherModel: 'It belongs to another model. Choose that one under Models to use it.',
    noNewLabels: 'No new labels: trained for labels that Earmark knows.',
    facts: (count: number, auc: string, date: string, backbone: string) =>
      `${clips(count)}, mean AUC ${auc}, ${date}, on ${backbone}`,
  },

  /** Names of the sounds that shipped models know, by their ids; one that is not here keeps the model's own name. */
  labels: {
    dog: 'Dog',
    rooster: 'Rooster',
    pig: 'Pig',
    cow: 'Cow',
    frog: 'Frog',
    cat: 'Cat',
    hen: 'Hen',
    insects_flying: 'Insects flying',
    sheep: 'Sheep',
    crow: 'Crow',
    crickets: 'Crickets',
    chirping_birds: 'Chirping birds',
    rain: 'Rain',
    sea_waves: 'Sea waves',
    crackling_fire: 'Crackling fire',
    water_drops: 'Water drops',
    wind: 'Wind',
    thunderstorm: 'Thunderstorm',
    crying_baby: 'Crying baby',
    sneezing: 'Sneezing',
    clapping: 'Clapping',
    breathing: 'Breathing',
    coughing: 'Coughing',
    footsteps: 'Footsteps',
    laughing: 'Laughing',
    brushing_teeth: 'Brushing teeth',
    snoring: 'Snoring',
    drinking_sipping: 'Drinking, sipping',
    door_knock: 'Door knock',
    mouse_click: 'Mouse click',
    keyboard_typing: 'Keyboard typing',
    door_creak: 'Door creak',
    can_opening: 'Can opening',
    washing_machine: 'Washing machine',
    vacuum_cleaner: 'Vacuum cleaner',
    clock_alarm: 'Clock alarm',
    clock_tick: 'Clock tick',
    glass_breaking: 'Glass breaking',
    pouring_water: 'Pouring water',
    toilet_flush: 'Toilet flush',
    helicopter: 'Helicopter',
    chainsaw: 'Chainsaw',
    siren: 'Siren',
    car_horn: 'Car horn',
    engine: 'Engine',
    train: 'Train',
    church_bells: 'Church bells',
    airplane: 'Airplane',
    fireworks: 'Fireworks',
    hand_saw: 'Hand saw',
    speech: 'Speech',
    music: 'Music',
  },

  announcer: {
    heard: (names: readonly string[]) => `Heard: ${names.join(', ')}.`,
  },

  shortcuts: {
    title: 'Keyboard shortcuts',
    close: 'Close the list of shortcuts',
    button: 'Shortcuts',
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

  models: {
    title: 'Models',
    what: 'A model is the network that turns sound into probabilities. What you have taught belongs to the model it was taught on, and comes back with it.',
    use: 'Use this model',
    inUse: 'In use',
    loading: 'Loading…',
    loadingList: 'Loading the list of models…',
    loadingCard: 'Loading the model card…',
    facts: (labels: number, size: string) => `${labels} sounds, ${size}`,
    about: 'About this model',
    attribution: 'Recordings that it learned from, with licences and authors (CSV)',
    cardInEnglish: 'The card is in English.',
    calibration: 'How far to trust its numbers',
    calibrationWhat: (measuredOn: string) =>
      `Of clips that were given the same value, so many held the sound. On the dashed line, 70 % said is 70 % true. Measured on ${measuredOn}.`,
    perLabel: 'How well it tells each sound',
    perLabelWhat: 'Weakest first. AUC: how often it ranks a clip with the sound above one without it.',
    sound: 'Sound',
    averagePrecision: 'Average precision',
  },

  /** A problem in words. In English it is what was logged. */
  problemText: ({ message }: ProblemSaid): string => message,
  /** What another thread or the app said in English, in this language; see docs/architecture.md. */
  sentence: (english: string): string => english,
};

/** What a language has to offer. */
export type Messages = typeof en;
