/** Texts of the view Models in English. Each element's texts stand under its name. */
export const modelsTexts = {
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
};
