import { expect, it } from 'vitest';
import { recordingRows } from '../../../../src/app/recordings/export-recordings';
import type { Recording, RecordingEvent } from '../../../../src/shared/contracts/recordings/recording';

const recording: Recording = {
  id: 'a',
  name: 'night.wav',
  folder: 'card/DATA',
  bytes: 1,
  modifiedMs: 0,
  addedAtMs: 0,
  status: 'done',
  place: 'handle',
  start: { localTime: '2025-06-01T23:59:50', utcOffsetMinutes: 120, source: 'name' },
  doneSeconds: 600,
  settledSeconds: 600,
  seconds: 600,
  events: 2,
  model: 'earmark-52',
  head: 'shipped',
};

const found: RecordingEvent = {
  id: '12.500 dog',
  label: 'dog',
  labelName: 'Dog',
  startSeconds: 12.5,
  endSeconds: 14,
  found: { peakProbability: 0.8, meanProbability: 0.6, peakLevelDb: -20, threshold: 0.4 },
  verdict: { answer: 'other', label: 'fox' },
};

const drawn: RecordingEvent = {
  id: '20.000 owl x',
  label: 'owl',
  labelName: 'Owl',
  startSeconds: 20,
  endSeconds: 21,
  lowHz: 500,
  highHz: 900,
};

it('gives each event its file, its time of day and what a person said', () => {
  const rows = [...recordingRows([{ recording, events: [found, drawn] }])];
  expect(rows[0]).toMatchObject({
    file: { name: 'night.wav', path: 'card/DATA/night.wav', sequenceStartSeconds: 0 },
    probability: 0.8,
    verdict: 'other',
    rightLabel: 'fox',
    model: 'earmark-52',
    // 2.5 s after midnight.
    startedAt: { localMs: Date.UTC(2025, 5, 2, 0, 0, 2, 500), utcOffsetMinutes: 120 },
  });
  expect(rows[1]).toMatchObject({ probability: 1, lowHz: 500, highHz: 900 });
  expect(rows[1]).not.toHaveProperty('threshold');
});

it('lays recordings end to end for formats with one time axis', () => {
  const second = { recording: { ...recording, id: 'b', name: 'two.wav' }, events: [found] };
  const rows = [...recordingRows([{ recording, events: [found] }, second])];
  expect(rows.map(({ file }) => file.sequenceStartSeconds)).toEqual([0, 600]);
});
