import { plural } from '../words';

const clips = (count: number): string => plural(count, { one: '1 clip', other: `${count.toLocaleString('en')} clips` });

/** English texts of the kept sounds of events. */
export const diaryClipTexts = {
  diaryClips: {
    what: 'Earmark can keep the sound of events, so that you can play and review them. It keeps none until you choose a sound or a group here. Clips stay on this device.',
    none: 'No sound is kept yet.',
    add: 'Keep a sound',
    list: 'What is kept',
    added: 'Keep the sound of events',
    edit: (name: string) => `Clips of ${name}`,
    mode: 'How much',
    modes: {
      stretch: 'A fixed length',
      'until-end': 'As long as it sounds',
      never: 'None, even if its group is kept',
    },
    before: 'Seconds before the start',
    afterStart: 'Seconds after the start',
    afterEnd: 'Seconds after the end',
    longest: 'Longest clip',
    save: 'Save',
    changeOf: (name: string) => `Change what is kept of ${name}`,
    removeOf: (name: string) => `Remove the rule for ${name}`,
    saved: (name: string) => `Saved for ${name}.`,
    removed: (name: string) => `Nothing more is kept of ${name}. Clips that you have stay.`,
    stretch: (before: string, after: string) => `from ${before} before the start to ${after} after it`,
    untilEnd: (before: string, after: string, longest: string) =>
      `from ${before} before the start to ${after} after the end, ${longest} at most`,
    never: 'no clips',
    faults: {
      sound: 'Choose a sound or a group.',
      empty: 'Choose some seconds before or after the start.',
      longest: 'The longest clip must be longer than the seconds before the start.',
    },
    room: 'Room for clips',
    megabytes: 'Most (MB)',
    used: (count: number, size: string) => (count === 0 ? 'No clips yet.' : `${clips(count)}, ${size} used.`),
    goesFirst:
      'When the room is used up, the sound whose clips take the most room gives up its weakest clip, the oldest of equally weak ones. Clips that you keep for good always stay.',
    over: 'More is used than that. Earmark makes room with the next clip, but clips that you keep for good stay.',
    droppedForRoom: (count: number) => `${clips(count)} gave way since Earmark was opened.`,
    badMegabytes: (least: string, most: string) => `Enter a number from ${least} to ${most}.`,
    privacy: 'Speech',
    filter: 'Leave out clips with speech',
    filterWhy:
      'A clip is not kept if speech reaches this probability anywhere in it, including the seconds before and after the event.',
    filterOff: 'Clips are kept even if people speak in them. Ask the people around you before you keep such clips.',
    threshold: 'Speech counts from',
    more: 'Drops more',
    fewer: 'Drops fewer',
    droppedForSpeech: (count: number) =>
      `${clips(count)} ${plural(count, { one: 'was', other: 'were' })} left out because of speech since Earmark was opened.`,
    keepForGood: 'Keep for good',
  },
};
