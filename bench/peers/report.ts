import type { Spread } from '../statistics';
import type { Accuracy, NodeFigures } from './node-figures';
import type { Row } from './rows';

/** The results of a run. */
export interface Report {
  readonly machine: Machine;
  readonly rows: readonly Row[];
  /** Milliseconds per tag, Earmark (WASM, 1 thread) against YAMNet (LiteRT.js), by round; missing without YAMNet. */
  readonly againstYamnet?: Spread;
  readonly node: NodeFigures;
  readonly accuracy?: Accuracy;
  /** Why there is no accuracy. */
  readonly accuracyNote?: string;
  readonly musts: readonly Must[];
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  readonly browser: string;
  readonly node: string;
  readonly date: string;
  /** Processes waiting for a core, averaged over the last minute, at the start and the end of the run. */
  readonly load: readonly [number, number];
}

/** A required figure. */
export interface Must {
  readonly figure: string;
  readonly measured: number | null;
  readonly must: number;
  readonly aim: number | null;
  readonly unit: string;
  readonly verdict: 'met, aim too' | 'met' | 'not met' | 'not measured';
  readonly note?: string;
}

/** Accuracy of `earmark-52` on fold 4 before it was made fast (its model card). It may lose at most 0.3 points. */
const ACCURACY_BEFORE = 0.8375;
const LARGEST_ACCURACY_LOSS = 0.003;

const MEGABYTE = 1e6;

/** The sources of the required figures. A part that was not measured is left out. */
export interface MustSources {
  readonly earmark: Row;
  readonly light: Row;
  readonly yamnet: Row;
  readonly webgpu: Row;
  readonly againstYamnet?: Spread | undefined;
  readonly frontEndMicroseconds: number;
  readonly accuracy?: Accuracy | undefined;
}

/** The required figures, each beside its measurement. */
export function mustsOf(sources: MustSources): Must[] {
  const { earmark, light, yamnet, webgpu, againstYamnet, frontEndMicroseconds, accuracy } = sources;
  const download =
    earmark.downloadBytes === null || yamnet.downloadBytes === null
      ? null
      : earmark.downloadBytes / yamnet.downloadBytes;
  const isRealGpu = webgpu.note === undefined;
  const cpu =
    earmark.cpuMs.perTag === null || yamnet.cpuMs.perTag === null ? null : earmark.cpuMs.perTag / yamnet.cpuMs.perTag;
  return [
    must('a tag, front end included, against YAMNet on LiteRT.js', againstYamnet?.median ?? null, 0.55, 0.3, '×'),
    must('the same in CPU time of the whole browser', cpu, 0.55, 0.3, '×'),
    must('share of one core at 8 tags a second', percent(earmark.shareOfCore ?? null), 6, 3, '%'),
    must('the light model: a tag, against YAMNet', againstOf(light, yamnet), 0.15, 0.1, '×'),
    must('the light model: share of one core', percent(light.shareOfCore ?? null), 3, 1.5, '%'),
    must('start to first tag, warm cache, WASM', earmark.firstResultMs, 300, 200, 'ms'),
    must('download, engine and model, against YAMNet on LiteRT.js', download, 0.4, 0.15, '×'),
    must('front end', frontEndMicroseconds, 40, 15, 'µs a hop'),
    must('WebGPU on a real GPU, a tag', isRealGpu ? webgpu.msPerTag.p50 : null, 5, 2, 'ms', webgpu.note),
    must('peak memory of the worker', megabytes(earmark.peakBytes), 120, 60, 'MB'),
    must(
      'accuracy lost by the shipped model, ESC-50 fold 4',
      accuracy === undefined ? null : 100 * (ACCURACY_BEFORE - accuracy.accuracy),
      100 * LARGEST_ACCURACY_LOSS,
      null,
      'points',
    ),
  ];
}

/** How long a tag of one takes against a tag of another; both took turns with the reference. */
function againstOf(one: Row, other: Row): number | null {
  const [mine, its] = [one.ratioToReference, other.ratioToReference];
  return mine === undefined || its === undefined ? null : mine.median / its.median;
}

function must(
  figure: string,
  measured: number | null,
  most: number,
  aim: number | null,
  unit: string,
  note?: string,
): Must {
  const verdict =
    measured === null
      ? 'not measured'
      : measured > most
        ? 'not met'
        : aim !== null && measured <= aim
          ? 'met, aim too'
          : 'met';
  return { figure, measured, must: most, aim, unit, verdict, ...(note === undefined ? {} : { note }) };
}

function percent(share: number | null): number | null {
  return share === null ? null : 100 * share;
}

