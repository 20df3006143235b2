import { describe, expect, it } from 'vitest';
import type { AppState, Phase } from '../../../../src/app/state';
import type { Problem } from '../../../../src/shared/contracts/messages/problem';
import type { MeterLabel } from '../../../../src/ui/listen/meters/meter-labels';
import { deafnessOf } from '../../../../src/ui/listen/stages/deafness';
import { HeardBoard, REMEMBERED_MS } from '../../../../src/ui/listen/stages/heard-board';

const label = (name: string, threshold?: number): MeterLabel => ({
  id: name.toLowerCase(),
  name,
  group: 'animals',
  ...(threshold !== undefined && { threshold }),
});
const labels = [label('Dog', 0.4), label('Rain', 0.7), label('Siren')];

/** A board that took these probabilities at these times. */
function boardOf(...taken: [nowMs: number, probabilities: number[]][]): HeardBoard {
  const board = new HeardBoard();
  for (const [nowMs, probabilities] of taken) board.take(labels, probabilities, nowMs);
  return board;
}

describe('a board', () => {
  it('shows only what is above its own threshold, strongest first', () => {
    expect(boardOf([0, [0.45, 0.65, 0.5]]).rows(3, 0)).toEqual([
      { name: 'Siren', probability: 0.5 },
      { name: 'Dog', probability: 0.45 },
    ]);
    expect(boardOf([0, [0.39, 0.69, 0.49]]).rows(3, 0)).toEqual([]);
  });

  it('keeps what was heard for minutes, newest first, after what sounds now', () => {
    const board = boardOf([0, [0.9, 0, 0]], [10_000, [0, 0.9, 0]], [20_000, [0, 0, 0.8]]);
    expect(board.rows(3, 20_000)).toEqual([
      { name: 'Siren', probability: expect.closeTo(0.8) },
      { name: 'Rain', agoMs: 10_000 },
      { name: 'Dog', agoMs: 20_000 },
    ]);
    expect(board.rows(2, 20_000)).toHaveLength(2);
    expect(board.rows(3, REMEMBERED_MS + 10_001).map(({ name }) => name)).toEqual(['Siren']);
  });

  it('does not swap two labels of similar strength', () => {
    const board = boardOf([0, [0.8, 0, 0.6]], [1000, [0.8, 0, 0.83]]);
    expect(board.rows(2, 1000).map(({ name }) => name)).toEqual(['Dog', 'Siren']);
    board.take(labels, [0.8, 0, 0.9], 2000);
    expect(board.rows(2, 2000).map(({ name }) => name)).toEqual(['Siren', 'Dog']);
  });

  it('remembers by label, even with another head', () => {
    const board = boardOf([0, [0.9, 0, 0]]);
    board.take([label('Siren'), label('Dog', 0.4)], [0, 0], 1000);
    expect(board.rows(3, 1000)).toEqual([{ name: 'Dog', agoMs: 1000 }]);
  });
});

describe('deafness', () => {
  const muted: Problem = { code: 'microphone-muted', remedy: 'none' } as Problem;
  const harmless: Problem = { code: 'storage-full', remedy: 'none' } as Problem;
  const state = (phase: Phase, problem?: Problem) => ({ phase, ...(problem && { problem }) }) as AppState;

  it('is reported in every phase except listening', () => {
    for (const phase of ['loading', 'ready', 'starting', 'waiting', 'failed'] as const) {
      expect(deafnessOf(state(phase), 0, 0)).toEqual({ code: phase });
    }
    expect(deafnessOf(state('listening'), 0, 4000)).toBeUndefined();
  });

  it('is reported if no sound arrives any more, as with a hanging worker', () => {
    expect(deafnessOf(state('listening'), 0, 4001)).toEqual({ code: 'no-sound' });
  });

  it('names the problem, even while listening if the microphone is muted', () => {
    expect(deafnessOf(state('listening', muted), 0, 0)).toEqual({ code: 'problem', problem: muted });
    expect(deafnessOf(state('waiting', muted), 0, 0)).toEqual({ code: 'problem', problem: muted });
    expect(deafnessOf(state('listening', harmless), 0, 0)).toBeUndefined();
  });
});
