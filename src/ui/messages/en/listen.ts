import type { LabelGroup } from '../../../shared/contracts/label';
import { plural } from './words';

/** “7 in 10”. */
const shareOf = (part: number, whole: number): string =>
  part === 0 ? `fewer than 1 in ${whole}` : `${part} in ${whole}`;

/** Texts of the view Listen in English. Each element's texts stand under its name. */
export const listenTexts = {
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
};
