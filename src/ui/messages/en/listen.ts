import type { LabelGroup } from '../../../shared/contracts/model/label';
import { plural } from './words';

/** English texts of the Listen view, by element. */
export const listenTexts = {
  status: {
    level: 'Level',
    details: 'Details',
    backend: 'Runs on',
    whyBackend: (backend: string) => `Why ${backend}?`,
    tags: 'Updates',
    perSecond: (count: string) => `${count}/s`,
    model: 'Model',
    resting: 'paused',
    latency: 'Delay',
    lost: 'Lost',
    blocks: (count: number) => plural(count, { one: `${count} block`, other: `${count} blocks` }),
  },

  spectrogram: {
    name: (past: string, lowest: string, highest: string) =>
      `Spectrogram of the last ${past} as the model receives them, ${lowest} to ${highest}, newest sound on the right`,
    empty: 'Spectrogram',
    window: 'What the model hears:',
  },

  rewind: {
    group: 'The last two minutes',
    moment: 'Moment in the last two minutes',
    now: 'now',
    ago: (seconds: string) => `${seconds} s ago`,
    freeze: 'Freeze',
    live: 'Back to now',
    hear: 'Play it',
    stop: 'Stop',
    keep: 'Send to Teach',
  },

  stages: {
    wall: 'Wall display',
    picture: 'Small window',
    pictureTitle: 'Earmark: strongest sounds',
    notListening: 'NOT LISTENING',
    deaf: {
      loading: 'The model is loading.',
      ready: 'Listening was stopped.',
      starting: 'The microphone is being opened.',
      waiting: 'The microphone is gone.',
      failed: 'No model is loaded.',
      'no-sound': 'No sound is arriving.',
    },
    leaveWall: 'Esc or a tap leads back to Earmark.',
    quiet: 'Quiet',
    minutesAgo: (minutes: number): string => (minutes === 0 ? 'just now' : `${minutes} min ago`),
  },

  meters: {
    strongest: 'Strongest sounds',
    others: 'Other sounds',
    comparedHead: (value: string) => `Compared profile: ${value}`,
  },

  picture: {
    saveSvg: 'Download as SVG',
    courses: 'Strongest sounds, one minute',
  },

  legend: {
    title: 'What the marks on a meter mean',
    bar: 'how sure Earmark is now',
    peak: 'highest a moment ago',
    threshold: 'counts as heard from here',
    sure: '95% correct from here',
    compared: 'compared profile',
    course: 'the last minute',
  },

  intro: {
    title: 'What you will see',
    bars: 'A bar for each sound. The longer the bar, the surer Earmark is that it hears the sound.',
    past: 'The last two minutes. Freeze them, go back and listen to a moment again.',
    own: 'Your own sounds. Keep one, name it under “Teach”, and Earmark learns to recognise it.',
    known: (count: number) => `${count} sounds that Earmark knows`,
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
    alarms: 'Alarms and bells',
    vehicles: 'Vehicles',
    tools: 'Tools and machines',
    city: 'City',
    instruments: 'Instruments',
    'speech-and-music': 'Speech and music',
  } satisfies Record<LabelGroup | 'taught', string> as Record<LabelGroup | 'taught', string>,

  keep: {
    group: 'Keep a sound',
    last: (seconds: number) => `Keep last ${seconds} s`,
    seconds: 'Seconds to keep',
    record: 'Record from now',
    stop: 'Stop recording',
    kept: (name: string) => `Kept “${name}”.`,
    label: 'Add a label',
    lastLabels: 'Labels given last',
    sameAsLast: (names: string) => `Same as last: ${names}`,
  },
};
