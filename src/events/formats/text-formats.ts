import { columns, rounded } from './columns';
import type { EventRow } from './event-row';

/** A format of text with one entry per event. */
interface TextFormat {
  readonly header: string;
  /** Lines of an event; `number` counts from 1. */
  readonly lines: (row: EventRow, number: number) => string;
}

/** Without it, Excel reads UTF-8 as Windows-1252 and breaks umlauts. */
const BYTE_ORDER_MARK = '\uFEFF';

/** The range that the shipped model hears, for a table that needs frequencies. */
const LOW_HZ = 50;
const HIGH_HZ = 14_000;

/**
 * A cell of a CSV file. Text that a spreadsheet would run as a formula gets an apostrophe in front, which makes it
 * text.
 */
export function csvText(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A cell of a table with tabs, which has no quotes: tabs and line breaks become spaces. */
function tabText(value: string): string {
  return value.replace(/[\t\r\n]+/g, ' ');
}

const csv: TextFormat = {
  header: `${BYTE_ORDER_MARK}${columns.map(({ name }) => name).join(',')}\n`,
  lines: (row) =>
    `${columns.map((column) => (column.kind === 'text' ? csvText(column.value(row) ?? '') : (rounded(column, row) ?? ''))).join(',')}\n`,
};

const jsonLines: TextFormat = {
  header: '',
  lines: (row) =>
    `${JSON.stringify(Object.fromEntries(columns.map((column) => [column.name, column.kind === 'text' ? column.value(row) : rounded(column, row)])))}\n`,
};

/** Audacity's label track. A second line with a backslash gives the frequencies. */
const audacity: TextFormat = {
  header: '',
  lines({ file, startSeconds, endSeconds, labelName, probability, lowHz, highHz }) {
    const [start, end] = [startSeconds, endSeconds].map((seconds) => (file.sequenceStartSeconds + seconds).toFixed(6));
    const label = `${start}\t${end}\t${tabText(labelName)} ${probability.toFixed(2)}\n`;
    if (lowHz === undefined || highHz === undefined) return label;
    return `${label}\\\t${lowHz.toFixed(6)}\t${highHz.toFixed(6)}\n`;
  },
};

/** Raven's selection table. Frequencies have decimals, without which crowsetta rejects them. Over several files, begin times go on and file offsets start anew. */
const raven: TextFormat = {
  header: `${[
    'Selection',
    'View',
    'Channel',
    'Begin Time (s)',
    'End Time (s)',
    'Low Freq (Hz)',
    'High Freq (Hz)',
    'Begin Path',
    'File Offset (s)',
    'Common Name',
    'Confidence',
  ].join('\t')}\n`,
  lines({ file, startSeconds, endSeconds, labelName, probability, lowHz = LOW_HZ, highHz = HIGH_HZ }, number) {
    const cells = [
      number,
      'Spectrogram 1',
      1,
      (file.sequenceStartSeconds + startSeconds).toFixed(6),
      (file.sequenceStartSeconds + endSeconds).toFixed(6),
      lowHz.toFixed(1),
      highHz.toFixed(1),
      tabText(file.path),
      startSeconds.toFixed(6),
      tabText(labelName),
      probability.toFixed(4),
    ];
    return `${cells.join('\t')}\n`;
  },
};

/** Results as Kaleidoscope writes them. Its last column is a distance: the nearer, the surer. */
const kaleidoscope: TextFormat = {
  header: 'INDIR,FOLDER,IN FILE,OFFSET,DURATION,TOP1MATCH,TOP1DIST\n',
  lines: ({ file, startSeconds, endSeconds, labelName, probability }) =>
    `${[
      csvText(file.root),
      csvText(file.folder),
      csvText(file.name),
      startSeconds.toFixed(3),
      (endSeconds - startSeconds).toFixed(3),
      csvText(labelName),
      (1 - probability).toFixed(4),
    ].join(',')}\n`,
};

/** Results as BirdNET writes them. The label's id takes the place of the scientific name. */
const birdnet: TextFormat = {
  header: `${BYTE_ORDER_MARK}Start (s),End (s),Scientific name,Common name,Confidence,File\n`,
  lines: ({ file, startSeconds, endSeconds, label, labelName, probability }) =>
    `${[
      startSeconds.toFixed(3),
      endSeconds.toFixed(3),
      csvText(label),
      csvText(labelName),
      probability.toFixed(4),
      csvText(file.path),
    ].join(',')}\n`,
};

/** The formats that consist of text. */
export const textFormats = { csv, jsonl: jsonLines, audacity, raven, kaleidoscope, birdnet } as const;

export type TextFormatName = keyof typeof textFormats;

/** Length of the pieces that are written at once, in characters. */
const PIECE_CHARACTERS = 65_536;

/** Events as text, in pieces: the whole may be larger than the memory. */
export async function* eventText(
  format: TextFormatName,
  rows: AsyncIterable<EventRow> | Iterable<EventRow>,
): AsyncGenerator<string> {
  const { header, lines } = textFormats[format];
  let piece = header;
  let number = 0;
  for await (const row of rows) {
    number += 1;
    piece += lines(row, number);
    if (piece.length < PIECE_CHARACTERS) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
