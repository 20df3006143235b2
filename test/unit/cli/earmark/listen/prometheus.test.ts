import { createServer } from 'node:http';
import parsePrometheusTextFormat from 'parse-prometheus-text-format';
import { afterEach, describe, expect, it } from 'vitest';
import { PrometheusOutput, type PrometheusParts } from '../../../../../cli/earmark/listen/outputs/prometheus';
import { freePort } from '../../../support/mosquitto';
import { eventLine } from './events';

type Metric = ReturnType<typeof parsePrometheusTextFormat>[number];

let nowMs = 1_000_000;
const queue = { name: 'mqtt', waiting: 3, dropped: 1 };
let output: PrometheusOutput | undefined;
afterEach(() => output?.close());

async function open(changes: Partial<PrometheusParts> = {}): Promise<number> {
  const port = await freePort();
  output = await PrometheusOutput.open({
    host: '127.0.0.1',
    port,
    version: '1.0.0',
    model: 'earmark-52',
    node: 'porch',
    hopSeconds: 0.0156,
    queues: [queue],
    nowMs: () => nowMs,
    ...changes,
  });
  return port;
}

async function scraped(port: number): Promise<Record<string, Metric>> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const metrics = parsePrometheusTextFormat(await response.text());
  return Object.fromEntries(metrics.map((metric) => [metric.name, metric]));
}

describe('the figures for Prometheus', () => {
  it('are read by a parser, and are those of what was heard', async () => {
    const port = await open();
    const before = await scraped(port);
    expect(before.earmark_tags_total?.metrics).toEqual([{ value: '0' }]);
    expect(before.earmark_level_dbfs?.metrics).toEqual([{ value: 'NaN' }]);
    for (let i = 0; i < 160; i++) {
      nowMs += 125;
      output?.window({ timeMs: nowMs, levelDb: -42.5, probabilities: [] });
    }
    output?.event(eventLine(1, 'start'));
    output?.event(eventLine(1, 'update'));
    output?.event(eventLine(1, 'end'));
    output?.event(eventLine(7, 'start', 'a "b"\\c\nd'));
    output?.lost(1.56);
    output?.lost(0.156);
    const after = await scraped(port);
    const value = (name: string): string | undefined => after[name]?.metrics[0]?.value;
    expect(after.earmark_info?.metrics[0]?.labels).toEqual({ version: '1.0.0', model: 'earmark-52', node: 'porch' });
    expect(value('earmark_tags_total')).toBe('160');
    // Eight windows a second.
    expect(value('earmark_tags_per_second')).toBe('8');
    expect(value('earmark_level_dbfs')).toBe('-42.5');
    expect(value('earmark_dropped_hops_total')).toBe('110');
    expect(value('earmark_interruptions_total')).toBe('2');
    expect(after.earmark_events_total?.metrics[0]).toEqual({ value: '1', labels: { label: 'dog' } });
    expect(after.earmark_events_total?.metrics).toHaveLength(2);
    expect(after.earmark_last_event_timestamp_seconds?.metrics[0]?.value).toBe(
      String(Date.UTC(2026, 5, 1, 20, 0, 10) / 1000),
    );
    expect(after.earmark_waiting_events?.metrics).toEqual([{ value: '3', labels: { to: 'mqtt' } }]);
    expect(after.earmark_dropped_events_total?.metrics).toEqual([{ value: '1', labels: { to: 'mqtt' } }]);
    for (const { type, help } of Object.values(after)) {
      expect(['COUNTER', 'GAUGE']).toContain(type);
      expect(help).toMatch(/\.$/);
    }
    // The rate falls when no window comes, also if nobody looks in between.
    nowMs += 60_000;
    expect((await scraped(port)).earmark_tags_per_second?.metrics[0]?.value).toBe('0');
  });

  it('escape labels as the format wants it', async () => {
    await open();
    output?.event(eventLine(1, 'start', 'a "b"\\c\nd'));
    expect(output?.text()).toContain('earmark_events_total{label="a \\"b\\"\\\\c\\nd"} 1\n');
    output?.window({ timeMs: 0, levelDb: Number.NEGATIVE_INFINITY, probabilities: [] });
    expect(output?.text()).toContain('earmark_level_dbfs -Inf\n');
  });

  it('are at one address only', async () => {
    const port = await open();
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
  });

  it('a port that another program has is refused with a sentence', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    await expect(open({ port })).rejects.toThrow(
      `figures cannot be served at 127.0.0.1:${port}: another program has this port; give another port with --prometheus`,
    );
    await new Promise((resolve) => other.close(resolve));
  });
});
