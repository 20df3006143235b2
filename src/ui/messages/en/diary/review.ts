import type { ReviewOrder } from '../../../../events/diary/review-order';
import { plural } from '../words';

/** English texts of the diary's review, of its sounds and of its exports. */
export const diaryReviewTexts = {
  diaryReview: {
    what: 'Say what each event was. Your answers correct every list and chart at once, and show how far each sound can be trusted.',
    order: 'Order',
    orders: {
      teaching: 'Nearest the threshold (teaches most)',
      strength: 'Strongest first',
      random: 'Random (for honest figures)',
    } satisfies Record<ReviewOrder, string> as Record<ReviewOrder, string>,
    left: (count: number) => plural(count, { one: '1 event left', other: `${count.toLocaleString('en')} events left` }),
    strength: (peak: string, threshold: string) => `${peak}, threshold ${threshold}`,
    skip: 'Skip',
    similar: 'More like this',
    noSimilar: 'Nothing else that the same model heard can be compared with it.',
    similarClips: 'Clips of Teach that sound alike',
    cosine: (share: string) => `${share} alike`,
    allRight: (count: number, areAll: boolean) =>
      areAll
        ? plural(count, { one: 'It is right too', other: `All ${count} are right` })
        : plural(count, { one: 'The one not reviewed is right', other: `The ${count} not reviewed are right` }),
    allWrong: (count: number, areAll: boolean) =>
      areAll
        ? plural(count, { one: 'It is wrong too', other: `All ${count} are wrong` })
        : plural(count, { one: 'The one not reviewed is wrong', other: `The ${count} not reviewed are wrong` }),
    done: 'Nothing is left to review.',
    doneWithClip: 'No event with a kept sound is left to review. Untick “Only with sound” to see the others.',
    teach: 'Teach with your answers',
    teachWhat:
      'Sounds that you reviewed can become clips: right ones as examples, wrong ones as counterexamples (“None of these”). Then train a profile under “Teach”.',
    teachButton: 'Add reviewed sounds to Teach',
    table: 'Precision by threshold',
    tableWhat:
      'How many of the events that reached a threshold were right, with the 95% interval. Only a random order gives figures that hold for all events.',
    verdicts: 'Verdicts',
    precision: (value: string, low: string, high: string, count: number) => `${value} (${low} to ${high}, of ${count})`,
    noVerdicts: 'As soon as you have reviewed some events, a table here shows how often each sound was right.',
    proposals: 'Proposed thresholds',
    proposal: (name: string, threshold: string, right: number, judged: number) =>
      `${name}: from ${threshold} on, ${right} of ${judged} were right.`,
    noProposals: (wanted: string) =>
      `None yet. A threshold is proposed once at least 10 events of a sound were reviewed and ${wanted} of those above it were right.`,
    use: 'Use it',
    used: 'In use',
  },

  diarySounds: {
    what: 'Decide for each sound how sure Earmark must be before it goes into the diary.',
    find: 'Find a sound',
    threshold: (name: string) => `Threshold of ${name}`,
    more: 'More of these',
    fewer: 'Fewer of these',
    from: (share: string) => `From ${share}`,
    ignore: 'Ignore',
    ignored: 'Ignored: it does not go into the diary.',
    reset: 'Reset',
    resetOf: (name: string) => `Reset the threshold of ${name}`,
    ofVerdicts: (value: string, low: string, high: string, count: number) =>
      `By your verdicts, ${value} are right (${low} to ${high}, of ${count}).`,
    ofTests: (value: string) => `In tests, ${value} of all sounds above this were right.`,
    ofProof: (value: string) => `In the proof of your profile, ${value} above this were right.`,
    unmeasured: 'Not measured yet.',
    falseAlarms: (count: string) => `About ${count} false alarms an hour, by your verdicts.`,
    none: 'No sound has this name.',
    needsModel: 'The sounds appear once the model is loaded.',
    changed: (count: number) => plural(count, { one: '1 sound changed', other: `${count} sounds changed` }),
    resetAll: 'Reset all',
  },

  diaryExport: {
    title: 'Export',
    format: 'Format',
    formats: {
      csv: 'CSV (spreadsheet)',
      jsonl: 'JSON Lines',
      parquet: 'Parquet',
      audacity: 'Audacity labels',
      raven: 'Raven selection table',
      kaleidoscope: 'Kaleidoscope CSV',
      birdnet: 'BirdNET CSV',
    },
    shown: (count: number) =>
      plural(count, { one: 'Export the event shown', other: `Export the ${count.toLocaleString('en')} events shown` }),
    all: (count: number) =>
      plural(count, { one: 'Export the only event', other: `Export all ${count.toLocaleString('en')}` }),
    writing: (done: number, total: number) => `${done.toLocaleString('en')} of ${total.toLocaleString('en')} written…`,
    done: (count: number) =>
      plural(count, { one: '1 event exported.', other: `${count.toLocaleString('en')} events exported.` }),
    failed: 'The file couldn’t be written completely. Check that there is room, then try again.',
    clips: 'Export the sounds of the events shown (zip)',
    clipsDone: (count: number) => plural(count, { one: '1 sound exported.', other: `${count} sounds exported.` }),
    noClips: 'None of the events shown has a kept sound.',
  },
};
