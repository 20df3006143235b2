import type { NoTableReason } from '../../../../events/verdicts/table-rows';
import type { RowFault, VerdictTableKind } from '../../../../events/verdicts/verdict-table';
import { listed, plural, quoted } from '../words';

const grouped = (count: number): string => count.toLocaleString('en');
const rows = (count: number): string => plural(count, { one: '1 row', other: `${grouped(count)} rows` });
const verdicts = (count: number): string => plural(count, { one: '1 verdict', other: `${grouped(count)} verdicts` });

/** “lines 3, 5 and 8”, and a hint at the others. */
const lines = (count: number, first: readonly number[]): string =>
  count > first.length
    ? `lines ${first.join(', ')} and so on`
    : plural(count, { one: `line ${first[0]}`, other: `lines ${listed(first.map(String))}` });

/** How many names a sentence lists. */
const MOST_NAMED = 8;

/** Names in a sentence. */
const some = (names: readonly string[]): string =>
  listed([
    ...names.slice(0, MOST_NAMED).map(quoted),
    ...(names.length > MOST_NAMED ? [`${names.length - MOST_NAMED} more`] : []),
  ]);

/** English texts of the import of verdicts. */
export const diaryImportTexts = {
  diaryImport: {
    title: 'Import verdicts',
    what: 'Read verdicts from Audacity labels, a Raven selection table, or Earmark’s own CSV or JSON Lines. Earmark first shows what they would change.',
    choose: 'Choose a table…',
    reading: 'Reading the table…',
    writing: 'Writing the verdicts…',
    failed: 'The table couldn’t be compared with the diary. Nothing was changed. Try again.',
    noTable: {
      empty: 'This file is empty. Nothing was changed.',
      'no-text': 'This file is not a table. Choose a text file with labels, such as CSV. Nothing was changed.',
      'open-quote':
        'A quotation mark in this table is never closed, so its rows can’t be told apart. Nothing was changed.',
    } satisfies Record<NoTableReason, string> as Record<NoTableReason, string>,
    noColumns: (header: readonly string[]) =>
      header.length === 0
        ? 'Earmark found no columns in this file. It needs a start, an end and a label. Nothing was changed.'
        : `Earmark doesn’t know the columns of this table (${some(header)}). It needs a start, an end and a label, such as “start_s”, “end_s” and “label”. Nothing was changed.`,
    kinds: {
      audacity: 'Audacity labels',
      raven: 'Raven selection table',
      earmark: 'Table from Earmark',
      kaleidoscope: 'Kaleidoscope table',
      other: 'Table',
    } satisfies Record<VerdictTableKind, string> as Record<VerdictTableKind, string>,
    read: (kind: string, count: number) => `${kind}: ${rows(count)} with a verdict.`,
    unjudged: (count: number) =>
      plural(count, {
        one: '1 row has no verdict and is left out.',
        other: `${grouped(count)} rows have no verdict and are left out.`,
      }),
    faulty: {
      'no-number': (count, first) => `${rows(count)} left out: the times are not numbers (${lines(count, first)}).`,
      negative: (count, first) => `${rows(count)} left out: the times are below zero (${lines(count, first)}).`,
      crossed: (count, first) => `${rows(count)} left out: the end is before the start (${lines(count, first)}).`,
      'no-label': (count, first) => `${rows(count)} left out: the label is missing (${lines(count, first)}).`,
      'unknown-verdict': (count, first) =>
        `${rows(count)} left out: the verdict is none of “right”, “wrong”, “unsure” and “other” with its label (${lines(count, first)}).`,
    } satisfies Record<RowFault, (count: number, lines: readonly number[]) => string> as Record<
      RowFault,
      (count: number, lines: readonly number[]) => string
    >,
    unknownColumns: (names: readonly string[]) => `Not used: ${some(names)}.`,
    commas: 'The numbers have decimal commas. Earmark reads them as such.',
    matches: (matched: number, unmatched: number) =>
      unmatched === 0
        ? `${rows(matched)} ${matched === 1 ? 'matches' : 'match'} the diary.`
        : `${rows(matched)} ${matched === 1 ? 'matches' : 'match'} the diary, ${grouped(unmatched)} ${unmatched === 1 ? 'does' : 'do'} not.`,
    unchanged: (count: number) =>
      plural(count, {
        one: '1 event has this verdict already.',
        other: `${grouped(count)} events have these verdicts already.`,
      }),
    replaced: (count: number) =>
      plural(count, {
        one: '1 verdict replaces another one.',
        other: `${grouped(count)} verdicts replace other ones.`,
      }),
    neverHeard: (labels: readonly string[]) =>
      `None of its sounds is in the diary: ${some(labels)}. Name them as the diary does, then choose the table again.`,
    origin: 'Second 0 of the table',
    originWhy:
      'The table only has seconds. This is the moment at which most of its rows fit the diary. Correct it if it is wrong.',
    write: (count: number) => `Write ${verdicts(count)}`,
    cancel: 'Cancel',
    written: (count: number, of: number) =>
      count === of ? `${verdicts(count)} written.` : `${grouped(count)} of ${verdicts(of)} written.`,
    undo: 'Undo',
    undone: 'The verdicts are as they were before.',
  },
};
