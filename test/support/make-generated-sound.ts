import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { GeneratedSound } from './generated-sounds';

const run = promisify(execFile);

/** Whether a program is installed. */
export function isInstalled(program: string): Promise<boolean> {
  return run(program, ['--version']).then(
    () => true,
    (error: { code?: unknown }) => error.code !== 'ENOENT',
  );
}

/** Makes a file in a folder. @returns its path, and what ffmpeg decodes of it: 32-bit floats, the channels in turn. */
export async function makeGeneratedSound(
  { name, program, args }: GeneratedSound,
  folder: string,
): Promise<{ path: string; decoded: Buffer }> {
  const path = join(folder, name);
  const options =
    program === 'ffmpeg' ? ['-v', 'error', '-y', ...args, path] : args.map((arg) => (arg === 'OUT' ? path : arg));
  await run(program, options);
  // ffmpeg's own decoder of Opus differs from the reference, which it can use as well.
  const reference = name.startsWith('libopus') ? ['-c:a', 'libopus'] : [];
  const output = ['-map', '0:a:0', '-f', 'f32le', '-c:a', 'pcm_f32le', '-'];
  const decode = ['-v', 'error', ...reference, '-i', path, ...output];
  const { stdout } = await run('ffmpeg', decode, { encoding: 'buffer', maxBuffer: 1e8 });
  return { path, decoded: stdout };
}
