import { read } from '@e965/xlsx';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import type { EventRow } from '../../../../src/events/formats/event-row';
import { type EventFormat, eventBytes } from '../../../../src/events/formats/formats';
import { soundEventRow } from '../../../../src/events/formats/sound-event-row';
import type { SoundEvent } from '../../../../src/shared/contracts/sound-event';
import { firstFile, rows } from '../../support/rows';

async function bytesOf(format: EventFormat, of: Iterable<EventRow> | AsyncIterable<EventRow>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of eventBytes(format, of)) pieces.push(piece);
  return Buffer.concat(pieces);
}

const textOf = async (format: EventFormat, of: Iterable<EventRow>): Promise<string> =>
  (await bytesOf(format, of)).toString();

const evil: EventRow = {
  ...(rows[0] as EventRow),
  labelName: '=HYPERLINK("http://x";"y")',
  file: { ...firstFile, name: '+1\n2.wav', path: '/k/a\tb\n.wav', folder: '@SUM(A1)' },
  note: '-2+3',
};

describe('the formats of events', () => {
  it('CSV: one row per event, a time with its offset, empty cells for what is unknown', async () => {
    expect(await textOf('csv', rows)).toBe(
      '\uFEFFfile,path,start_s,end_s,label,name,probability,mean_probability,peak_level_db,threshold,started_at,time_zone,model,head,verdict,right_label,note,id\n' +
        'Bär.wav,/karte/nacht/Bär.wav,1.25,3.5,dog,Hündin,0.9124,0.7,-20.6,0.43,2025-11-24T21:03:12.250+01:00,,earmark-52,shipped,,,,\n' +
        'b.wav,/karte/b.wav,0.5,2,cat,Cat,0.5,,,,2025-11-24T22:00:00.000,,,,,,,\n',
    );
  });

  it.each(['csv', 'birdnet'] as const)('%s opens in a spreadsheet with its umlauts', async (format) => {
    // Like Excel, it takes a file without a byte order mark for Windows-1252.
    const book = read(await bytesOf(format, rows), { type: 'buffer' });
    const cells = Object.values(book.Sheets[book.SheetNames[0] as string] as object).map((cell) => cell.v);
    expect(cells).toContain('Hündin');
    expect(cells).toContain('/karte/nacht/Bär.wav');
  });

  it.each(['csv', 'birdnet', 'kaleidoscope'] as const)('%s: no text becomes a formula', async (format) => {
    const book = read(await bytesOf(format, [evil]), { type: 'buffer' });
    const cells = Object.values(book.Sheets[book.SheetNames[0] as string] as object);
    expect(cells.filter((cell) => cell.f !== undefined)).toEqual([]);
    const texts = cells.filter((cell) => typeof cell.v === 'string').map((cell) => cell.v as string);
    expect(texts.length).toBeGreaterThan(6);
    expect(texts.filter((text) => /^[=+\-@]/.test(text))).toEqual([]);
    expect(texts).toContain(`'=HYPERLINK("http://x";"y")`);
  });

  it('a negative number stays a number', async () => {
    expect(await textOf('csv', rows)).toContain(',-20.6,');
  });

  it('JSON Lines: one object per line, without what is unknown', async () => {
    const lines = (await textOf('jsonl', [...rows, evil])).trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[1] as string)).toEqual({
      file: 'b.wav',
      path: '/karte/b.wav',
      start_s: 0.5,
      end_s: 2,
      label: 'cat',
      name: 'Cat',
      probability: 0.5,
      started_at: '2025-11-24T22:00:00.000',
    });
    expect(JSON.parse(lines[2] as string)).toMatchObject({ file: '+1\n2.wav', note: '-2+3' });
  });

  it('Audacity: seconds with six decimals, the score in the label, frequencies on a second line', async () => {
    expect(await textOf('audacity', rows)).toBe(
      '1.250000\t3.500000\tHündin 0.91\n600.500000\t602.000000\tCat 0.50\n\\\t300.000000\t4500.000000\n',
    );
  });

  it('Raven: begin times go on over several files, file offsets start anew', async () => {
    expect(await textOf('raven', rows)).toBe(
      'Selection\tView\tChannel\tBegin Time (s)\tEnd Time (s)\tLow Freq (Hz)\tHigh Freq (Hz)\tBegin Path\tFile Offset (s)\tCommon Name\tConfidence\n' +
        '1\tSpectrogram 1\t1\t1.250000\t3.500000\t50.0\t14000.0\t/karte/nacht/Bär.wav\t1.250000\tHündin\t0.9124\n' +
        '2\tSpectrogram 1\t1\t600.500000\t602.000000\t300.0\t4500.0\t/karte/b.wav\t0.500000\tCat\t0.5000\n',
    );
  });

  it.each(['raven', 'audacity'] as const)('%s: a name with a tab or a line break stays one cell', async (format) => {
    const lines = (await textOf(format, [{ ...evil, labelName: 'a\tb\r\nc' }])).trimEnd().split('\n');
    expect(lines.at(-1)).toContain('a b c');
    expect(lines).toHaveLength(format === 'raven' ? 2 : 1);
    if (format === 'raven') expect(lines[1]?.split('\t')).toHaveLength(11);
  });

  it('Kaleidoscope: folders apart, and a distance instead of a probability', async () => {
    expect(await textOf('kaleidoscope', rows)).toBe(
      'INDIR,FOLDER,IN FILE,OFFSET,DURATION,TOP1MATCH,TOP1DIST\n' +
        '/karte,nacht,Bär.wav,1.250,2.250,Hündin,0.0876\n/karte,,b.wav,0.500,1.500,Cat,0.5000\n',
    );
  });

  it('BirdNET: its six columns', async () => {
    expect(await textOf('birdnet', rows)).toBe(
      '\uFEFFStart (s),End (s),Scientific name,Common name,Confidence,File\n' +
        '1.250,3.500,dog,Hündin,0.9124,/karte/nacht/Bär.wav\n0.500,2.000,cat,Cat,0.5000,/karte/b.wav\n',
    );
  });

  it('Parquet: the columns of CSV, read back', async () => {
    const file = await bytesOf('parquet', rows);
    const read = await parquetReadObjects({ file: new Uint8Array(file).buffer });
    expect(read).toHaveLength(2);
    expect(read[0]).toMatchObject({ file: 'Bär.wav', start_s: 1.25, probability: 0.9124, head: 'shipped' });
    expect(read[1]?.peak_level_db ?? null).toBeNull();
    expect(read[1]).toMatchObject({ label: 'cat', end_s: 2, started_at: '2025-11-24T22:00:00.000' });
  });

  it('Parquet: more rows than one group', async () => {
    const many = Array.from({ length: 45_000 }, (_, i) => ({ ...(rows[0] as EventRow), startSeconds: i }));
    const read = await parquetReadObjects({ file: new Uint8Array(await bytesOf('parquet', many)).buffer });
    expect(read.map(({ start_s }) => start_s)).toEqual(many.map(({ startSeconds }) => startSeconds));
  });

  it.each(['csv', 'jsonl', 'audacity', 'raven', 'kaleidoscope', 'birdnet', 'parquet'] as const)(
    '%s: no events are a file all the same',
    async (format) => {
      const bytes = await bytesOf(format, []);
      const isOnlyEvents = format === 'jsonl' || format === 'audacity';
      expect(bytes.length > 0).toBe(!isOnlyEvents);
    },
  );

  it('is written in pieces, so that a million events fit in memory', async () => {
    let made = 0;
    function* endless(): Generator<EventRow> {
      for (;;) {
        made += 1;
        yield rows[0] as EventRow;
      }
    }
    for (const format of ['csv', 'parquet'] as const) {
      made = 0;
      await eventBytes(format, endless()).next();
      expect(made).toBeLessThanOrEqual(20_000);
    }
  });

  it('a kept event becomes a row', () => {
    const event: SoundEvent = {
      id: 'e1',
      label: 'dog',
      labelName: 'Dog',
      startMs: Date.UTC(2025, 0, 1, 0, 0, 10),
      endMs: Date.UTC(2025, 0, 1, 0, 0, 12),
      timeZone: 'America/New_York',
      utcOffsetMinutes: -300,
      peakProbability: 0.9,
      meanProbability: 0.8,
      peakLevelDb: -30,
      threshold: 0.5,
      model: 'earmark-52',
      head: 'shipped',
      source: { kind: 'microphone', name: 'Yeti' },
      verdict: { answer: 'other', label: 'wolf' },
    };
    const row = soundEventRow(event, Date.UTC(2025, 0, 1));
    expect(row).toMatchObject({ startSeconds: 10, endSeconds: 12, verdict: 'other', rightLabel: 'wolf' });
    expect(row.file.name).toBe('Yeti');
    expect(row.startedAt).toEqual({ localMs: Date.UTC(2024, 11, 31, 19, 0, 10), utcOffsetMinutes: -300 });
  });
});
