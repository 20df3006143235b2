import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type EventFormat, eventFormats } from '../../../src/events/formats/formats';
import { SHIPPED_MODEL } from '../../../src/shared/contracts/model/shipped-model';
import { UsageError } from '../../command';
import { modelFolder } from '../../networks/model-path';
import type { TagSettings } from './settings';

/** What `earmark tag` is to do. */
export interface TagCommand {
  readonly places: readonly string[];
  readonly settings: TagSettings;
  readonly format: EventFormat;
  readonly output: Output;
  readonly threads: number;
  readonly resume: boolean;
}

/** Where results go: a file per recording, one file for all, or standard output. */
export type Output =
  | { readonly kind: 'folder'; readonly folder: string; readonly scores: boolean }
  | { readonly kind: 'combined'; readonly file: string }
  | { readonly kind: 'stdout' };

/** @throws UsageError if the arguments cannot be used. */
export function parseTagArguments(args: readonly string[]): TagCommand {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: 'string' },
      out: { type: 'string' },
      combined: { type: 'string' },
      labels: { type: 'string' },
      threshold: { type: 'string', default: 'auto' },
      head: { type: 'string' },
      model: { type: 'string', default: SHIPPED_MODEL },
      overlap: { type: 'string' },
      jobs: { type: 'string' },
      resume: { type: 'boolean', default: false },
      scores: { type: 'boolean', default: false },
    },
  });
  if (positionals.length === 0) throw new UsageError('name the files or folders to tag');
  const output = outputOf(values.out, values.combined, values.scores);
  if (values.resume && output.kind === 'stdout') {
    throw new UsageError('--resume needs --out or --combined: standard output keeps nothing');
  }
  return {
    places: positionals,
    settings: {
      modelFolder: modelFolder(values.model),
      headFile: values.head,
      threshold: thresholdOption(values.threshold),
      labels: wantedLabelsOption(values.labels),
      overlapSeconds: values.overlap === undefined ? undefined : numberOption('--overlap', values.overlap),
    },
    format: formatOf(values.format, output),
    output,
    threads: values.jobs === undefined ? availableParallelism() : threadsOption(values.jobs),
    resume: values.resume,
  };
}

function outputOf(out: string | undefined, combined: string | undefined, scores: boolean): Output {
  if (out !== undefined && combined !== undefined) throw new UsageError('give --out or --combined, not both');
  if (scores && out === undefined) throw new UsageError('--scores needs --out: each recording gets a table of its own');
  if (out !== undefined) return { kind: 'folder', folder: resolve(out), scores };
  if (combined === undefined) return { kind: 'stdout' };
  return { kind: 'combined', file: resolve(combined) };
}

/** The named format, else the one that the combined file's name ends in, else CSV. */
function formatOf(name: string | undefined, output: Output): EventFormat {
  const names = Object.keys(eventFormats) as EventFormat[];
  if (name !== undefined) {
    const format = names.find((known) => known === name);
    if (format === undefined) throw new UsageError(`there is no format “${name}”; there are ${names.join(', ')}`);
    return format;
  }
  if (output.kind !== 'combined') return 'csv';
  return names.find((known) => output.file.endsWith(`.${known}`)) ?? 'csv';
}

/** A number. @throws UsageError */
export function numberOption(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new UsageError(`${option} needs a number, not “${text}”`);
  return value;
}

/** `--threshold auto` or a probability. @returns undefined for auto. @throws UsageError */
export function thresholdOption(text: string): number | undefined {
  if (text === 'auto') return undefined;
  const value = numberOption('--threshold', text);
  if (!(value > 0 && value <= 1)) throw new UsageError('--threshold must be auto, or above 0 and at most 1');
  return value;
}

/** `--labels A,B`. @returns undefined for all labels. */
export function wantedLabelsOption(text: string | undefined): string[] | undefined {
  return text?.split(',').filter((label) => label.trim() !== '');
}

/** `--jobs N`. @throws UsageError */
export function threadsOption(text: string): number {
  const value = numberOption('--jobs', text);
  if (!Number.isInteger(value) || value < 1) throw new UsageError('--jobs must be a whole number from 1 on');
  return value;
}
