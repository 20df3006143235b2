import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type EventFormat, eventFormats } from '../../../src/events/formats/formats';
import { eventTiming } from '../../../src/events/timing';
import { type FoundSound, folderBelow, soundName } from '../find/find-sounds';
import { joinPath, textOf } from '../find/path-bytes';
import { version } from '../version';
import type { Destination, Job } from './job';
import { hashOf, type Ledger } from './ledger';
import { resultNames } from './result-names';
import { namedHead, readModel, requireOverlap } from './settings';
import { STANDARD_INPUT_NAME } from './standard-input';
import type { Output, TagCommand } from './tag-arguments';

const SCORES_SUFFIX = '.scores.csv';

/**
 * A hash of everything but the sound that decides the events. Checks on the way that the model, the head and the labels
 * can be used.
 *
 * @throws EarmarkError, UsageError.
 */
export async function settingsFingerprint({
  settings,
  format,
  output,
}: Pick<TagCommand, 'settings' | 'format' | 'output'>): Promise<string> {
  const folder = await readModel(settings.modelFolder);
  const { id, labels, head, thresholds } = await namedHead(folder, settings);
  requireOverlap(folder, settings.overlapSeconds);
  const facts = {
    version,
    model: folder.name,
    backbone: folder.backbone,
    id,
    labels,
    thresholds,
    overlapSeconds: settings.overlapSeconds,
    eventTiming,
    calibration: head.calibration,
    result: output.kind === 'folder' ? [format, output.scores] : [],
  };
  const weights = [head.kernel, head.bias].map((values) => new Uint8Array(values.slice().buffer));
  return hashOf(JSON.stringify(facts), ...weights);
}

/** Folder of the ledger: hidden beside the results. Undefined if nothing is kept. */
export function ledgerFolder(output: Output): string | undefined {
  if (output.kind === 'folder') return join(output.folder, '.earmark');
  if (output.kind === 'combined') return join(dirname(output.file), `.${basename(output.file)}.earmark`);
  return undefined;
}

/** The jobs of a run, one per sound, in the same order. @param stdinPath the file that holds standard input. */
export function jobsOf(
  sounds: readonly FoundSound[],
  { output, format }: TagCommand,
  fingerprint: string,
  stdinPath: string | undefined,
): Job[] {
  const suffixes = [eventFormats[format].suffix, SCORES_SUFFIX];
  const names = output.kind === 'folder' ? resultNames(sounds, suffixes) : sounds.map(({ path }) => path);
  const ledger = ledgerFolder(output) ?? '';
  return sounds.map((sound, number) => {
    const { path, bytes, modifiedMs } = sound;
    const isStdin = path.toString() === stdinPath;
    const name = names[number] as Buffer;
    return {
      number,
      path,
      file: isStdin ? standardInput : shownFile(sound),
      modifiedMs: isStdin ? undefined : modifiedMs,
      key: hashOf(name),
      fingerprint: hashOf(fingerprint, path, String(bytes), String(modifiedMs)),
      destination: destinationOf(output, format, name, ledger),
    };
  });
}

function destinationOf(output: Output, format: EventFormat, name: Buffer, ledger: string): Destination {
  if (output.kind === 'stdout') return { kind: 'back' };
  if (output.kind === 'combined') return { kind: 'ledger', ledger };
  const withSuffix = (suffix: string): Buffer =>
    joinPath(Buffer.from(output.folder), Buffer.concat([name, Buffer.from(suffix)]));
  const target = withSuffix(eventFormats[format].suffix);
  return { kind: 'file', ledger, target, format, scores: output.scores ? withSuffix(SCORES_SUFFIX) : undefined };
}

const standardInput: Job['file'] = { name: STANDARD_INPUT_NAME, path: STANDARD_INPUT_NAME, root: '', folder: '' };

function shownFile(sound: FoundSound): Job['file'] {
  return {
    name: textOf(soundName(sound)),
    path: textOf(sound.path),
    root: textOf(sound.root),
    folder: textOf(folderBelow(sound)),
  };
}

/** Whether an earlier run has left this job's result, made in the same way from the same file. */
export async function isDone({ key, fingerprint, destination }: Job, ledger: Ledger): Promise<boolean> {
  if ((await ledger.read(key, fingerprint)) === undefined) return false;
  if (destination.kind !== 'file') return true;
  const results = [destination.target, ...(destination.scores ? [destination.scores] : [])];
  const found = await Promise.all(
    results.map((path) =>
      stat(Buffer.from(path)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.every((isThere) => isThere);
}