function megabytes(bytes: number | null): number | null {
  return bytes === null ? null : bytes / MEGABYTE;
}

/** The whole report as Markdown. */
export function printReport(report: Report): string {
  const { machine, rows, againstYamnet, node, accuracy, accuracyNote, musts } = report;
  const parts = [
    `${machine.cpu}, ${machine.cores} cores, ${(machine.memoryBytes / 2 ** 30).toFixed(0)} GB; ${machine.system}; ` +
      `${machine.browser}; Node ${machine.node}; ${machine.date}. ` +
      `Load ${machine.load.map((load) => load.toFixed(1)).join(' at the start, ')} at the end.`,
    systemsTable(rows),
    rows
      .filter(({ note }) => note !== undefined)
      .map(({ system, backend, note }) => `- ${system}, ${backend}: ${note}`)
      .join('\n'),
    againstYamnet === undefined
      ? ''
      : `Earmark (WASM, 1 thread) takes ${ratio(againstYamnet)} times as long for a tag as YAMNet (LiteRT.js, WASM).`,
    nodeTable(node),
    accuracy === undefined
      ? `Accuracy was not measured: ${accuracyNote}.`
      : `Accuracy of the shipped model on ${accuracy.clips} clips of ESC-50, fold 4: ` +
        `${(100 * accuracy.accuracy).toFixed(1)} %, macro AUC ${accuracy.macroAuc?.toFixed(4) ?? '–'}.`,
    mustsTable(musts),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function systemsTable(rows: readonly Row[]): string {
  const header = [
    'system',
    'backend',
    'threads',
    'download MB',
    'load ms',
    'first result ms',
    'ms a tag p50',
    'p95',
    'CPU ms a tag',
    'ms a second of sound',
    'peak MB',
    'tags a second',
    '× Earmark, WASM',
    'tags',
  ];
  const body = rows.map((row) => [
    row.system,
    row.backend,
    String(row.threads),
    number(megabytes(row.downloadBytes), 2),
    number(row.loadMs, 0),
    number(row.firstResultMs, 0),
    number(row.msPerTag.p50, 2),
    number(row.msPerTag.p95, 2),
    number(row.cpuMs.perTag, 2),
    number(row.msPerSecondOfSound, 1),
    number(megabytes(row.peakBytes), 1),
    number(row.tagsPerSecond, 1),
    row.ratioToReference === undefined ? '' : ratio(row.ratioToReference),
    String(row.tags),
  ]);
  return markdownTable(header, body);
}

function nodeTable(node: NodeFigures): string {
  const { frontEndMicrosecondsPerHop: hop, growthWithLabels, growthWithClips } = node;
  return markdownTable(
    ['in Node, WASM, 1 thread', 'CPU time'],
    [
      ['front end', `${number(hop.median, 1)} µs a hop (${number(hop.min, 1)} to ${number(hop.max, 1)})`],
      ['embedding of clips', `${number(node.embeddingSecondsPerSecond, 0)} s of sound a second`],
      ['tagging of files', `${number(node.taggingSecondsPerSecond, 0)} s of sound a second`],
      ...growthWithLabels.map(({ labels, headMsPerTag, trainingMsPerEpoch }) => [
        `a head of ${labels} labels`,
        `${number(headMsPerTag, 3)} ms a tag, ${number(trainingMsPerEpoch, 0)} ms an epoch of 1,024 embeddings`,
      ]),
      ...growthWithClips.map(({ clips, labels, trainingMs }) => [
        `training ${labels} labels with ${clips} clips`,
        `${number(trainingMs / 1000, 1)} s with its proof`,
      ]),
    ],
  );
}

function mustsTable(musts: readonly Must[]): string {
  const body = musts.map(({ figure, measured, must: most, aim, unit, verdict, note }) => [
    figure,
    measured === null ? '–' : `${number(measured, measured < 10 ? 2 : 0)} ${unit}`,
    `≤ ${most} ${unit}`,
    aim === null ? '' : `≤ ${aim} ${unit}`,
    note === undefined ? verdict : `${verdict} (${note})`,
  ]);
  return markdownTable(['figure', 'measured', 'must', 'aim', ''], body);
}

function ratio({ min, median, max }: Spread): string {
  return `${number(median, 2)} (${number(min, 2)} to ${number(max, 2)})`;
}

function number(value: number | null, digits: number): string {
  return value === null ? '–' : value.toFixed(digits);
}

/** A table whose columns are as wide as their widest cell. */
function markdownTable(header: readonly string[], body: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) =>
    Math.max(3, title.length, ...body.map((cells) => (cells[column] as string).length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] as number)).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}
