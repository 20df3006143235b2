import { describe, expect, it } from 'vitest';
import { type EventFormat, eventBytes } from '../../../../src/events/formats/formats';
import { soundEventRow } from '../../../../src/events/formats/sound-event-row';
import { NoTable, tableRows } from '../../../../src/events/verdicts/table-rows';
import { NoVerdictTable, readVerdictTable, type VerdictTable } from '../../../../src/events/verdicts/verdict-table';
import { someMs, soundEvent } from '../../support/diary';

const read = (...parts: BlobPart[]): Promise<VerdictTable> => readVerdictTable(tableRows(new Blob(parts)));

async function exported(format: EventFormat): Promise<Blob> {
  const events = [
    soundEvent({ id: 'e1', labelName: 'Hündin', verdict: { answer: 'right' } }),
    soundEvent({
      ...{ id: 'e2', label: 'owl', labelName: 'Owl', startMs: someMs + 60_500 },
      verdict: { answer: 'other', label: 'käuzchen' },
    }),
    soundEvent({ id: 'e3', labelName: '=SUM(A1), "quoted"\nline', startMs: someMs + 90_000 }),
  ];
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of eventBytes(
    format,
    events.map((event) => soundEventRow(event, someMs)),
  )) {
    pieces.push(piece);
  }
  return new Blob(pieces);
}

describe('Earmark’s own exports are read back', () => {
  const seconds = someMs / 1000;

  it.each(['csv', 'jsonl'] as const)('%s: with ids, dates and verdicts', async (format) => {
    const table = await read(await exported(format));
    expect(table).toMatchObject({ kind: 'earmark', isDated: true, unjudged: 1, faulty: [], unknownColumns: [] });
    expect(table.rows).toMatchObject([
      { startSeconds: seconds, endSeconds: seconds + 2, label: 'Hündin', id: 'e1', verdict: { answer: 'right' } },
      { startSeconds: seconds + 60.5, label: 'Owl', id: 'e2', verdict: { answer: 'other', label: 'käuzchen' } },
    ]);
  });

  it.each([
    ['audacity', 'audacity'],
    ['raven', 'raven'],
    ['kaleidoscope', 'kaleidoscope'],
    ['birdnet', 'other'],
  ] as const)('%s: with seconds and names', async (format, kind) => {
    const table = await read(await exported(format));
    expect(table).toMatchObject({ kind, isDated: false, unjudged: 0, faulty: [], unknownColumns: [] });
    expect(table.rows.map(({ label }) => label.replace(/\s+/g, ' '))).toEqual([
      'Hündin',
      'Owl',
      '=SUM(A1), "quoted" line',
    ]);
    expect(table.rows.map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])).toEqual([
      [0, 2],
      [60.5, 62.5],
      [90, 92],
    ]);
  });
});

