import { describe, expect, it } from 'vitest';
import { LocalClock } from '../../../../src/events/diary/local-hours';
import { addressIn, placeOf } from '../../../../src/ui/diary/diary-place';
import { everything, isEverything, questionOf } from '../../../../src/ui/diary/filter/view-filter';
import { ListRows } from '../../../../src/ui/diary/list/list-rows';

const berlin = () => new LocalClock('Europe/Berlin');
const laid = (startsMs: number[]) => {
  const rows = new ListRows(Float64Array.from(startsMs), berlin());
  return Array.from({ length: rows.count }, (_, row) => {
    const what = rows.at(row);
    return what.kind === 'event' ? what.index : `${what.kind} ${what.events}`;
  });
};

describe('ListRows', () => {
  it('puts days and hours above their events', () => {
    // 0:10 and 23:50 in Berlin on either side of midnight, and twice in the hour from 22:00.
    const starts = ['2026-11-27T23:10Z', '2026-11-27T22:50Z', '2026-11-27T21:59Z', '2026-11-27T21:00Z'].map(Date.parse);
    expect(laid(starts)).toEqual(['day 1', 'hour 1', 0, 'day 3', 'hour 1', 1, 'hour 2', 2, 3]);
  });

  it('tells the two hours apart that the clock calls 2', () => {
    expect(laid(['2026-10-25T01:30Z', '2026-10-25T00:30Z'].map(Date.parse))).toEqual([
      'day 2',
      'hour 1',
      0,
      'hour 1',
      1,
    ]);
  });

  it('finds the nearest event in a direction', () => {
    const rows = new ListRows(Float64Array.of(10, 5), berlin());
    expect([rows.eventFrom(0, 1), rows.eventFrom(1, -1), rows.eventFrom(3, 1), rows.eventFrom(4, 1)]).toEqual([
      2,
      undefined,
      3,
      undefined,
    ]);
    expect(() => rows.at(4)).toThrow(RangeError);
  });

  it('asks the clock in the order of the events, which reads it once a quarter of an hour', () => {
    const asked: number[] = [];
    const clock = { dayOf: (ms: number) => asked.push(ms) && 0, hourOf: (ms: number) => asked.push(ms) && 0 };
    new ListRows(Float64Array.of(9, 5, 5, 2), clock);
    expect(asked).toEqual([9, 9, 5, 5, 5, 5, 2, 2]);
  });
});

describe('addresses in the diary', () => {
  it.each(['#/diary', '#/diary/event/a%2Fb'])('lead back: %s', (hash) => {
    expect(addressIn(placeOf(hash))).toBe(hash);
  });

  it('lead to the list if they are unknown', () => {
    expect(placeOf('#/diary/elsewhere')).toEqual({ page: 'events' });
    expect(placeOf('#/listen')).toEqual({ page: 'events' });
  });
});

describe('a filter', () => {
  const labels = [
    { id: 'dog', name: 'Hund', group: 'animals' },
    { id: 'cat', name: 'Katze', group: 'animals' },
    { id: 'rain', name: 'Regen', group: 'nature' },
  ];
  const ask = (change: object) => questionOf({ ...everything, ...change }, labels, 'Europe/Berlin');

  it('asks for everything at first', () => {
    expect(ask({})).toEqual({});
    expect(isEverything(everything)).toBe(true);
    expect(isEverything({ ...everything, span: { fromMs: 0, toMs: 1 } })).toBe(false);
    expect(isEverything({ ...everything, text: 'x' })).toBe(false);
  });

  it('asks for a label, or for all labels of a group', () => {
    expect(ask({ label: 'rain' })).toEqual({ labels: ['rain'] });
    expect(ask({ group: 'animals' })).toEqual({ labels: ['dog', 'cat'] });
    expect(ask({ group: 'taught' })).toEqual({ labels: [] });
  });

  it('asks for a label with those below it, but in a cell of a chart for the label alone', () => {
    const birds = [
      { id: 'crow', name: 'Crow', group: 'animals', above: new Set(['bird', 'animal']) },
      { id: 'bird', name: 'Bird', group: 'animals', above: new Set(['animal']) },
      { id: 'dog', name: 'Dog', group: 'animals', above: new Set(['animal']) },
    ];
    const labelsFor = (change: object) => questionOf({ ...everything, ...change }, birds, 'Europe/Berlin').labels;
    expect(labelsFor({ label: 'bird' })).toEqual(['bird', 'crow']);
    expect(labelsFor({ label: 'animal' })).toEqual(['animal', 'crow', 'bird', 'dog']);
    expect(labelsFor({ label: 'crow' })).toEqual(['crow']);
    expect(labelsFor({ label: 'bird', span: { fromMs: 0, toMs: 1 } })).toEqual(['bird']);
  });

  it('asks for whole days where the device is, however long they are', () => {
    const question = ask({ from: '2026-03-29', to: '2026-03-29' });
    expect(question).toEqual({ fromMs: Date.parse('2026-03-28T23:00Z'), toMs: Date.parse('2026-03-29T22:00Z') });
    expect(ask({ from: '2026-03-29', span: { fromMs: 1, toMs: 2 } })).toEqual({ fromMs: 1, toMs: 2 });
  });

  it('asks for strength, verdict, words and sound', () => {
    expect(ask({ text: ' at door ', leastProbability: 0.7, verdict: 'none', withClip: true })).toEqual({
      text: 'at door',
      names: { dog: 'Hund', cat: 'Katze', rain: 'Regen' },
      leastProbability: 0.7,
      verdicts: ['none'],
      withClip: true,
    });
  });
});
