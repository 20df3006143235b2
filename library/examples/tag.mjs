// What sounds in a WAV file of 16-bit mono samples? node tag.mjs FILE.wav
import { readFile } from 'node:fs/promises';
import { createTagger } from 'earmark';

const wav = await readFile(process.argv[2]);
const sampleRateHz = wav.readUInt32LE(24);
const samples = Float32Array.from({ length: (wav.length - 44) / 2 }, (_, i) => wav.readInt16LE(44 + 2 * i) / 32768);

const tagger = await createTagger({ threshold: 0.3 });
const { events } = await tagger.tag(samples, sampleRateHz);
for (const { labelName, startSeconds, endSeconds, probability } of events) {
  console.log(`${startSeconds.toFixed(1)}–${endSeconds.toFixed(1)} s  ${labelName}  ${probability.toFixed(2)}`);
}
await tagger.dispose();
