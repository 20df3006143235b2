import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserCommand } from 'vitest/node';
import { generatedSounds } from '../support/generated-sounds.ts';
import { isInstalled, makeGeneratedSound } from '../support/make-generated-sound.ts';

/** A generated file and what ffmpeg decodes of it, both in base64. */
export interface SentSound {
  readonly file: string;
  readonly decoded: string;
}

/** Starting a program takes longer than making a file. */
let missing: Promise<string | undefined> | undefined;

async function missingProgram(): Promise<string | undefined> {
  for (const program of ['ffmpeg', 'sox']) if (!(await isInstalled(program))) return program;
  return undefined;
}

/** Makes a file of `generatedSounds` for a test in the browser. @returns the name of a program that is missing instead. */
export const generatedSound: BrowserCommand<[index: number], SentSound | string> = async (_, index) => {
  missing ??= missingProgram();
  const program = await missing;
  if (program !== undefined) return program;
  const folder = await mkdtemp(join(tmpdir(), 'earmark-generated-'));
  try {
    const generated = generatedSounds[index];
    if (!generated) throw new RangeError(`there is no generated sound ${index}`);
    const { path, decoded } = await makeGeneratedSound(generated, folder);
    return { file: (await readFile(path)).toString('base64'), decoded: decoded.toString('base64') };
  } finally {
    await rm(folder, { recursive: true });
  }
};

declare module 'vitest/browser' {
  interface BrowserCommands {
    generatedSound(index: number): Promise<SentSound | string>;
  }
}
