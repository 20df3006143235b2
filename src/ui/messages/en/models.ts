import type { BackendOutcome, BackendReport } from '../../../shared/contracts/backend';
import { backendNames, backendResult } from './backends';
import { plural } from './words';

/** Why a backend was taken. */
function reason({ taken, why, roomMs, tagsPerSecond, trials }: BackendReport): string {
  const trial = trials.find(({ backend }) => backend === taken);
  const how = trial ? backendResult(trial, { roomMs }) : '';
  if (why === 'asked-for') return `You chose ${backendNames[taken]}: ${how}.`;
  if (why === 'first') {
    return `${backendNames[taken]} is the first that is both correct and fast enough: ${how}; the limit is ${roomMs.toFixed(0)} ms.`;
  }
  return `${backendNames[taken]} is the fastest on this device, with ${how}. At ${tagsPerSecond} updates per second, ${roomMs.toFixed(0)} ms would be needed, so there will be fewer updates.`;
}

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

  backends: {
    outcomes: {
      taken: 'Used',
      'too-slow': 'Too slow',
      unavailable: 'Not available',
      software: 'Software renderer',
      'wrong-numbers': 'Wrong results',
      'not-needed': 'Not needed',
    } satisfies Record<BackendOutcome, string> as Record<BackendOutcome, string>,
    caption: 'Backends, in the order they were tried',
    backend: 'Backend',
    result: 'Result',
    median: 'Median',
    found: backendResult,
    reason,
  },
};
