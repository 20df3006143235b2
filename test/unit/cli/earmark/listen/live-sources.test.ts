/** Live sources that ffmpeg opens: a sound card, a stream on the web, a broadcast, and a camera. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createWebServer } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openWithFfmpeg } from '../../../../../cli/earmark/listen/sources';
import { encodeWav } from '../../../support/wav';

const ffmpeg = spawnSync('ffmpeg', ['-hide_banner', '-devices'], { encoding: 'utf8' });
const whyNoFfmpeg = ffmpeg.status === 0 ? undefined : 'ffmpeg is not installed';
const whyNoAlsa = /\bD[E ]? *alsa\b/.test(ffmpeg.stdout ?? '') ? undefined : 'ffmpeg was built without ALSA';

const RATE_HZ = 32_000;
/** A tone of half the loudness that is possible. */
const tone = (count: number, rateHz: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => 0.5 * Math.sin((2 * Math.PI * 440 * i) / rateHz));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'live-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Hears half a second of a source, without its first quarter, in which decoders settle. @returns its loudness. */
async function loudnessOf(source: string): Promise<number> {
  const { samples, ended, stop } = openWithFfmpeg(source, RATE_HZ);
  const heard: number[] = [];
  for await (const piece of samples) {
    heard.push(...piece);
    if (heard.length >= RATE_HZ * 0.75) break;
  }
  stop();
  const reason = await ended;
  if (heard.length < RATE_HZ * 0.75) throw new Error(`${source} ended: ${reason}`);
  const part = heard.slice(RATE_HZ * 0.25, RATE_HZ * 0.75);
  return Math.sqrt(part.reduce((sum, x) => sum + x * x, 0) / part.length);
}

/** What the tone has. */
const expected = 0.5 / Math.SQRT2;

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as { port: number }).port;
}

describe.skipIf(whyNoFfmpeg !== undefined)('a live source', () => {
  it('is a sound card', async (context) => {
    context.skip(whyNoAlsa !== undefined, whyNoAlsa);
    // A card of ALSA’s own plugins, which records what a file has: both channels have the tone.
    const mono = tone(5 * 48_000, 48_000);
    const stereo = Int16Array.from({ length: 2 * mono.length }, (_, i) => 32_767 * (mono[Math.floor(i / 2)] as number));
    writeFileSync(join(folder, 'sound.raw'), stereo);
    writeFileSync(
      join(folder, '.asoundrc'),
      `pcm.porch { type file slave.pcm null file /dev/null infile ${join(folder, 'sound.raw')} format raw }\n`,
    );
    vi.stubEnv('HOME', folder);
    expect(await loudnessOf('alsa:porch')).toBeCloseTo(expected, 1);
  });

  it('is a stream on the web', async () => {
    const wav = encodeWav([tone(5 * RATE_HZ, RATE_HZ)], RATE_HZ, 's16');
    const server = createWebServer((_, response) => {
      response.writeHead(200, { 'content-type': 'audio/wav' });
      // It does not end.
      response.write(wav);
    });
    const port = await portOf(server);
    expect(await loudnessOf(`http://127.0.0.1:${port}/live`)).toBeCloseTo(expected, 2);
    server.closeAllConnections();
    server.close();
  });

  it('is a broadcast over UDP', async () => {
    const server = createServer();
    const port = await portOf(server);
    server.close();
    const address = `udp://127.0.0.1:${port}`;
    const input = ['-re', '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000,volume=4'];
    const sender: ChildProcess = spawn('ffmpeg', ['-v', 'error', ...input, '-c:a', 'mp2', '-f', 'mpegts', address], {
      stdio: 'ignore',
    });
    expect(await loudnessOf(address)).toBeCloseTo(expected, 1);
    sender.kill('SIGKILL');
  });

  it('is a camera that speaks RTSP', async () => {
    const camera = createServer(speakRtsp);
    const port = await portOf(camera);
    expect(await loudnessOf(`rtsp://127.0.0.1:${port}/porch`)).toBeCloseTo(expected, 1);
    camera.close();
  });
});

/** A camera with a microphone: answers requests, and then sends the tone in packets of 20 ms over the same connection. */
function speakRtsp(socket: Socket): void {
  const description = ['v=0', 'o=- 0 0 IN IP4 127.0.0.1', 's=porch', 't=0 0', 'm=audio 0 RTP/AVP 0', ''].join('\r\n');
  const answers: Readonly<Record<string, readonly string[]>> = {
    OPTIONS: ['Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN'],
    DESCRIBE: ['Content-Type: application/sdp', `Content-Length: ${description.length}`],
    SETUP: ['Transport: RTP/AVP/TCP;unicast;interleaved=0-1', 'Session: 1'],
    PLAY: ['Session: 1'],
  };
  let packets = 0;
  let timer: NodeJS.Timeout | undefined;
  socket.on('error', () => undefined);
  socket.on('close', () => clearInterval(timer));
  socket.on('data', (data) => {
    const [, method = '', number = ''] = /^(\w+) [\s\S]*?CSeq: (\d+)/.exec(data.toString('latin1')) ?? [];
    if (!(method in answers)) return;
    const head = ['RTSP/1.0 200 OK', `CSeq: ${number}`, ...(answers[method] as string[]), '', ''].join('\r\n');
    socket.write(method === 'DESCRIBE' ? head + description : head);
    if (method === 'PLAY') timer = setInterval(() => socket.write(rtpPacket(packets++)), 20);
  });
}

/** 160 samples of the tone at 8 kHz in µ-law, as RTP within RTSP has them. */
function rtpPacket(number: number): Buffer {
  const packet = Buffer.alloc(4 + 12 + 160);
  packet.write('$', 0);
  packet.writeUInt16BE(12 + 160, 2);
  packet.writeUInt8(0x80, 4);
  packet.writeUInt16BE(number, 6);
  packet.writeUInt32BE(160 * number, 8);
  packet.writeUInt32BE(1, 12);
  for (let i = 0; i < 160; i++) {
    const sample = 0.5 * Math.sin((2 * Math.PI * 440 * (160 * number + i)) / 8000);
    packet.writeUInt8(muLaw(sample), 16 + i);
  }
  return packet;
}

/** A sample in µ-law (ITU-T G.711). */
function muLaw(sample: number): number {
  const magnitude = Math.min(32_635, Math.round(Math.abs(sample) * 32_768)) + 132;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 15;
  return ~((sample < 0 ? 128 : 0) | (exponent << 4) | mantissa) & 255;
}
