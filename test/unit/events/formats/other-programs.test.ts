import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type EventFormat, eventBytes, eventFormats } from '../../../../src/events/formats/formats';
import { runPython, whyNoPython } from '../../support/python';
import { rows } from '../../support/rows';

const folder = mkdtempSync(join(tmpdir(), 'formats-'));

async function fileOf(format: EventFormat, of = rows): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of eventBytes(format, of)) pieces.push(piece);
  const path = join(folder, `events${eventFormats[format].suffix}`);
  writeFileSync(path, Buffer.concat(pieces));
  return path;
}

/** What a Python script prints as JSON about the file in its first argument. */
const ask = (script: string, path: string): unknown => JSON.parse(runPython(`import json, sys\n${script}`, path));

describe('other programs read the formats', () => {
  const noCrowsetta = whyNoPython('crowsetta');
  const noArrow = whyNoPython('pyarrow', 'pandas');

  it('Audacity’s labels by crowsetta', async (context) => {
    context.skip(noCrowsetta !== undefined, noCrowsetta);
    const script = `import crowsetta
track = crowsetta.formats.seq.AudSeq.from_file(sys.argv[1])
print(json.dumps([list(map(float, track.start_times)), list(map(float, track.end_times)), list(track.labels)]))`;
    // crowsetta knows no second line with frequencies, so only the first event is compared.
    expect(ask(script, await fileOf('audacity', rows.slice(0, 1)))).toEqual([[1.25], [3.5], ['Hündin 0.91']]);
  });

  it('Raven’s selection table by crowsetta', async (context) => {
    context.skip(noCrowsetta !== undefined, noCrowsetta);
    const script = `import crowsetta
table = crowsetta.formats.bbox.Raven.from_file(sys.argv[1], annot_col='Common Name')
boxes = table.to_bbox()
print(json.dumps([[float(b.onset), float(b.offset), float(b.low_freq), float(b.high_freq), b.label] for b in boxes]))`;
    expect(ask(script, await fileOf('raven'))).toEqual([
      [1.25, 3.5, 50, 14000, 'Hündin'],
      [600.5, 602, 300, 4500, 'Cat'],
    ]);
  });

  it('Parquet by pyarrow', async (context) => {
    context.skip(noArrow !== undefined, noArrow);
    const script = `import pyarrow.parquet as pq
table = pq.read_table(sys.argv[1])
print(json.dumps([table.num_rows, table.select(['file', 'start_s', 'name', 'peak_level_db']).to_pylist()]))`;
    expect(ask(script, await fileOf('parquet'))).toEqual([
      2,
      [
        { file: 'Bär.wav', start_s: 1.25, name: 'Hündin', peak_level_db: -20.6 },
        { file: 'b.wav', start_s: 0.5, name: 'Cat', peak_level_db: null },
      ],
    ]);
  });

  it.for([
    ['csv', 'name'],
    ['birdnet', 'Common name'],
    ['kaleidoscope', 'TOP1MATCH'],
  ] as const)('%s by pandas', async ([format, column], context) => {
    context.skip(noArrow !== undefined, noArrow);
    const script = `import pandas
table = pandas.read_csv(sys.argv[1])
print(json.dumps([table.columns[0], list(table['${column}'])]))`;
    const first = { csv: 'file', birdnet: 'Start (s)', kaleidoscope: 'INDIR' }[format];
    expect(ask(script, await fileOf(format))).toEqual([first, ['Hündin', 'Cat']]);
  });
});