describe('tables of others', () => {
  it('with decimal commas, semicolons, Windows-1252 and columns of their own', async () => {
    const text = 'start;end;Label;Wer\r\n1,5;2,25;Hündin;Ute\r\n3;4;Uhu;\r\n';
    const table = await read(Uint8Array.from(text, (character) => character.charCodeAt(0)));
    expect(table).toMatchObject({ hasCommas: true, unknownColumns: ['Wer'], faulty: [] });
    expect(table.rows).toEqual([
      { line: 2, startSeconds: 1.5, endSeconds: 2.25, label: 'Hündin' },
      { line: 3, startSeconds: 3, endSeconds: 4, label: 'Uhu' },
    ]);
  });

  it('in UTF-16, after a line that names the separator', async () => {
    const text = '\uFEFFsep=\t\nstart\tend\tLabel\n1\t2\tHündin\n';
    const bytes = new Uint8Array(Uint16Array.from(text, (character) => character.charCodeAt(0)).buffer);
    expect((await read(bytes)).rows).toMatchObject([{ startSeconds: 1, endSeconds: 2, label: 'Hündin' }]);
  });

  it('Audacity’s with frequencies, scores and decimal commas', async () => {
    const table = await read('0,500000\t1,250000\tDog 0,91\n\\\t300,0\t4500,0\n2.5\t2.5\tOwl\n');
    expect(table).toMatchObject({ kind: 'audacity', hasCommas: true, faulty: [] });
    expect(table.rows).toEqual([
      { line: 1, startSeconds: 0.5, endSeconds: 1.25, label: 'Dog' },
      { line: 3, startSeconds: 2.5, endSeconds: 2.5, label: 'Owl' },
    ]);
  });

  it('Raven’s with two views of each selection', async () => {
    const lines = [
      'Selection\tView\tChannel\tBegin Time (s)\tEnd Time (s)\tSpecies',
      '1\tWaveform 1\t1\t2.0\t3.0\tOwl',
    ];
    const table = await read([...lines, '1\tSpectrogram 1\t1\t2.0\t3.0\tOwl'].join('\n'));
    expect(table).toMatchObject({ kind: 'raven', unknownColumns: [] });
    expect(table.rows).toEqual([{ line: 3, startSeconds: 2, endSeconds: 3, label: 'Owl' }]);
  });

  it('Kaleidoscope’s with columns that it marks, and the name that a person gave before its own', async () => {
    const header = 'INDIR,FOLDER,IN FILE,CHANNEL,OFFSET,DURATION,Fmean,AUTO ID*,MANUAL ID';
    const table = await read(
      [header, '/a,,b.wav,0,1.5,2,5000,Owl,Tawny owl', '/a,,b.wav,0,4,1,5000,Dog,'].join('\r\n'),
    );
    expect(table).toMatchObject({ kind: 'kaleidoscope', faulty: [], unknownColumns: ['Fmean'] });
    expect(table.rows).toEqual([
      { line: 2, startSeconds: 1.5, endSeconds: 3.5, label: 'Tawny owl' },
      { line: 3, startSeconds: 4, endSeconds: 5, label: 'Dog' },
    ]);
  });

  it.each([
    ['German', '\uFEFFKlang;Ende;Anfang\r\nUhu;2,25;1,5\r\n'],
    ['German, with units', 'Art\tBeginn\tDauer (s)\nUhu\t1,5\t0,75\n'],
    ['Raven’s lengths', 'Selection\tBegin Time (s)\tDelta Time (s)\tSpecies\n1\t1.5\t0.75\tUhu\n'],
  ])('with columns in another language, order or form: %s', async (_, text) => {
    const table = await read(text);
    expect(table.rows).toMatchObject([{ startSeconds: 1.5, endSeconds: 2.25, label: 'Uhu' }]);
    expect(table).toMatchObject({ faulty: [], unknownColumns: [] });
  });

  it('with verdicts in German', async () => {
    const rows = ['1,5;2;Uhu;Richtig;', '3;4;Uhu;falsch;', '5;6;Uhu;anderer Klang;Krähe', '7;8;Uhu;unsicher;'];
    const table = await read(['Beginn;Ende;Klang;Urteil;Richtiger Klang', ...rows].join('\n'));
    expect(table.rows.map(({ verdict }) => verdict)).toEqual([
      { answer: 'right' },
      { answer: 'wrong' },
      { answer: 'other', label: 'Krähe' },
      { answer: 'unsure' },
    ]);
  });

  it('leaves out, counts and places rows with a fault, and keeps the others', async () => {
    const rows = ['-1,2,Dog', '5,4,Dog', 'x,4,Dog', '1,,Dog', '1,2,', '7,8,Owl', '-3,-2,Dog'];
    const table = await read(['start,end,Label', ...rows].join('\n'));
    expect(table.rows).toEqual([{ line: 7, startSeconds: 7, endSeconds: 8, label: 'Owl' }]);
    expect(table.faulty).toEqual([
      { fault: 'negative', count: 2, lines: [2, 8] },
      { fault: 'crossed', count: 1, lines: [3] },
      { fault: 'no-number', count: 2, lines: [4, 5] },
      { fault: 'no-label', count: 1, lines: [6] },
    ]);
    const ours = await read('start_s,end_s,name,verdict,right_label\n1,2,Dog,yes,\n1,2,Dog,other,\n1,2,Dog,Wrong,\n');
    expect(ours.faulty).toEqual([{ fault: 'unknown-verdict', count: 2, lines: [2, 3] }]);
    expect(ours.rows).toMatchObject([{ verdict: { answer: 'wrong' } }]);
  });

  it('says what is no table', async () => {
    const reason = (...parts: BlobPart[]) =>
      read(...parts).then(
        () => 'read',
        (error) => error.reason ?? error.header,
      );
    expect(await reason()).toBe('empty');
    expect(await reason(Uint8Array.of(82, 73, 70, 70, 36, 0, 0, 0, 87, 65, 86, 69))).toBe('no-text');
    expect(await reason('start,end,Label\n1,2,"Dog\n3,4,Owl\n')).toBe('open-quote');
    expect(await reason('Date,Who\n1,2\n')).toEqual(['Date', 'Who']);
    expect(await reason('{"name": "Dog"}\n')).toEqual(['name']);
    expect(await reason('{"a": ')).toEqual([]);
    await expect(read('\n\n')).rejects.toBeInstanceOf(NoVerdictTable);
    await expect(read()).rejects.toBeInstanceOf(NoTable);
  });

  it('reads 300 MB piece by piece, and a quote that spans pieces', { timeout: 300_000 }, async () => {
    const header = 'start_s,end_s,label,name,verdict,right_label,note\n';
    const unjudged =
      '1.5,2.5,dog,Dog,,,"a note, that\nis longer than the others, so that there are not too many rows"\n';
    const chunk = new Blob([unjudged.repeat(50_000)]);
    const count = Math.ceil((300 * 2 ** 20) / chunk.size);
    const file = new Blob([header, ...Array<Blob>(count).fill(chunk), '7,8,owl,Owl,wrong,,\n']);
    const sizes: number[] = [];
    const watched = new Proxy(file, {
      get(target, name) {
        if (name === 'size') return target.size;
        if (name !== 'slice') throw new Error(`${String(name)} reads the file as a whole`);
        return (start: number, end: number) => {
          sizes.push(end - start);
          return target.slice(start, end);
        };
      },
    });
    const table = await readVerdictTable(tableRows(watched));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2 ** 20);
    expect(table.unjudged).toBe(50_000 * count);
    expect(table.rows).toMatchObject([{ line: 2 + 2 * 50_000 * count, label: 'Owl', verdict: { answer: 'wrong' } }]);
  });
});
