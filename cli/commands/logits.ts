/**
 * Writes a model's output for the windows of clips, before calibration: for `calibrate`, `evaluate` and `evaluate:all`,
 * which then need not run the network again. Usage: `npm run logits -- --help`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { clipWindows, WINDOWS_PER_CLIP } from '../../src/dsp/clip-windows';
import type { NetworkModel } from '../../src/model/engine/loaded-model';
import { openModelFolder } from '../../src/model/folder/node';
import { AudioFileReader } from '../audio/audio-file-reader';
import type { LogitsFile } from '../clips/clip-logits';
import { readTestSet } from '../clips/test-set';
import { startCommand, UsageError } from '../command';
import { modelFolder } from '../networks/model-path';

const usage = `usage: npm run logits -- --model NAME --out DIR [--fold N] SET ...

  --model NAME  a folder of public/models, or a path with a slash to any model folder
  --out DIR     gets a file for each set, named like it: SET.json
  --fold N      clips of this fold alone
  SET           a folder with clips.csv ("file", "labels"); the files lie below its clips/, or beside the list

The exit status is 1 when a clip was left out, which a line on the error stream names.`;

type ClipWithLogits = LogitsFile['clips'][number];

async function logitsOf(model: NetworkModel, samples: Float32Array): Promise<ClipWithLogits['logits']> {
  const { frames, melBands } = model.spec;
  const windows = clipWindows(samples, model.spec, WINDOWS_PER_CLIP);
  const count = windows.length / (frames * melBands);
  const rounded = Array.from(await model.predictLogits(windows, count), (logit) => Number(logit.toFixed(4)));
  const size = model.labels.length;
  return Array.from({ length: count }, (_, w) => rounded.slice(w * size, (w + 1) * size));
}

startCommand(usage);
const { values, positionals: sets } = parseArgs({
  options: {
    model: { type: 'string' },
    out: { type: 'string' },
    fold: { type: 'string' },
  },
  allowPositionals: true,
});
const { model: name, out, fold } = values;
if (name === undefined || out === undefined || sets.length === 0) {
  throw new UsageError('--model, --out and a set are needed');
}

const model = await openModelFolder(modelFolder(name));
const reader = new AudioFileReader();
await mkdir(out, { recursive: true });
const withParents = model.labels.flatMap((label) => (label.parents ? [[label.id, label.parents] as const] : []));
const parents = withParents.length > 0 && { parents: Object.fromEntries(withParents) };
for (const set of sets) {
  const { name: setName, rows, root } = await readTestSet(set);
  const clips = rows.filter((row) => fold === undefined || row.fold === fold);
  const written: ClipWithLogits[] = [];
  for (const { file, labels } of clips) {
    try {
      const samples = await reader.read(join(root, file), model.spec.sampleRateHz);
      written.push({ file, labels, logits: await logitsOf(model, samples) });
    } catch (error) {
      console.error((error as Error).message);
      process.exitCode = 1;
    }
  }
  const content: LogitsFile = { labels: model.labels.map(({ id }) => id), ...parents, clips: written };
  await writeFile(join(out, `${setName}.json`), JSON.stringify(content));
  console.error(`${setName}: ${written.length} of ${clips.length} clips`);
}
reader.close();
model.dispose();
