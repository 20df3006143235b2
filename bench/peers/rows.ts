import { median, quantile } from '../../src/shared/lib/math/quantile';
import { mean, roundRatios, type Spread } from '../statistics';
import type { Start } from './page/bench-page';
import type { System } from './systems';

const TAGS_PER_SECOND = 8;

/** A row of the table, and of the JSON. */
export interface Row {
  readonly system: string;
  readonly backend: string;
  readonly threads: number;
  /** Engine and model, gzipped. */
  readonly downloadBytes: number | null;
  /** From the worker's start, with the files in the browser's cache. */
  readonly loadMs: number | null;
  readonly firstResultMs: number | null;
  readonly msPerTag: { readonly p50: number | null; readonly p95: number | null };
  readonly msPerSecondOfSound: number | null;
  readonly peakBytes: number | null;
  readonly tagsPerSecond: number | null;
  /** CPU time of the whole browser, which other programs do not lengthen: for a warm start, and for a tag. */
  readonly cpuMs: { readonly start: number | null; readonly perTag: number | null };
  /** A tag's duration divided by the reference's, per round in which they took turns. */
  readonly ratioToReference?: Spread;
  /** CPU time of the whole browser at 8 tags per second, as a share of one core; only for some systems. */
  readonly shareOfCore?: number;
  readonly tags: number;
  /** Why a figure is missing, or a remark on the row. */
  readonly note?: string;
}

/** A system's measurements. */
export interface Measured {
  readonly system: System;
  readonly downloadBytes: number;
  readonly starts: readonly Start[];
  readonly startCpuMs: readonly number[];
  /** Milliseconds of each tag, by round. */
  readonly rounds: number[][];
  tagCpuMs: number;
  peakBytes: number;
  shareOfCore?: number;
}

/** A row without figures. */
export function emptyRow({ system, backend, threads }: System, note: string): Row {
  return {
    system,
    backend,
    threads,
    downloadBytes: null,
    loadMs: null,
    firstResultMs: null,
    msPerTag: { p50: null, p95: null },
    msPerSecondOfSound: null,
    peakBytes: null,
    tagsPerSecond: null,
    cpuMs: { start: null, perTag: null },
    tags: 0,
    note,
  };
}

/** @param compared the reference, measured in turns with it; missing if it could not be run. */
export function rowOf(one: Measured, compared: Measured | undefined): Row {
  const { system, downloadBytes, starts, startCpuMs, rounds, tagCpuMs, peakBytes, shareOfCore } = one;
  const times = rounds.flat();
  const note = starts.at(-1)?.note ?? '';
  return {
    system: system.system,
    backend: system.backend,
    threads: system.threads,
    downloadBytes,
    loadMs: median(starts.map(({ loadMs }) => loadMs)),
    firstResultMs: median(starts.map(({ firstResultMs }) => firstResultMs)),
    msPerTag: { p50: quantile(times, 0.5), p95: quantile(times, 0.95) },
    msPerSecondOfSound: TAGS_PER_SECOND * mean(times),
    peakBytes,
    tagsPerSecond: 1000 / mean(times),
    cpuMs: { start: median(startCpuMs), perTag: tagCpuMs / times.length },
    tags: times.length,
    ...(compared === undefined || compared === one
      ? {}
      : { ratioToReference: roundRatios(rounds, compared.rounds.slice(0, rounds.length)) }),
    ...(shareOfCore === undefined ? {} : { shareOfCore }),
    ...(/software|swiftshader|llvmpipe/i.test(note) ? { note: `software: ${note}` } : {}),
  };
}
