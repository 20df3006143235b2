import { describe, expect, it } from 'vitest';
import { mustsOf, printReport, type Report } from '../../../bench/peers/report';
import { emptyRow, type Measured, rowOf } from '../../../bench/peers/rows';
import { light, reference, type System, webgpu, yamnetOnLitert } from '../../../bench/peers/systems';

/** What anyone may read out of a row. */
const ROW_KEYS = [
  'system',
  'backend',
  'threads',
  'downloadBytes',
  'loadMs',
  'firstResultMs',
  'msPerTag',
  'msPerSecondOfSound',
  'peakBytes',
];

function measured(system: System, tagMs: number, part: Partial<Measured> = {}): Measured {
  return {
    system,
    downloadBytes: 1_000_000,
    starts: [
      { loadMs: 100, firstResultMs: 110 },
      { loadMs: 300, firstResultMs: 320 },
      { loadMs: 120, firstResultMs: 130 },
    ],
    startCpuMs: [80, 90, 70],
    rounds: [
      [tagMs, tagMs],
      [2 * tagMs, 2 * tagMs],
    ],
    tagCpuMs: 8 * tagMs,
    peakBytes: 50e6,
    ...part,
  };
}

const earmark = measured(reference, 2, { shareOfCore: 0.04 });
const yamnet = measured(yamnetOnLitert, 10, { downloadBytes: 5_000_000 });

describe('a row', () => {
  it('holds the median start, the tags of all rounds and the ratio to the reference', () => {
    const row = rowOf(yamnet, earmark);
    expect(row).toMatchObject({
      system: 'YAMNet',
      threads: 1,
      downloadBytes: 5_000_000,
      loadMs: 120,
      firstResultMs: 130,
      msPerTag: { p50: 15 },
      // Four tags of 15 ms in the mean, at 8 a second.
      msPerSecondOfSound: 120,
      peakBytes: 50e6,
      cpuMs: { start: 80, perTag: 20 },
      tags: 4,
      ratioToReference: { min: 5, median: 5, max: 5 },
    });
    expect(Object.keys(row)).toEqual(expect.arrayContaining(ROW_KEYS));
  });

  it('has no ratio to itself', () => {
    expect(rowOf(earmark, earmark)).not.toHaveProperty('ratioToReference');
  });

  it('compares the rounds that both took part in', () => {
    const slow = measured(webgpu, 400, { rounds: [[400]] });
    expect(rowOf(slow, earmark).ratioToReference).toEqual({ min: 200, median: 200, max: 200 });
  });

  it('says that a renderer computes in software', () => {
    const starts = [{ loadMs: 1, firstResultMs: 2, note: 'drawn by SwiftShader' }];
    expect(rowOf(measured(webgpu, 400, { starts }), earmark).note).toBe('software: drawn by SwiftShader');
  });

  it('has the same keys without figures, and says why', () => {
    const row = emptyRow(yamnetOnLitert, 'there is no YAMNet');
    expect(Object.keys(row)).toEqual(expect.arrayContaining(ROW_KEYS));
    expect(row).toMatchObject({ downloadBytes: null, msPerTag: { p50: null, p95: null }, note: 'there is no YAMNet' });
  });
});

describe('the required figures', () => {
  const sources = {
    earmark: rowOf(earmark, earmark),
    light: rowOf(measured(light, 1, { shareOfCore: 0.01 }), earmark),
    yamnet: rowOf(yamnet, earmark),
    webgpu: rowOf(measured(webgpu, 4), earmark),
    againstYamnet: { min: 0.1, median: 0.2, max: 0.3 },
    frontEndMicroseconds: 20,
    accuracy: { clips: 400, accuracy: 0.83, macroAuc: 0.99 },
  };

  function verdict(figure: string, changed: Partial<typeof sources> = {}) {
    const found = mustsOf({ ...sources, ...changed }).find((must) => must.figure.startsWith(figure));
    return [found?.measured, found?.verdict];
  }

  it('are listed next to the measurements', () => {
    expect(verdict('a tag')).toEqual([0.2, 'met, aim too']);
    expect(verdict('the same in CPU time')).toEqual([0.2, 'met, aim too']);
    expect(verdict('share of one core')).toEqual([4, 'met']);
    expect(verdict('the light model: a tag')).toEqual([0.1, 'met, aim too']);
    expect(verdict('the light model: share')).toEqual([1, 'met, aim too']);
    expect(verdict('start to first tag')).toEqual([130, 'met, aim too']);
    expect(verdict('download')).toEqual([0.2, 'met']);
    expect(verdict('front end')).toEqual([20, 'met']);
    expect(verdict('peak memory')).toEqual([50, 'met, aim too']);
    expect(verdict('WebGPU')).toEqual([6, 'not met']);
  });

  it('count a lower accuracy as not met', () => {
    expect(verdict('accuracy lost')[1]).toBe('not met');
    const kept = { clips: 400, accuracy: 0.835, macroAuc: 0.99 };
    expect(verdict('accuracy lost', { accuracy: kept })[1]).toBe('met');
  });

  it('are not measured if a row has no figures or the GPU is software', () => {
    const none = emptyRow(yamnetOnLitert, 'there is no YAMNet');
    expect(verdict('download', { yamnet: none })).toEqual([null, 'not measured']);
    expect(verdict('the light model: a tag', { yamnet: none })).toEqual([null, 'not measured']);
    const software = measured(webgpu, 4, { starts: [{ loadMs: 1, firstResultMs: 2, note: 'drawn by SwiftShader' }] });
    expect(verdict('WebGPU', { webgpu: rowOf(software, earmark) })).toEqual([null, 'not measured']);
  });

  it('are printed with the table, as Markdown', () => {
    const report: Report = {
      machine: {
        cpu: 'A processor',
        cores: 2,
        memoryBytes: 2 ** 34,
        system: 'Linux',
        browser: 'Chromium 1',
        node: '22',
        date: '2026-01-01',
        load: [0.5, 1],
      },
      rows: [sources.earmark, sources.yamnet, emptyRow(webgpu, 'no adapter')],
      againstYamnet: sources.againstYamnet,
      node: {
        frontEndMicrosecondsPerHop: { min: 10, median: 20, max: 30 },
        embeddingSecondsPerSecond: 100,
        taggingSecondsPerSecond: 50,
        growthWithLabels: [{ labels: 521, headMsPerTag: 0.2, trainingMsPerEpoch: 300 }],
        growthWithClips: [{ clips: 100, labels: 10, trainingMs: 4500 }],
      },
      accuracyNote: 'a quick run leaves it out',
      musts: mustsOf(sources),
    };
    const text = printReport(report);
    expect(text).toMatch(/\| YAMNet +\| LiteRT.js, WASM +\| 1 +\| 5.00 /);
    expect(text).toContain('Earmark, WebGPU: no adapter');
    expect(text).toContain('0.20 (0.10 to 0.30) times as long');
    expect(text).toMatch(/\| WebGPU on a real GPU, a tag +\| 6.00 ms +\| ≤ 5 ms +\| ≤ 2 ms +\| not met/);
  });
});
