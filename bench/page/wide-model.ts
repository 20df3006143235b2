import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { readModelFolder } from '../../src/model/folder/model-folder';
import { readFrom } from '../../src/model/folder/node';
import { writeHeadFile } from '../../src/model/head/head-file';
import type { Head } from '../../src/shared/contracts/model/head';
import type { Label } from '../../src/shared/contracts/model/label';
import { ZipArchive } from '../../src/shared/lib/files/zip-archive';
import { seededRandom } from '../../src/shared/lib/math/random';

const LIMITS = { files: 10, totalBytes: 64 * 1024 * 1024 };

/** How far a copy's logit lies below the original's, at most. */
const MOST_BELOW = 4;

/**
 * The files of a model with more labels: the given one's, and copies of them that are below it in the hierarchy and answer
 * alike, only less. So about as many meters move at once as a model with that many labels would move at worst.
 */
async function wideModel(folder: string, count: number): Promise<Map<string, Buffer>> {
  const model = await readModelFolder('wide', readFrom(folder));
  const { labels, head, golden, backbone } = model;
  const random = seededRandom(1);
  const size = head.kernel.length / labels.length;
  const sources = Array.from({ length: count }, (_, i) => i % labels.length);
  const below = sources.map((_, i) => (i < labels.length ? 0 : MOST_BELOW * random()));
  const wide = sources.map((source, i): Label => {
    const label = labels[source] as Label;
    const copy = Math.floor(i / labels.length) + 1;
    return copy === 1
      ? label
      : { ...label, id: `${label.id}_${copy}`, name: `${label.name} ${copy}`, parents: [label.id] };
  });
  const { scale, offset, bend } = head.calibration;
  const pick = (values: readonly number[]): number[] => sources.map((source) => values[source] as number);
  const wideHead: Head = {
    id: 'wide',
    name: 'wide',
    createdAtMs: 0,
    backbone,
    labels: wide,
    kernel: Float32Array.from({ length: size * count }, (_, i) => {
      const source = sources[i % count] as number;
      return head.kernel[Math.floor(i / count) * labels.length + source] as number;
    }),
    bias: Float32Array.from(sources, (source, i) => (head.bias[source] as number) - (below[i] as number)),
    calibration: { scale: pick(scale), offset: pick(offset), ...(bend && { bend: pick(bend) }) },
    proof: {} as Head['proof'],
  };
  const archive = await ZipArchive.open(await writeHeadFile(model, wideHead), 'wide', LIMITS);
  const names = ['model.json', 'weights.bin', 'labels.json', 'features.json', 'calibration.json'];
  const files = new Map<string, Buffer>();
  for (const name of names) files.set(name, Buffer.from(await archive.read(name, LIMITS.totalBytes)));
  const logits = Float32Array.from(sources, (source, i) => (golden.logits[source] as number) - (below[i] as number));
  files.set('golden.bin', Buffer.concat([Buffer.from(golden.window.buffer), Buffer.from(logits.buffer)]));
  return files;
}

/** Gives every page of the context a model with so many labels in place of the shipped one. */
export async function serveWideModel(context: BrowserContext, name: string, count: number): Promise<void> {
  const files = await wideModel(join('public/models', name), count);
  await context.route(`**/models/${name}/*`, async (route) => {
    const file = new URL(route.request().url()).pathname.split('/').at(-1) as string;
    if (['thresholds.json', 'figures.json'].includes(file)) return route.fulfill({ status: 404 });
    return route.fulfill({ body: files.get(file) ?? (await readFile(join('public/models', name, file))) });
  });
}
