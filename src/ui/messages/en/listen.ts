import type { LabelGroup } from '../../../shared/contracts/model/label';
import { clips, oneDecimal, plural } from './words';

/** “7 times in 10”. */
const timesIn = (part: number, whole: number): string => {
  if (part === 0) return `less than once in ${whole}`;
  return part === 1 ? `once in ${whole}` : `${part} times in ${whole}`;
};

/** English texts of the Listen view, by element. */
export const listenTexts = {
  status: {
    level: 'Level',
    details: 'Details',
    backend: 'Runs on',
    tags: 'Updates',
    perSecond: (count: string) => `${count}/s`,
    model: 'Model',
    resting: 'paused',
    latency: 'Delay',
    lost: 'Lost',
    hops: (count: number) => plural(count, { one: `${count} block`, other: `${count} blocks` }),
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

  legend: {
    title: 'What the marks on a meter mean',
    bar: 'how sure Earmark is now',
    peak: 'highest a moment ago',
    threshold: 'counts as heard from here',
    sure: '95% correct from here',
    compared: 'compared profile',
    course: 'the last minute',
  },

  trust: {
    unmeasured: 'How reliable this number is hasn’t been measured.',
    ofAll: (said: string, part: number, whole: number, where: string) =>
      `In tests, when Earmark showed ${said} for any sound, that sound was there ${timesIn(part, whole)} (${where}).`,
    ofOwn: (said: string, part: number, whole: number, where: string) =>
      `In tests, when Earmark showed ${said}, this sound was there ${timesIn(part, whole)} (${where}).`,
    ofMoments: (said: string, part: number, whole: number, where: string) =>
      `In tests, at moments when Earmark showed ${said} for any sound, that sound was there ${timesIn(part, whole)} (${where}).`,
    tooFewMoments: (said: string, count: number, where: string) =>
      `In tests, Earmark showed ${said} too rarely to tell how often it is right: at ${plural(count, { one: '1 moment', other: `${count} moments` })} (${where}).`,
    scenes: (hours: number) =>
      `${plural(hours, { one: '1 hour', other: `${oneDecimal(hours)} hours` })} of test scenes in which every sound’s time is known`,
    tooFew: (said: string, count: number, where: string) =>
      `In tests, Earmark showed ${said} too rarely to tell how often it is right: for ${clips(count)} (${where}).`,
    ownClips: (count: number) => plural(count, { one: `your ${count} clip`, other: `your ${count} clips` }),
    averagePrecision: 'Average precision',
    sureFrom: '95% correct from',
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
