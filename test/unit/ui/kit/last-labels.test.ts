import { describe, expect, it } from 'vitest';
import { emptyTeachState } from '../../../../src/app/teach/teach-state';
import type { ClipInfo } from '../../../../src/shared/contracts/clip';
import { labelChoices } from '../../../../src/ui/kit/keep/last-labels';

const labels = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => ({ id, name: id.toUpperCase() }));

function clip(given: string, reviewed = true): ClipInfo {
  return {
    id: given,
    name: '',
    keptAtMs: 0,
    sampleRateHz: 8000,
    sampleCount: 1,
    labels: [...given],
    reviewed,
    hash: given,
  };
}

function choices(lastLabels: string[], clips: readonly ClipInfo[] = [], known = labels): [string, string] {
  const { last, earlier } = labelChoices(
    { ...emptyTeachState, lastLabels: lastLabels.map((ids) => [...ids]), clips, labels: known },
    4,
  );
  const ids = (list: typeof last): string => list.map(({ id }) => id).join('');
  return [ids(last), ids(earlier)];
}

describe('the labels to choose from', () => {
  it('are those given last, then single ones from before, each once', () => {
    expect(choices(['a', 'b', 'ca'])).toEqual(['a', 'bc']);
  });

  it('are also the single ones of the last clip if it had several', () => {
    expect(choices(['ab', 'c'])).toEqual(['ab', 'abc']);
  });

  it('are no more than asked for', () => {
    expect(choices(['a', 'b', 'c', 'd', 'e'])).toEqual(['a', 'bcd']);
  });

  it('come from the clips kept last where nothing is remembered, but not from unchecked ones', () => {
    expect(choices([], [clip('a'), clip('bc'), clip('d', false)])).toEqual(['bc', 'bca']);
    expect(choices(['e'], [clip('a')])).toEqual(['e', 'a']);
  });

  it('are none that were renamed or never given', () => {
    expect(choices(['xa', 'x'], [], labels)).toEqual(['a', '']);
    expect(choices([])).toEqual(['', '']);
  });
});
