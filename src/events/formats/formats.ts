import type { EventRow } from './event-row';
import { eventText, type TextFormatName } from './text-formats';

export type EventFormat = TextFormatName | 'parquet';

/** What a file of each format is called, and its media type. */
export const eventFormats: Readonly<Record<EventFormat, { readonly suffix: string; readonly mediaType: string }>> = {
  csv: { suffix: '.csv', mediaType: 'text/csv' },
  jsonl: { suffix: '.jsonl', mediaType: 'application/jsonl' },
  parquet: { suffix: '.parquet', mediaType: 'application/vnd.apache.parquet' },
  raven: { suffix: '.selections.txt', mediaType: 'text/tab-separated-values' },
  audacity: { suffix: '.labels.txt', mediaType: 'text/plain' },
  kaleidoscope: { suffix: '.kaleidoscope.csv', mediaType: 'text/csv' },
  birdnet: { suffix: '.BirdNET.results.csv', mediaType: 'text/csv' },
};

/** Events as the bytes of a file, in pieces. */
export async function* eventBytes(
  format: EventFormat,
  rows: AsyncIterable<EventRow> | Iterable<EventRow>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (format === 'parquet') {
    const { eventParquet } = await import('./parquet');
    yield* eventParquet(rows);
    return;
  }
  const encoder = new TextEncoder();
  for await (const piece of eventText(format, rows)) yield encoder.encode(piece);
}
