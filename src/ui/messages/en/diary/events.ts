import type { VerdictAnswer } from '../../../../shared/contracts/diary/diary-query';
import { plural, quoted } from '../words';

const events = (count: number): string =>
  plural(count, { one: '1 event', other: `${count.toLocaleString('en')} events` });

/** English texts of the diary: its frame, the list, the filter and a single event. */
export const diaryTexts = {
  diary: {
    title: 'Diary',
    parts: 'Parts of the diary',
    pages: {
      events: 'Events',
      day: 'Day',
      week: 'Week',
      month: 'Month',
      review: 'Review',
      sounds: 'Sounds',
      alerts: 'Alerts',
      clips: 'Clips',
    },
    opening: 'Opening the diary…',
    missing: 'The diary can’t be opened, so nothing is written down. Listening works as before.',
    tryAgain: 'Try again',
    elsewhere: 'Another Earmark window writes the diary. Close that window to let this one write.',
    unwritten: (count: number, isFull: boolean) => {
      const what = count === 0 ? 'Levels' : events(count);
      return isFull
        ? `${what} couldn’t be saved yet, because the browser has no room left. Delete clips or free up space on the drive, and keep this window open: Earmark then saves them.`
        : `${what} couldn’t be saved yet. Keep this window open: Earmark saves them as soon as it can.`;
    },
    off: 'The diary is off: nothing new is written down.',
    turnOn: 'Turn the diary on',
    emptyNever:
      'Nothing here yet. Press “Start listening”: Earmark writes down every sound that it recognises, and when.',
    emptyListening: 'Nothing heard yet. As soon as a sound reaches its threshold, it appears here.',
    nothingPasses: 'No event matches these filters.',
    showAll: 'Show all events',
    count: (shown: number, total: number) =>
      shown === total ? events(total) : `${shown.toLocaleString('en')} of ${events(total)}`,
    firstOnly: (shown: number) => `The newest ${events(shown)} are shown. Use the filters to see older ones.`,
    newer: 'Show new events',
    list: 'Events, newest first',
    eventCount: events,
    strength: 'Strength',
    play: (name: string) => `Play ${name}`,
    stop: 'Stop',
    verdicts: {
      none: 'Not reviewed',
      right: 'Right',
      wrong: 'Wrong',
      other: 'Another sound',
      unsure: 'Unsure',
    } satisfies Record<VerdictAnswer, string> as Record<VerdictAnswer, string>,
    insteadOf: (name: string) => `instead of ${name}`,
    readLater: 'Loading…',
  },

  diaryFilter: {
    title: 'Filter events',
    text: 'Search names and notes',
    label: 'Sound',
    anyLabel: 'All sounds',
    group: 'Group',
    sounds: 'Sounds',
    from: 'From',
    to: 'To',
    strength: 'Strength',
    anyStrength: 'Any strength',
    atLeast: (share: string) => `${share} or more`,
    verdict: 'Verdict',
    anyVerdict: 'Any verdict',
    withClip: 'Only with sound',
    more: 'More filters',
    clear: 'Clear filters',
    span: (from: string, to: string) => `${from} to ${to}`,
    removeSpan: (span: string) => `Remove ${span}`,
  },

  diaryRetention: {
    title: 'Delete old events automatically',
    days: 'Keep events for',
    daysOf: (days: number | null) =>
      days === null
        ? 'ever'
        : days % 365 === 0
          ? plural(days / 365, { one: '1 year', other: `${days / 365} years` })
          : plural(days, { one: '1 day', other: `${days} days` }),
    most: 'Keep at most',
    apply: 'Apply',
    applyAndDelete: (count: number) => `Apply, and delete ${events(count)} now`,
    how: 'While Earmark listens, the oldest events beyond these limits are deleted every hour, with their sounds. Events whose sound you keep for good stay.',
  },

  diaryEvent: {
    close: 'Close',
    gone: 'This event no longer exists.',
    when: 'Heard',
    length: 'Length',
    strength: 'Strength',
    strengthFacts: (peak: string, mean: string) => `${peak} at its strongest, ${mean} on average`,
    level: 'Level',
    threshold: 'Threshold',
    microphone: 'Source',
    demo: 'Demo',
    unnamed: 'Microphone',
    model: 'Model',
    goesOn: 'Continues an earlier event, which was divided because it lasted too long.',
    heardAs: (name: string) => `Earmark heard ${quoted(name)}.`,
    isRight: 'Was it right?',
    other: 'What was it?',
    otherHint: 'Type a sound',
    useOther: 'Save',
    badName: 'Use letters or digits, up to 60 characters.',
    note: 'Note',
    noteSaved: 'Saved as you type.',
    noSound: 'Its sound was not kept.',
    spectrogram: (name: string) => `Spectrogram of ${name}`,
    remove: 'Delete event',
    reallyRemove: 'Delete for good',
    keepIt: 'Keep it',
  },
};
