import { parseArgs } from 'node:util';
import { openSoundFile } from '../../src/sound/node';
import { startOfRecording } from '../../src/sound/start-of-recording';
import { UsageError } from '../command';
import { type FoundSound, findSounds, soundName } from './find/find-sounds';
import { textOf } from './find/path-bytes';
import { whyNotTagged } from './tag/reasons';
import { STANDARD_INPUT, STANDARD_INPUT_NAME, withStandardInput } from './tag/standard-input';

/** Prints what is in sound files. @returns the exit status: 1 if something could not be read. */
export async function info(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  if (positionals.length === 0) throw new UsageError('name the files or folders to look at');
  if (!positionals.includes(STANDARD_INPUT)) return infoOf(positionals);
  return withStandardInput((path) =>
    infoOf(
      positionals.map((place) => (place === STANDARD_INPUT ? path : place)),
      path,
    ),
  );
}

async function infoOf(places: readonly string[], stdinPath?: string): Promise<number> {
  const { sounds, notFound } = await findSounds(places);
  let status = notFound.length > 0 ? 1 : 0;
  for (const { path, reason } of notFound) print({ path: textOf(path), problem: reason });
  for (const sound of sounds) {
    const isStdin = sound.path.toString() === stdinPath;
    const path = isStdin ? STANDARD_INPUT_NAME : textOf(sound.path);
    try {
      print({ path, ...(await factsOf(sound, isStdin)) });
    } catch (error) {
      status = 1;
      print({ path, problem: whyNotTagged(error) });
    }
  }
  return status;
}

async function factsOf(found: FoundSound, isStdin: boolean): Promise<object> {
  const { sound, close } = await openSoundFile(found.path);
  try {
    let frames = 0;
    for await (const piece of sound.readPieces()) frames += piece[0]?.length ?? 0;
    const seconds = frames / sound.sampleRateHz;
    const start = startOfRecording({
      name: isStdin ? '' : textOf(soundName(found)),
      modifiedMs: isStdin ? undefined : found.modifiedMs,
      startTime: sound.startTime,
      seconds,
    });
    return {
      seconds,
      rate: sound.sampleRateHz,
      channels: sound.channels,
      bits: sound.bitsPerSample ?? null,
      container: sound.container,
      codec: sound.codec,
      decoder: sound.decoder,
      start: start?.localTime ?? null,
      utcOffsetMinutes: start?.utcOffsetMinutes ?? null,
      startFrom: start?.source ?? null,
      ...(frames === 0 && { problem: 'holds no sound' }),
    };
  } finally {
    await close();
  }
}

function print(facts: object): void {
  process.stdout.write(`${JSON.stringify(facts)}\n`);
}
