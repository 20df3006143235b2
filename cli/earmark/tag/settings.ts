import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { EventTiming, LabelThresholds } from '../../../src/events/detector';
import { eventThresholds } from '../../../src/events/thresholds';
import { type ModelFolder, readModelFolder } from '../../../src/model/folder/model-folder';
import { readFrom } from '../../../src/model/folder/node';
import type { CalibratedHead } from '../../../src/model/head/head';
import { readHeadFile } from '../../../src/model/head/head-file';
import { hierarchyOf } from '../../../src/model/head/hierarchy';
import { usualStrides } from '../../../src/recordings/usual-strides';
import type { LabelRule } from '../../../src/shared/contracts/diary/event-rules';
import { windowSamples } from '../../../src/shared/contracts/model/feature-spec';
import type { Head } from '../../../src/shared/contracts/model/head';
import { labelIdOf } from '../../../src/ui/messages/label-ids';
import { UsageError } from '../../command';

/** What decides the events of a recording, besides its sound. All of it can be sent to a worker. */
export interface TagSettings {
  /** Folder of the model. */
  readonly modelFolder: string;
  /** Zip file of a trained head; undefined for the model's own. */
  readonly headFile: string | undefined;
  /** The threshold of all labels; undefined for the measured one of each. */
  readonly threshold: number | undefined;
  /** Ids or names of the labels that are wanted, in any language of the page; undefined for all. */
  readonly labels: readonly string[] | undefined;
  /** How long a window shares its sound with the next one; undefined for four windows a second. */
  readonly overlapSeconds: number | undefined;
}

/** A head, ready to use: the model's own, or a trained one. */
export interface NamedHead {
  readonly id: string;
  readonly labels: Head['labels'];
  readonly head: CalibratedHead;
  readonly thresholds: readonly LabelThresholds[];
}

/** Reads a model's folder without putting it on a backend. @throws EarmarkError model-missing, model-damaged. */
export function readModel(folder: string): Promise<ModelFolder> {
  const path = resolve(folder);
  return readModelFolder(basename(path), readFrom(path));
}

/**
 * The head that the settings name, with its thresholds.
 *
 * @throws EarmarkError if the head's file cannot be used; UsageError for a label that the head does not have.
 */
export async function namedHead(folder: ModelFolder, settings: TagSettings): Promise<NamedHead> {
  const { headFile, threshold, labels: wanted } = settings;
  const trained = headFile === undefined ? undefined : await readHead(folder, headFile);
  const labels = trained?.labels ?? folder.labels;
  const ids = labels.map(({ id }) => id);
  const isWanted = wantedLabels(labels, wanted);
  const rules = ids.flatMap((id, i): [string, LabelRule][] => {
    if (!isWanted(i)) return [[id, { ignored: true }]];
    return threshold === undefined ? [] : [[id, { threshold }]];
  });
  const sources = { labels: ids, model: folder.thresholds, proof: trained?.proof };
  const thresholds = eventThresholds(sources, { labels: Object.fromEntries(rules) });
  return {
    id: trained?.id ?? 'shipped',
    labels,
    head: trained ? { ...trained, hierarchy: hierarchyOf(ids, folder.labels) } : folder.head,
    thresholds,
  };
}

async function readHead(folder: ModelFolder, path: string): Promise<Head> {
  return readHeadFile(folder, new Blob([new Uint8Array(await readFile(path))]), path);
}

/** @throws UsageError */
function wantedLabels(labels: Head['labels'], wanted: readonly string[] | undefined): (index: number) => boolean {
  if (wanted === undefined) return () => true;
  const indices = wanted.map((label) => {
    const folded = label.trim().toLocaleLowerCase();
    const shippedId = labelIdOf(label.trim());
    const index = labels.findIndex(({ id, name }) => id === shippedId || name.toLocaleLowerCase() === folded);
    if (index >= 0) return index;
    const ids = labels.map(({ id }) => id).join(', ');
    throw new UsageError(`there is no label “${label}”; the labels are ${ids}`);
  });
  return (index) => indices.includes(index);
}

/** @throws UsageError for an overlap that is no part of a window. */
export function requireOverlap({ spec }: ModelFolder, overlapSeconds = 0): void {
  const windowSeconds = windowSamples(spec) / spec.sampleRateHz;
  if (overlapSeconds >= 0 && overlapSeconds < windowSeconds) return;
  throw new UsageError(`--overlap must be from 0 to less than a window, which is ${windowSeconds.toFixed(2)} s`);
}

/** Strides of the network from one window to the next. */
export function stepStrides({ spec }: ModelFolder, strideColumns: number, overlapSeconds: number | undefined): number {
  if (overlapSeconds === undefined) return usualStrides(spec, strideColumns);
  const windowSeconds = windowSamples(spec) / spec.sampleRateHz;
  const strideSeconds = (strideColumns * spec.hopSamples) / spec.sampleRateHz;
  return Math.max(1, Math.round((windowSeconds - overlapSeconds) / strideSeconds));
}

/** The timing of events if windows are `stepSeconds` apart: with few windows, one must be enough for an event. */
export function timingFor(timing: EventTiming, stepSeconds: number): EventTiming {
  return {
    ...timing,
    holdSeconds: Math.max(timing.holdSeconds, 1.5 * stepSeconds),
    shortestSeconds: stepSeconds > timing.shortestSeconds ? 0 : timing.shortestSeconds,
  };
}
