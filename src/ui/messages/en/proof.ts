import { clips, oneDecimal, plural } from './words';

/** “7 times in 10”. */
const timesIn = (part: number, whole: number): string => {
  if (part === 0) return `less than once in ${whole}`;
  return part === 1 ? `once in ${whole}` : `${part} times in ${whole}`;
};

/** Texts about measured figures, in Teach and in the meters' explanations. */
export const proofTexts = {
  proof: {
    title: 'Proof',
    of: (name: string) => `Proof of “${name}”`,
    none: 'This shows how well your trained sounds are recognised, tested on clips that weren’t used for training. Train a profile first.',
    tooFew: (count: number) =>
      `${clips(count)} ${plural(count, { one: 'is', other: 'are' })} too few to measure anything: at least two clips of a label are needed.`,
    measured: (rounds: number, count: number) =>
      `Tested on ${clips(count)} in ${rounds} rounds (cross-validation): each clip was judged by a profile trained without it.`,
    shipped: (before: string, after: string) =>
      `Sounds that Earmark already knew: AUC ${before} before the training, ${after} after it. This is measured on the examples that come with the model, not on your clips.`,
    next: 'What to do next',
    auc: 'AUC',
    interval: '95% interval',
    intervalFrom: '95% interval from',
    intervalTo: '95% interval to',
    range: (low: string, high: string) => `${low} to ${high}`,
    aucMeaning: (name: string, auc: string, low: string, high: string, positives: number) =>
      `A clip with “${name}” was rated higher than one without it in ${auc} of all comparisons (AUC). Based on ${clips(positives)} with the sound, the true figure is likely between ${low} and ${high}.`,
    precision: 'Precision',
    recall: 'Recall',
    threshold: 'Heard from',
    withSound: 'Clips with it',
    clips: 'Clips',
    clipsOf: (part: number, whole: number) => `${part} of ${whole}`,
    notMeasured: 'Too few clips to measure.',
    rocWords: (name: string, auc: string) => `ROC curve of ${name}: AUC ${auc}`,
    reliabilityWords: (name: string, bins: string) => `Reliability of ${name}: ${bins}`,
    bin: (said: string, share: string) => `shown ${said}, true ${share}`,
    missed: (label: string, value: string) => `“${label}” missed, at ${value}`,
    falseAlarm: (label: string, value: string) => `Mistaken for “${label}”, at ${value}`,
    goneClip: 'A clip that no longer exists',
    wrong: (count: number) => plural(count, { one: `${count} mistake`, other: `${count} mistakes` }),
    showMore: 'Show more',
    label: 'Label',
    difference: 'Difference',
    comparison: (name: string, other: string) => `“${name}” and “${other}”`,
    comparisonMeaning:
      'AUC of each label in both profiles. If they were trained on different clips, the difference also shows that.',
    mistakesOf: (name: string) => `Mistakes of “${name}”`,
    clip: 'Clip',
    mistake: 'Mistake',
    mistakes: { missed: 'Missed', 'false-alarm': 'False alarm' },
    editingDone: 'Done',
    trainAgain: 'The proof shows your correction once you train again.',
    roc: 'ROC',
    guessing: 'Guessing',
    falseAlarms: 'False alarms',
    found: 'Found',
    reliability: 'Reliability',
    reliabilityOf: (name: string) => `Reliability of ${name}`,
    perfect: 'Ideal',
    said: 'Shown',
    isTrue: 'True',
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
};
