import { plural } from './words';

/** English texts of the Models view, and of the tables and charts of every view, by element. */
export const modelsTexts = {
  models: {
    title: 'Models',
    what: 'A model (a neural network) turns sound into probabilities. Your trained profiles belong to the model they were trained on, and come back with it.',
    use: 'Use this model',
    inUse: 'In use',
    loading: 'Loading…',
    loadingList: 'Loading the list of models…',
    loadingCard: 'Loading the model card…',
    facts: (labels: number, size: string) =>
      `${plural(labels, { one: '1 sound', other: `${labels} sounds` })}, ${size}`,
    measure: 'Measure on this device',
    measuring: 'Measuring…',
    notMeasured: 'This model couldn’t be measured. Check your connection, then try again.',
    cost: (time: string, backend: string, share: string, tagsPerSecond: number) =>
      `An update takes ${time} here (${backend}). At ${tagsPerSecond} updates per second, the model computes for ${share} of the time.`,
    skill: (labels: number, auc: string) =>
      `It knows ${plural(labels, { one: '1 sound', other: `${labels} sounds` })}. Its mean AUC on sounds it had not heard is ${auc}.`,
    skillUnknown: (labels: number) => `It knows ${plural(labels, { one: '1 sound', other: `${labels} sounds` })}.`,
    about: 'About this model',
    attribution: 'Recordings it was trained on, with licences and authors (CSV)',
    cardInEnglish: 'The card is in English.',
    calibration: 'How reliable its numbers are',
    calibrationWhat: (measuredOn: string) =>
      `How often a sound was there when the model showed a given value. On the dashed line, 70% means 70%. Measured on ${measuredOn}.`,
    perLabel: 'How well it recognises each sound',
    perLabelWhat: 'Weakest first. AUC is how often it ranks a clip with the sound above one without it.',
    sound: 'Sound',
    averagePrecision: 'Average precision',
  },

  table: {
    copy: 'Copy table',
    copied: 'Copied. Paste it into a spreadsheet.',
    refused: 'The browser doesn’t allow copying. Download the table instead.',
    saveCsv: 'Download as CSV',
  },
};
