import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { labelTopics } from '../../../../../cli/earmark/listen/outputs/home-assistant';
import { MqttOutput } from '../../../../../cli/earmark/listen/outputs/mqtt';
import { Spool } from '../../../../../cli/earmark/listen/outputs/spool';
import { type BrokerOptions, Mosquitto, mosquittoMissing, type Received } from '../../../support/mosquitto';
import { whiteNoise } from '../../../support/random';
import { deviceDiscoverySchema, discoveryTopic } from './discovery-schema';
import { eventLine, until } from './events';

const root = join(import.meta.dirname, '../../../../..');
const labels = labelTopics([
  { id: 'dog', name: 'Dog' },
  { id: 'rain', name: 'Rain' },
]);
const discovery = { node: 'porch', model: 'earmark-52', version: '1.0.0', labels, otherLabels: [] };

describe.skipIf(mosquittoMissing !== undefined)('MQTT', () => {
  let folder = '';
  let said: string[] = [];
  const brokers: Mosquitto[] = [];
  const outputs: MqttOutput[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mqtt-'));
    said = [];
  });
  afterEach(async () => {
    for (const output of outputs.splice(0)) await output.close();
    for (const broker of brokers.splice(0)) await broker.remove();
    rmSync(folder, { recursive: true });
  });

  async function brokerWith(options: BrokerOptions = {}): Promise<Mosquitto> {
    const broker = await Mosquitto.start(options);
    brokers.push(broker);
    return broker;
  }

  async function outputTo(url: string, mostWaiting = 100, spoolFolder = folder): Promise<MqttOutput> {
    const say = (sentence: string): void => void said.push(sentence);
    const output = await MqttOutput.open({ url, discovery, spool: new Spool(spoolFolder, mostWaiting), say });
    outputs.push(output);
    return output;
  }

  const last = (received: readonly Received[], topic: string): string | undefined =>
    received.filter((message) => message.topic === topic).at(-1)?.text;
  const events = (received: readonly Received[]): Record<string, unknown>[] =>
    received.filter(({ topic }) => topic === 'earmark/porch/events').map(({ text }) => JSON.parse(text));

  it('is told of the labels that sound, of every event, and whether Earmark is there', async () => {
    const broker = await brokerWith();
    const received = await broker.listen();
    const output = await outputTo(broker.url);
    await until(() => last(received, 'earmark/porch/status') === 'online', 'status');
    expect(last(received, 'earmark/porch/label/dog')).toBe('OFF');
    output.event(eventLine(1, 'start'));
    await until(() => last(received, 'earmark/porch/label/dog') === 'ON', 'ON');
    // Another one of the same label, which overlaps: it goes on.
    output.event(eventLine(2, 'start'));
    output.event(eventLine(1, 'update'));
    output.event(eventLine(1, 'end'));
    await until(() => events(received).length === 3, 'three events');
    expect(last(received, 'earmark/porch/label/dog')).toBe('ON');
    output.event(eventLine(2, 'end'));
    await until(() => last(received, 'earmark/porch/label/dog') === 'OFF', 'OFF');
    expect(last(received, 'earmark/porch/label/rain')).toBe('OFF');
    await until(() => events(received).length === 4, 'four events');
    expect(events(received).map(({ id, kind, event_type }) => [id, kind, event_type])).toEqual([
      ['event-1', 'start', 'start'],
      ['event-2', 'start', 'start'],
      ['event-1', 'end', 'end'],
      ['event-2', 'end', 'end'],
    ]);
    // Who comes later finds the states and the discovery, and no old event.
    const later = await broker.listen();
    await until(() => later.length >= 4, 'the retained messages');
    expect(later.every(({ isRetained }) => isRetained)).toBe(true);
    expect(events(later)).toEqual([]);
    const found = later.find(({ topic }) => discoveryTopic.test(topic));
    const { components, availability_topic } = v.parse(deviceDiscoverySchema, JSON.parse(found?.text ?? ''));
    expect(availability_topic).toBe('earmark/porch/status');
    for (const component of Object.values(components)) {
      const { state_topic } = component as { state_topic: string };
      if (state_topic.includes('/label/')) expect(last(later, state_topic)).toBe('OFF');
    }
    await output.close();
    await until(() => last(received, 'earmark/porch/status') === 'offline', 'goodbye');
    expect(said).toEqual([]);
  });

  it('gets what waited, in order, when the broker is back; the oldest were dropped and counted', async () => {
    const broker = await brokerWith();
    const output = await outputTo(broker.url, 20);
    const before = await broker.listen('earmark/porch/#');
    output.event(eventLine(0, 'start', 'rain'));
    await until(() => last(before, 'earmark/porch/label/rain') === 'ON', 'ON');
    await broker.kill();
    await until(() => said.length > 0, 'a sentence');
    for (let i = 1; i <= 50; i++) output.event(eventLine(i));
    output.event(eventLine(0, 'end', 'rain'));
    expect(output.waiting).toBe(20);
    await broker.run();
    const received = await broker.listen('earmark/porch/#');
    await until(() => output.waiting === 0 && events(received).length >= 20, 'all events');
    // The first of those that waited was on its way already, and is not lost.
    const ids = events(received).map(({ id }) => id);
    expect(ids.slice(-20)).toEqual([...Array.from({ length: 19 }, (_, i) => `event-${32 + i}`), 'event-0']);
    expect(ids.length).toBeLessThanOrEqual(21);
    expect(output.dropped).toBe(31);
    expect(last(received, 'earmark/porch/label/rain')).toBe('OFF');
    expect(last(received, 'earmark/porch/status')).toBe('online');
    const about = `mqtt://localhost:${broker.port}`;
    expect(said[0]).toBe(`${about}: the connection was lost. Events wait until it works.`);
    expect(said).toContain(`${about}: it works again; 20 events to send`);
    expect(said).toContain(`${about}: 20 events wait to be sent, and no more are kept: the oldest are dropped`);
    expect(said.at(-1)).toBe(`${about}: what waited is sent; 31 older events were dropped`);
    expect(said.length).toBeLessThanOrEqual(5);
  });

  it('gets the newest events in order, half a minute after it was gone for an hour; the others are counted', async () => {
    const broker = await brokerWith();
    const output = await outputTo(`mqtt://127.0.0.1:${broker.port}`, 1000);
    const before = await broker.listen('earmark/porch/#');
    await until(() => last(before, 'earmark/porch/status') === 'online', 'status');
    const realTimeout = setTimeout;
    /** Lets simulated time pass, and then sockets do what is due. */
    const pass = async (ms: number, realMs = 2): Promise<void> => {
      await vi.advanceTimersByTimeAsync(ms);
      await new Promise((resolve) => realTimeout(resolve, realMs));
    };
    async function during<T>(work: Promise<T>): Promise<T> {
      let isOver = false;
      void work.finally(() => {
        isOver = true;
      });
      while (!isOver) await pass(10);
      return work;
    }
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
    try {
      await broker.kill();
      const lines: string[] = [];
      for (let second = 0; second < 3600; second += 2) {
        for (const kind of ['start', 'end'] as const) {
          output.event(eventLine(second, kind));
          lines.push(`${kind} event-${second}`);
        }
        if (second % 10 === 0) await pass(10_000);
      }
      expect([output.waiting, output.dropped]).toEqual([1000, 2600]);
      const about = `mqtt://127.0.0.1:${broker.port}`;
      const full = `${about}: 1000 events wait to be sent, and no more are kept: the oldest are dropped`;
      expect(said.filter((sentence) => sentence === full)).toHaveLength(1);
      await during(broker.run());
      const received = await during(broker.listen('earmark/porch/#'));
      let seconds = 0;
      for (; last(received, 'earmark/porch/status') !== 'online'; seconds++) await pass(1000, 100);
      // Its own 30 s, and what it takes to connect.
      expect(seconds).toBeLessThanOrEqual(35);
      while (output.waiting > 0) await pass(1);
      await pass(1000);
      expect(
        events(received)
          .map(({ kind, id }) => `${kind} ${id}`)
          .slice(-1000),
      ).toEqual(lines.slice(-1000));
      expect(said.at(-1)).toBe(`${about}: what waited is sent; 2600 older events were dropped`);
    } finally {
      vi.useRealTimers();
    }
  });

  it('gets after a restart what an earlier run could not send', async () => {
    const broker = await brokerWith();
    await broker.kill();
    const output = await outputTo(broker.url);
    for (let i = 0; i < 5; i++) output.event(eventLine(i));
    await output.close();
    outputs.length = 0;
    await broker.run();
    const received = await broker.listen();
    await outputTo(broker.url);
    await until(() => events(received).length === 5, 'five events');
    expect(events(received).map(({ id }) => id)).toEqual([0, 1, 2, 3, 4].map((i) => `event-${i}`));
  });

  it('two of one name on two machines both stay, say so, and count as there until the last one ends', async () => {
    const broker = await brokerWith();
    const received = await broker.listen();
    const here = await outputTo(broker.url);
    const there = await outputTo(broker.url, 100, join(folder, 'there'));
    await until(() => said.length === 2, `a sentence of each: ${said}`);
    const about = `mqtt://localhost:${broker.port}`;
    const sentence = `${about}: another listener is named “porch” too, and Home Assistant takes both for one; give one of them another name with --node`;
    expect(said).toEqual([sentence, sentence]);
    for (let i = 0; i < 10; i++) (i % 2 === 0 ? here : there).event(eventLine(i));
    await until(() => events(received).length >= 10, 'the events of both');
    expect(
      events(received)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(Array.from({ length: 10 }, (_, i) => `event-${i}`));
    await here.close();
    await until(() => received.some(({ text }) => text === 'offline'), 'goodbye');
    await until(() => last(received, 'earmark/porch/status') === 'online', 'the other one');
    await there.close();
    await until(() => last(received, 'earmark/porch/status') === 'offline', 'the last goodbye');
    expect(said).toEqual([sentence, sentence]);
  });

  it('a wrong password, a missing broker and a strange certificate each cost a sentence, and events wait', async () => {
    const guarded = await brokerWith({ user: { name: 'earmark', password: 'right' } });
    const secret = await brokerWith({ tls: true });
    const cases: [string, RegExp][] = [
      [
        `mqtt://earmark:wrong@localhost:${guarded.port}`,
        /it refuses the user name or the password; check EARMARK_MQTT/,
      ],
      ['mqtt://localhost:9', /nothing answers at this address/],
      [secret.url, /who signed its certificate is unknown here; name .* NODE_EXTRA_CA_CERTS/],
      [`mqtts://localhost:${guarded.port}`, /it does not speak TLS|it closes the connection/],
      [`mqtt://localhost:${secret.port}`, /it closes the connection|the connection was lost/],
    ];
    // Each goodbye waits for its event to be sent, so all at once.
    await Promise.all(
      cases.map(async ([url, sentence], i) => {
        const output = await outputTo(url, 100, join(folder, String(i)));
        output.event(eventLine(1));
        const about = new URL(url).host;
        const first = (): string | undefined => said.find((text) => text.includes(about) && sentence.test(text));
        await until(() => first() !== undefined, `a sentence about ${url}`);
        expect(first()).toMatch(/^mqtts?:\/\/localhost:\d+: .+[.?] Events wait until it works\.$/);
        expect(output.waiting).toBe(1);
        await output.close();
      }),
    );
    expect(said.join()).not.toContain('wrong@');
    outputs.length = 0;
    const received = await guarded.listen('#', { username: 'earmark', password: 'right' });
    await outputTo(`mqtt://earmark:right@localhost:${guarded.port}`);
    await until(() => last(received, 'earmark/porch/status') === 'online', 'status');
  });

  describe('with the command', () => {
    const children: ChildProcess[] = [];
    afterEach(() => {
      for (const child of children.splice(0)) child.kill('SIGKILL');
    });

    function listen(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
      const words = ['tsx', join(root, 'cli/earmark/earmark.ts'), 'listen', '-', '--node', 'porch', '--spool', folder];
      const child = spawn(process.execPath, ['--import', ...words, ...args], {
        cwd: root,
        env: { ...process.env, ...env },
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      children.push(child);
      child.stderr?.on('data', (data) => said.push(String(data)));
      // It is killed with sound on its way.
      child.stdin?.on('error', () => undefined);
      return child;
    }

    it('over TLS, with an authority of its own; killed, the broker says that it is gone', async () => {
      const broker = await brokerWith({ tls: true });
      const received = await broker.listen('earmark/porch/#', { rejectUnauthorized: false });
      const child = listen(['--mqtt', broker.url, '--threshold', '0.05'], { NODE_EXTRA_CA_CERTS: broker.certificate });
      await until(() => last(received, 'earmark/porch/status') === 'online', `status ${said}`);
      const noise = whiteNoise(32_000 * 4, 5).map((x, i) => x * 0.3 * Math.sin((Math.PI * i) / (32_000 * 4)) ** 2);
      child.stdin?.write(Buffer.from(Int16Array.from(noise, (x) => Math.round(32_767 * x)).buffer));
      await until(() => events(received).some(({ kind }) => kind === 'start'), 'an event');
      const [first] = events(received);
      expect(first).toMatchObject({ kind: 'start', source: '-' });
      expect(last(received, `earmark/porch/label/${first?.label}`)).toBe('ON');
      child.kill('SIGKILL');
      await until(() => last(received, 'earmark/porch/status') === 'offline', 'the last will');
    });

    it('two with one name are refused; one that ended makes room', async () => {
      const broker = await brokerWith();
      const received = await broker.listen();
      const first = listen(['--mqtt', broker.url]);
      await until(() => last(received, 'earmark/porch/status') === 'online', 'status');
      const second = listen(['--mqtt', broker.url]);
      expect(await once(second, 'exit')).toEqual([2, null]);
      expect(said.join('')).toMatch(
        /process \d+ of .+ already listens as “porch”: give this one another name with --node/,
      );
      first.kill('SIGKILL');
      await until(() => last(received, 'earmark/porch/status') === 'offline', 'the last will');
      const third = listen(['--mqtt', broker.url]);
      await until(() => last(received, 'earmark/porch/status') === 'online', 'status');
      third.stdin?.end();
      expect(await once(third, 'exit')).toEqual([0, null]);
    });
  });
});

it('MQTT can be tested here', (context) => {
  context.skip(mosquittoMissing !== undefined, mosquittoMissing);
  expect(mosquittoMissing).toBeUndefined();
});
