import type { EventRow, RowFile } from '../../../src/events/formats/event-row';

export const firstFile: RowFile = {
  name: 'Bär.wav',
  path: '/karte/nacht/Bär.wav',
  root: '/karte',
  folder: 'nacht',
  sequenceStartSeconds: 0,
};

/** It begins where the first one ends, after ten minutes. */
const secondFile: RowFile = {
  name: 'b.wav',
  path: '/karte/b.wav',
  root: '/karte',
  folder: '',
  sequenceStartSeconds: 600,
};

export const rows: EventRow[] = [
  {
    file: firstFile,
    startSeconds: 1.25,
    endSeconds: 3.5,
    label: 'dog',
    labelName: 'Hündin',
    probability: 0.91236,
    meanProbability: 0.7,
    peakLevelDb: -20.55,
    threshold: 0.43,
    startedAt: { localMs: Date.UTC(2025, 10, 24, 21, 3, 12, 250), utcOffsetMinutes: 60 },
    model: 'earmark-52',
    head: 'shipped',
  },
  {
    file: secondFile,
    startSeconds: 0.5,
    endSeconds: 2,
    label: 'cat',
    labelName: 'Cat',
    probability: 0.5,
    peakLevelDb: Number.NEGATIVE_INFINITY,
    lowHz: 300,
    highHz: 4500,
    startedAt: { localMs: Date.UTC(2025, 10, 24, 22, 0, 0) },
  },
];
