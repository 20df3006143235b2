import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Spool } from '../../../../../cli/earmark/listen/outputs/spool';
import { signature, WebhookOutput, type WebhookParts } from '../../../../../cli/earmark/listen/outputs/webhook';
import { freePort } from '../../../support/mosquitto';
import { eventLine, until } from './events';

interface Posted {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let folder = '';
let said: string[] = [];
let posted: Posted[] = [];
let server: Server;
let output: WebhookOutput | undefined;
/** What the server answers: a status, or nothing at all. */
let answer: (request: Posted) => number | 'never' = () => 200;
let url = '';

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'webhook-'));
  said = [];
  posted = [];
  answer = () => 200;
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (data) => {
      body += data;
    });
    request.on('end', () => {
      const one = { headers: request.headers, body };
      posted.push(one);
      const status = answer(one);
      if (status !== 'never') response.writeHead(status, { location: 'http://localhost:1/' }).end('thanks');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}/hook`;
});
afterEach(async () => {
  await output?.close();
  output = undefined;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

function hook(to = url, changes: Partial<WebhookParts> = {}): WebhookOutput {
  output = new WebhookOutput({
    url: to,
    secret: 'key',
    spool: new Spool(folder, 10),
    say: (sentence) => said.push(sentence),
    waitsMs: [20, 40],
    ...changes,
  });
  return output;
}

const taken = (): string[] => posted.map(({ body }) => JSON.parse(body).id);

describe('a webhook', () => {
  it('is posted the start and the end of every event, signed', async () => {
    const made = hook();
    for (const kind of ['start', 'update', 'end'] as const) made.event(eventLine(1, kind));
    await until(() => posted.length === 2 && made.waiting === 0, 'two posts');
    expect(posted.map(({ body }) => JSON.parse(body))).toEqual([eventLine(1, 'start'), eventLine(1, 'end')]);
    for (const { headers, body } of posted) {
      expect(headers['content-type']).toBe('application/json');
      const timestamp = headers['earmark-timestamp'] as string;
      expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(60);
      // As another program computes it.
      const openssl = execFileSync('openssl', ['dgst', '-sha256', '-hmac', 'key', '-r'], {
        input: `${timestamp}.${body}`,
      });
      expect(headers['earmark-signature']).toBe(`sha256=${openssl.toString().split(' ')[0]}`);
    }
    expect(said).toEqual([]);
  });

  it('signs as documented, and only with a secret', async () => {
    // By Python’s hmac module.
    expect(signature('key', 1_780_344_000, '{"kind":"end"}')).toBe(
      '15ca0e7e61db64c2a7c199eebfb550b9fec468830143c9ea96404373ae0ca509',
    );
    const made = hook(url, { secret: undefined });
    made.event(eventLine(1));
    await until(() => posted.length === 1, 'a post');
    expect(posted[0]?.headers).not.toHaveProperty('earmark-signature');
  });

  it.each([
    ['answers 500', 500, 'the server answers 500'],
    ['never answers', 'never', 'the server does not answer within 0.3 s'],
    ['answers 401', 401, 'the server answers 401: it wants other credentials'],
    ['answers 404', 404, 'the server answers 404: nothing is at this address'],
    ['is elsewhere', 301, 'the server answers 301: it is somewhere else; give the address it redirects to'],
  ] as const)('a server that %s costs a sentence, and no event', async (_, status, sentence) => {
    let isWell = false;
    answer = () => (isWell ? 204 : status);
    const made = hook(url, status === 'never' ? { answerMs: 300 } : {});
    for (let i = 0; i < 5; i++) made.event(eventLine(i));
    await until(() => posted.length >= 3, 'three tries');
    expect(new Set(taken())).toEqual(new Set(['event-0']));
    expect(made.waiting).toBe(5);
    expect(said).toEqual([`${url}: ${sentence}. Events wait until it works.`]);
    isWell = true;
    await until(() => made.waiting === 0, 'all events');
    expect([...new Set(taken())]).toEqual([0, 1, 2, 3, 4].map((i) => `event-${i}`));
    expect(said.slice(1)).toEqual([`${url}: it works again; 4 events to send`]);
  });

  it('drops and counts the oldest while the server is gone, and sends the rest in order, also in another run', async () => {
    answer = () => 503;
    const made = hook();
    for (let i = 0; i < 30; i++) made.event(eventLine(i));
    expect([made.waiting, made.dropped]).toEqual([10, 20]);
    await until(() => posted.length > 0, 'a try');
    await made.close();
    posted = [];
    answer = () => 200;
    const again = hook();
    await until(() => again.waiting === 0, 'all events');
    // The one that was on its way when the first run ended can come twice.
    expect([...new Set(taken())]).toEqual(Array.from({ length: 10 }, (_, i) => `event-${20 + i}`));
  });

  it('does not complain of a server that has yet to answer when the program ends; the event waits for the next run', async () => {
    answer = () => 'never';
    const made = hook();
    made.event(eventLine(1));
    await until(() => posted.length === 1, 'a post');
    await made.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(said).toEqual([`${url}: events that were not sent: 1 wait on disk for the next start`]);
    expect(made.waiting).toBe(1);
  });

  it('takes name and password from the address, and never prints them', async () => {
    hook(url.replace('://', '://earmark:s%C3%A4cret@')).event(eventLine(1));
    await until(() => posted.length === 1, 'a post');
    expect(posted[0]?.headers.authorization).toBe(`Basic ${Buffer.from('earmark:säcret').toString('base64')}`);
    await output?.close();
    const closed = await freePort();
    hook(`http://earmark:s%C3%A4cret@127.0.0.1:${closed}/`).event(eventLine(2));
    await until(() => said.length > 0, 'a sentence');
    expect(said[0]).toBe(
      `http://127.0.0.1:${closed}: nothing answers at this address; is it running, and is the port right? Events wait until it works.`,
    );
  });
});
