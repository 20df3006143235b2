import type { AlertMeans } from '../../../../shared/contracts/diary/alert-rules';
import { listed } from '../words';

const inSentence: Readonly<Record<AlertMeans, string>> = {
  notification: 'notification',
  tone: 'tone',
  flash: 'flashing screen',
  vibration: 'vibration',
};

/** English texts of the diary's alerts. */
export const diaryAlertTexts = {
  diaryAlerts: {
    what: 'Earmark can tell you as soon as it hears a sound. Alerts come while it listens, even when this page is hidden.',
    none: 'There are no alerts yet.',
    add: 'Add an alert',
    list: 'Your alerts',
    added: 'New alert',
    edit: (name: string) => `Alert for ${name}`,
    sound: 'Sound',
    choose: 'Choose a sound or a group',
    how: 'How',
    means: {
      notification: 'Notification',
      tone: 'Tone',
      flash: 'Flashing screen',
      vibration: 'Vibration',
    } satisfies Record<AlertMeans, string> as Record<AlertMeans, string>,
    noVibration: 'This device can’t vibrate.',
    atMost: 'At most once every',
    firstOfDay: 'Only the first of each day',
    lasts: 'Only when it lasts',
    atOnce: 'No, at once',
    orLonger: (length: string) => `${length} or longer`,
    quiet: 'Quiet hours',
    from: 'From',
    to: 'To',
    quietWhy: 'No alert comes in these hours. What still sounds at their end is told then.',
    save: 'Save alert',
    cancel: 'Cancel',
    test: 'Test',
    change: 'Change',
    remove: 'Remove',
    testOf: (name: string) => `Test the alert for ${name}`,
    changeOf: (name: string) => `Change the alert for ${name}`,
    removeOf: (name: string) => `Remove the alert for ${name}`,
    saved: (name: string) => `The alert for ${name} is set.`,
    removed: (name: string) => `The alert for ${name} was removed.`,
    by: (means: readonly AlertMeans[]) => listed(means.map((name) => inSentence[name])),
    every: (length: string) => `at most once every ${length}`,
    daily: 'only the first of each day',
    lasting: (length: string) => `only when it lasts ${length}`,
    quietFrom: (from: string, to: string) => `quiet from ${from} to ${to}`,
    faults: {
      sound: 'Choose a sound or a group.',
      means: 'Choose at least one way to be told.',
      quiet: 'Enter when the quiet hours begin and end. The times must differ.',
    },
    unknown:
      'Earmark can’t hear this sound with the profile in use, so this alert won’t come. Use a profile that knows it, or change the sound.',
    ignored: 'This sound is ignored under “Sounds”, so this alert won’t come.',
    answers: {
      denied:
        'Your browser blocks notifications from Earmark. Allow them in its settings for this site, usually beside the address. Until then, such an alert is shown on the page instead. The other ways work as before.',
      default: 'Your browser hasn’t allowed notifications yet.',
      missing:
        'This browser window can’t show notifications. On iPhone and iPad, add Earmark to the Home Screen first. Until then, such an alert is shown on the page instead. The other ways work as before.',
    },
    allow: 'Allow notifications',
  },
};
