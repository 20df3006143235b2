/**
 * Writes what a model says about the windows of clips, before calibration: for `calibrate` and `evaluate`, which then
 * need not run the network again.
 *
 *     npm run logits -- --clips LIST.csv --root DIR --model FOLDER --out FILE.json [--fold N]
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { clipWindows, WINDOWS_PER_CLIP } from '../src/dsp/clip-windows';
import { openModelFolder } from '../src/model/node';
import { AudioFileReader } from './audio-file-reader';
import { readClipList } from './clip-list';
import type { LogitsFile } from './clip-logits';

const { values } = parseArgs({
  options: {
    clips: { type: 'string' },
    root: { type: 'string' },
    model: { type: 'string' },
    out: { type: 'string' },
    fold: { type: 'string' },
  },
});
const { clips, root, model: folder, out, fold } = values;
if (clips === undefined || root === undefined || folder === undefined || out === undefined) {
  throw new Error('usage: npm run logits -- --clips LIST.csv --root DIR --model FOLDER --out FILE.json [--fold N]');
}

const rows = (await readClipList(clips)).filter((row) => fold === undefined || row.fold === fold);
const model = await openModelFolder(folder);
const reader = new AudioFileReader();
const { frames, melBands } = model.spec;
const size = model.labels.length;
const written: LogitsFile['clips'][number][] = [];
for (const [i, { file, labels }] of rows.entries()) {
  const windows = clipWindows(
    await reader.read(join(root, file), model.spec.sampleRateHz),
    model.spec,
    WINDOWS_PER_CLIP,
  );
  const count = windows.length / (frames * melBands);
  const logits = await model.predictLogits(windows, count);
  const rounded = Array.from(logits, (logit) => Number(logit.toFixed(4)));
  written.push({
    file,
    labels,
    logits: Array.from({ length: count }, (_, w) => rounded.slice(w * size, (w + 1) * size)),
  });
  if (i % 100 === 99) console.error(`${i + 1} of ${rows.length} clips`);
}
reader.close();
model.dispose();
const content: LogitsFile = { labels: model.labels.map(({ id }) => id), clips: written };
await writeFile(out, JSON.stringify(content));
