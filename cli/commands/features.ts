/** Computes log-mel columns of many clips, for training. Usage: `npm run features -- --help`. */
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { logMelColumns } from '../../src/dsp/log-mel';
import { parseFeatureSpec, windowSamples } from '../../src/shared/contracts/model/feature-spec';
import { readAudioFile } from '../audio/audio-files';
import { readClipList } from '../clips/clip-list';
import { startCommand, UsageError } from '../command';
import { trainingSpec } from '../networks/training-spec';
import { readJson } from '../read-json';

const usage = `usage: npm run features -- --clips LIST.csv --root DIR --out FOLDER [--spec SPEC.json] [--part 0/2]

Computes log-mel columns of many clips with the app's own front end, for training.

  --clips LIST.csv  columns "file" and "labels"
  --root DIR        folder that the files are below
  --out FOLDER      gets columns.f32 (all clips' columns, [columns, melBands] floats, one clip behind the other) and
                    index.json ({spec, clips: [{file, columns}]}). Values are log10 of the band's power, not normalised
  --spec SPEC.json  another front end than the one of training-spec.ts
  --part 0/2        the first half of the list alone

A clip that cannot be read is left out, with a line that says why, and the exit status is 1.`;

startCommand(usage);
const { values } = parseArgs({
  options: {
    clips: { type: 'string' },
    root: { type: 'string' },
    out: { type: 'string' },
    spec: { type: 'string' },
    part: { type: 'string', default: '0/1' },
  },
});
const { clips, root, out } = values;
if (clips === undefined || root === undefined || out === undefined) {
  throw new UsageError('--clips, --root and --out are needed');
}
const spec = values.spec === undefined ? trainingSpec : parseFeatureSpec(await readJson(values.spec));
const [part, parts] = values.part.split('/').map(Number) as [number, number];

const rows = (await readClipList(clips)).filter((_, i) => i % parts === part);
await mkdir(out, { recursive: true });
const stream = createWriteStream(join(out, 'columns.f32'));
const index: { file: string; columns: number }[] = [];
for (const [i, { file }] of rows.entries()) {
  const samples = await readAudioFile(join(root, file), spec.sampleRateHz).catch((error: Error) => {
    console.error(`${error.message}; left out`);
    process.exitCode = 1;
  });
  if (!samples) continue;
  // A clip shorter than a window is padded with silence, as in the page.
  const padded = new Float32Array(Math.max(samples.length, windowSamples(spec)));
  padded.set(samples);
  const columns = logMelColumns(padded, spec);
  stream.write(new Uint8Array(columns.buffer));
  index.push({ file, columns: columns.length / spec.melBands });
  if (i % 100 === 0) console.error(`${i} of ${rows.length} clips`);
}
stream.end();
await finished(stream);
await writeFile(join(out, 'index.json'), JSON.stringify({ spec, clips: index }));
