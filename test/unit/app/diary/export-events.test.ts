import { describe, expect, it } from 'vitest';
import { exportClips, exportEvents } from '../../../../src/app/diary/export-events';
import { decodeWav } from '../../../../src/shared/lib/files/wav';
import { ZipArchive } from '../../../../src/shared/lib/files/zip-archive';
import { readStartTime } from '../../../../src/sound/start-time';
import { FakeDiary } from '../../../browser/fake-diary';
import { soundEvent } from '../../support/diary';

/** A file that remembers what was written. */
function sink() {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let outcome: 'open' | 'closed' | 'discarded' = 'open';
  const file = new WritableStream<Uint8Array>({
    write: (piece) => void pieces.push(piece as Uint8Array<ArrayBuffer>),
    close: () => {
      outcome = 'closed';
    },
    abort: () => {
      outcome = 'discarded';
    },
  });
  return { file, bytes: () => new Blob(pieces), outcome: () => outcome };
}

const noon = Date.UTC(2026, 10, 28, 12);

describe('exportEvents', () => {
  it('writes every event, the oldest first, across pages, and seconds since the oldest', async () => {
    const diary = new FakeDiary();
    diary.hold(Array.from({ length: 20_000 }, (_, i) => soundEvent({ id: `e${i}`, startMs: noon + 1000 * i })));
    const { file, bytes, outcome } = sink();
    const progress: number[] = [];
    const count = await exportEvents(diary, {}, 'audacity', { name: 'a', file }, (done) => progress.push(done));
    expect([count, outcome(), progress]).toEqual([20_000, 'closed', [8192, 16_384, 20_000]]);
    const lines = (await bytes().text()).split(/\r?\n/);
    const starts = lines.flatMap((line) => (/^\d/.test(line) ? [Number(line.split('\t')[0])] : []));
    expect(starts).toEqual(Array.from({ length: 20_000 }, (_, i) => i));
  });

  it('writes what the filter finds, with its label, time and verdict', async () => {
    const diary = new FakeDiary();
    diary.hold([
      soundEvent({ id: 'a', startMs: noon }),
      soundEvent({ id: 'b', startMs: noon + 1, label: 'owl', labelName: 'Käuzchen', verdict: { answer: 'wrong' } }),
    ]);
    const { file, bytes } = sink();
    expect(await exportEvents(diary, { labels: ['owl'] }, 'jsonl', { name: 'a', file }, () => {})).toBe(1);
    const text = await bytes().text();
    expect(text.trim().split('\n')).toHaveLength(1);
    expect(text).toContain('Käuzchen');
    expect(text).toContain('wrong');
    // Noon in UTC was 13:00 in Berlin.
    expect(text).toContain('2026-11-28T13:00:00.001+01:00');
  });

  it('discards the file if the diary cannot be read', async () => {
    const diary = new FakeDiary();
    diary.hold([soundEvent()]);
    diary.details = () => Promise.reject(new Error('cut'));
    const { file, outcome } = sink();
    await expect(exportEvents(diary, {}, 'csv', { name: 'a', file }, () => {})).rejects.toThrow('cut');
    expect(outcome()).toBe('discarded');
  });
});

describe('exportClips', () => {
  it('packs each kept sound as a WAV file that says when it began', async () => {
    const diary = new FakeDiary();
    diary.hold([
      soundEvent({ id: 'aaaaaaaa-1', startMs: noon, clip: 'aaaaaaaa-1' }),
      soundEvent({ id: 'b', startMs: noon + 1 }),
    ]);
    const samples = Int16Array.of(1, -2, 3);
    diary.clips.set('aaaaaaaa-1', { samples, sampleRateHz: 16_000, startMs: noon - 500, isKept: false });
    const { file, bytes } = sink();
    expect(await exportClips(diary, {}, { name: 'a', file }, () => {})).toBe(1);
    const zip = await ZipArchive.open(bytes(), 'a.zip', { files: 9, totalBytes: 1e6 });
    const [path = ''] = zip.paths;
    expect(zip.paths).toEqual(['2026-11-28T12-59-59-Dog-aaaaaaaa.wav']);
    const wav = await zip.read(path, 1e6);
    const source = { size: wav.length, read: async (start: number, end: number) => wav.slice(start, end) };
    expect(await readStartTime(source)).toEqual({ localTime: '2026-11-28T12:59:59', source: 'bext' });
    // 12:59:59.5 is 46,799.5 seconds of 16,000 samples after midnight.
    expect(new DataView(wav.buffer).getBigUint64(20 + 338, true)).toBe(748_792_000n);
    expect(decodeWav(wav.buffer)).toEqual({ samples, sampleRateHz: 16_000 });
  });
});
