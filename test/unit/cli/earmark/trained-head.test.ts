import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FileTagger } from '../../../../cli/earmark/tag/file-tagger';
import { readModel } from '../../../../cli/earmark/tag/settings';
import { writeHeadFile } from '../../../../src/model/head/head-file';
import type { HeadProof } from '../../../../src/shared/contracts/model/head';
import { whiteNoise } from '../../support/random';
import { encodeWav } from '../../support/wav';

const MODEL = 'public/models/earmark-52';
const proof: HeadProof = {
  folds: 5,
  clips: 12,
  labels: [],
  wrongClips: [],
  shippedAuc: { before: 0.9, after: 0.9 },
  advice: [],
};

it('a profile as the page exports it tags the sounds that a person taught', async () => {
  const top = mkdtempSync(join(tmpdir(), 'earmark-head-'));
  try {
    const folder = await readModel(MODEL);
    const labels = [...folder.labels, { id: 'our_door', name: 'Our door', group: 'taught' }];
    const { kernel, bias } = folder.head;
    const size = kernel.length / bias.length;
    const zip = await writeHeadFile(folder, {
      id: 'h1',
      name: 'Küche & Tür',
      createdAtMs: 1_700_000_000_000,
      backbone: folder.backbone,
      labels,
      // The shipped labels never sound, and the taught one always does.
      kernel: new Float32Array(size * labels.length),
      bias: Float32Array.from(labels, ({ group }) => (group === 'taught' ? 8 : -8)),
      calibration: { scale: labels.map(() => 1), offset: labels.map(() => 0) },
      proof,
    });
    const headFile = join(top, 'Küche.zip');
    writeFileSync(headFile, new Uint8Array(await zip.arrayBuffer()));
    const path = join(top, 'a.wav');
    writeFileSync(path, encodeWav([whiteNoise(32_000 * 8, 1).map((x) => 0.1 * x)], 32_000, 's16'));

    const settings = { modelFolder: MODEL, headFile, threshold: undefined, labels: undefined };
    const tagger = await FileTagger.open({ ...settings, overlapSeconds: undefined });
    const request = { path: Buffer.from(path), name: 'a.wav', modifiedMs: undefined };
    const { rows } = await tagger.tag(request, () => undefined);
    expect(rows).toMatchObject([{ label: 'our_door', labelName: 'Our door', head: 'h1' }]);
    expect(rows[0]?.endSeconds).toBeCloseTo(8, 1);
    const wanted = await FileTagger.open({ ...settings, labels: ['dog'], overlapSeconds: undefined });
    expect((await wanted.tag(request, () => undefined)).rows).toEqual([]);
  } finally {
    rmSync(top, { recursive: true });
  }
});
