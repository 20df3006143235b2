/** Plays clips to a model as a microphone would, and counts cries of wolf. Usage: `npm run play -- --help`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openModelFolder } from '../../src/model/folder/node';
import { AudioFileReader } from '../audio/audio-file-reader';
import { readClipList } from '../clips/clip-list';
import { startCommand, UsageError } from '../command';
import { peaksWhilePlayed, readCompanions, SURE, wrongLabels } from '../evaluation/played-clips';
import { modelFolder } from '../networks/model-path';
import { describedLabels, meaningsOf } from '../scenes/meanings';

const usage = `usage: npm run play -- --model NAME --clips LIST --root DIR [--only FILES] [--seconds 9] [--tags-per-second 8]

Plays each clip over and over through the page's live path, and counts the clips in which a label that is not in the clip
passes ${SURE} at some moment. Labels that may sound in such a clip all the same (training/lists/may-also-sound.csv, and labels
below the clip's own) are counted apart.

  --model NAME   a folder of public/models, or a path with a slash to any model folder
  --clips LIST   CSV with the columns file and labels
  --root DIR     folder of the files
  --only FILES   a text file that names the files to play, one a line; default: all of the list`;

startCommand(usage);
const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    clips: { type: 'string' },
    root: { type: 'string' },
    only: { type: 'string' },
    seconds: { type: 'string', default: '9' },
    'tags-per-second': { type: 'string', default: '8' },
  },
});
const { model: name, clips: list, root, only } = values;
const [seconds, tagsPerSecond] = [Number(values.seconds), Number(values['tags-per-second'])];
if (name === undefined || list === undefined || root === undefined) {
  throw new UsageError('--model, --clips and --root are needed');
}
if (!(seconds > 0 && tagsPerSecond > 0)) throw new UsageError('--seconds and --tags-per-second are above 0');

const wanted = only === undefined ? undefined : new Set((await readFile(only, 'utf8')).split(/\s+/));
const rows = (await readClipList(list)).filter(({ file }) => wanted === undefined || wanted.has(file));
if (rows.length === 0) throw new Error(`${list} has none of the files that ${only} names`);
const model = await openModelFolder(modelFolder(name));
const ids = model.labels.map(({ id }) => id);
const meanings = meaningsOf(await describedLabels(model.labels));
const companions = await readCompanions('training/lists/may-also-sound.csv');
const reader = new AudioFileReader();
const counts = { unrelated: 0, wrong: 0, amongThree: 0 };
for (const { file, labels } of rows) {
  const samples = await reader.read(join(root, file), model.spec.sampleRateHz);
  const peaks = await peaksWhilePlayed(model, samples, seconds, tagsPerSecond);
  const wrong = wrongLabels({ file, sounds: labels, peaks }, ids, meanings, companions);
  const strongest = ids.toSorted((a, b) => (peaks[ids.indexOf(b)] as number) - (peaks[ids.indexOf(a)] as number));
  if (labels.some((label) => strongest.slice(0, 3).includes(label))) counts.amongThree++;
  if (wrong.length === 0) continue;
  counts.wrong++;
  if (wrong.some(({ isRelated }) => !isRelated)) counts.unrelated++;
  const told = wrong.map(({ id, peak, isRelated }) => `${id} ${peak.toFixed(2)}${isRelated ? ' (related)' : ''}`);
  console.log(`${file} (${labels.join(', ')}): ${told.join(', ')}`);
}
reader.close();
model.dispose();
const share = (count: number): string => `${count} of ${rows.length} (${((100 * count) / rows.length).toFixed(1)} %)`;
console.log(`a wrong, unrelated label passes ${SURE}: ${share(counts.unrelated)}; must: 10 % at most`);
console.log(`a wrong label of any kind passes ${SURE}: ${share(counts.wrong)}`);
console.log(`the right label is among the three highest peaks: ${share(counts.amongThree)}`);
