import { mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseListenArguments } from '../../../../../cli/earmark/listen/listen-arguments';
import { openOutputs } from '../../../../../cli/earmark/listen/outputs/open-outputs';
import { Outbox } from '../../../../../cli/earmark/listen/outputs/outbox';
import { Spool } from '../../../../../cli/earmark/listen/outputs/spool';
import { until } from './events';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spool-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it.each([
  ['porch', 'a file is at its place'],
  ['porch/webhook', 'a file is at its place'],
])('a spool folder that %s makes unusable is refused, and the option named', async (obstacle, reason) => {
  mkdirSync(join(folder, obstacle, '..'), { recursive: true });
  writeFileSync(join(folder, obstacle), '');
  const command = parseListenArguments(['-', '--webhook', 'http://127.0.0.1:9', '--node', 'porch', '--spool', folder]);
  const head = { labels: [], thresholds: [] } as unknown as Parameters<typeof openOutputs>[1];
  const opened = openOutputs(command, head, {} as Parameters<typeof openOutputs>[2], () => undefined);
  await expect(opened).rejects.toThrow(`events cannot wait in ${join(folder, 'porch')} (`);
  await expect(opened).rejects.toThrow(`${reason}): name another folder with --spool`);
});

function drain(spool: Spool): string[] {
  const texts: string[] = [];
  for (let first = spool.first(); first !== undefined; first = spool.first()) {
    texts.push(first.text);
    spool.remove(first.number);
  }
  return texts;
}

describe('a spool', () => {
  it('gives messages back in order, also after a restart, and leaves nothing behind', () => {
    const spool = new Spool(folder, 100);
    for (let i = 0; i < 12; i++) spool.add(`message ${i}`);
    spool.remove(spool.first()?.number as number);
    const restarted = new Spool(folder, 100);
    expect(restarted.waiting).toBe(11);
    restarted.add('message 12');
    expect(drain(restarted)).toEqual(Array.from({ length: 12 }, (_, i) => `message ${i + 1}`));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('drops the oldest beyond its size, and counts them', () => {
    const spool = new Spool(folder, 3);
    for (let i = 0; i < 5; i++) spool.add(String(i));
    expect([spool.waiting, spool.dropped]).toEqual([3, 2]);
    expect(readdirSync(folder)).toHaveLength(3);
    expect(drain(spool)).toEqual(['2', '3', '4']);
  });

  it('passes over a file that a power cut left empty', () => {
    const spool = new Spool(folder, 10);
    for (const text of ['a', 'b']) spool.add(text);
    truncateSync(join(folder, '000000000001'));
    expect(drain(new Spool(folder, 10))).toEqual(['b']);
  });

  it('keeps in memory what cannot be written, in order and within its size, and says why', () => {
    const spool = new Spool(folder, 3);
    rmSync(folder, { recursive: true });
    for (let i = 0; i < 4; i++) expect(spool.add(`in memory ${i}`)?.code).toBe('ENOENT');
    expect([spool.waiting, spool.dropped]).toEqual([3, 1]);
    mkdirSync(folder);
    expect(spool.add('on disk')).toBeUndefined();
    expect(readdirSync(folder)).toHaveLength(1);
    expect(drain(spool)).toEqual(['in memory 2', 'in memory 3', 'on disk']);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('an outbox', () => {
  it('sends one after the other, and keeps what was not taken for the next run', async () => {
    const said: string[] = [];
    const sent: string[] = [];
    let isThere = true;
    const outbox = new Outbox(
      new Spool(folder, 10),
      {
        async send(text) {
          await until(() => isThere, 'the receiver', 100_000_000);
          sent.push(text);
        },
      },
      (sentence) => said.push(sentence),
    );
    outbox.add('1');
    await until(() => sent.length === 1, 'the first');
    isThere = false;
    for (let i = 2; i < 6; i++) outbox.add(String(i));
    const start = Date.now();
    await outbox.close();
    expect(Date.now() - start).toBeGreaterThan(2900);
    expect(said).toEqual(['events that were not sent: 4 wait on disk for the next start']);
    expect(drain(new Spool(folder, 10))).toEqual(['2', '3', '4', '5']);
    isThere = true;
  });

  it('sends what its full disk could not take, and says once that a stop would lose it', async () => {
    const said: string[] = [];
    const sent: string[] = [];
    const spool = new Spool(folder, 10);
    const outbox = new Outbox(spool, { send: async (text) => void sent.push(text) }, (text) => said.push(text));
    rmSync(folder, { recursive: true });
    for (const text of ['1', '2', '3']) outbox.add(text);
    await until(() => sent.length === 3, 'the events');
    mkdirSync(folder);
    await outbox.close();
    expect(sent).toEqual(['1', '2', '3']);
    expect(said).toEqual([
      'events cannot be written to disk (there is no such file): they wait in memory, and a stop would lose them',
    ]);
  });

  it('says once that events are dropped, and in the end how many', async () => {
    const said: string[] = [];
    const sent: string[] = [];
    let isThere = false;
    const receiver = {
      async send(text: string): Promise<void> {
        await until(() => isThere, 'the receiver');
        sent.push(text);
      },
    };
    const outbox = new Outbox(new Spool(folder, 4), receiver, (sentence) => said.push(sentence));
    for (let i = 0; i < 10; i++) outbox.add(String(i));
    isThere = true;
    await outbox.close();
    // The first was already on its way when it was dropped.
    expect(sent.slice(-4)).toEqual(['6', '7', '8', '9']);
    expect(said).toEqual([
      '4 events wait to be sent, and no more are kept: the oldest are dropped',
      'what waited is sent; 6 older events were dropped',
    ]);
  });

  it('says when it is closed what waits, what is lost and what was dropped', async () => {
    const said: string[] = [];
    const asked: string[] = [];
    const send = (text: string): Promise<void> => new Promise(() => asked.push(text));
    const outbox = new Outbox(new Spool(folder, 4), { send }, (sentence) => said.push(sentence));
    for (let i = 0; i < 8; i++) outbox.add(String(i));
    await until(() => asked.length > 0, 'the first');
    rmSync(folder, { recursive: true });
    outbox.add('8');
    await outbox.close();
    mkdirSync(folder);
    expect(said.at(-1)).toBe(
      'events that were not sent: 3 wait on disk for the next start, 1 could not be written to disk and are lost, 5 were dropped, the oldest',
    );
  });
});
