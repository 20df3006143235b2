import { describe, expect, it } from 'vitest';
import { exportEvents } from '../../../../src/app/diary/export-events';
import { judgeEach, previewVerdicts, readVerdicts } from '../../../../src/app/diary/import-verdicts';
import type { EventFormat } from '../../../../src/events/formats/formats';
import type { SoundEvent } from '../../../../src/shared/contracts/sound-event';
import { FakeDiary } from '../../../browser/fake-diary';
import { soundEvent } from '../../support/diary';

const noon = Date.UTC(2026, 10, 28, 12);
const ids: Readonly<Record<string, string>> = { dog: 'dog', hund: 'dog', owl: 'owl', uhu: 'owl', rain: 'rain' };
const labelIds = (text: string): string | undefined => ids[text.toLowerCase()];

/** A dog, an owl and a dog, at uneven times of the day. */
function diaryOf(change: (event: SoundEvent, i: number) => SoundEvent = (event) => event): FakeDiary {
  const diary = new FakeDiary();
  diary.hold(
    [
      soundEvent({ id: 'a', startMs: noon + 1234, endMs: noon + 3234 }),
      soundEvent({ id: 'b', startMs: noon + 61_000, endMs: noon + 64_000, label: 'owl', labelName: 'Owl' }),
      soundEvent({ id: 'c', startMs: noon + 190_500, endMs: noon + 191_500 }),
    ].map(change),
  );
  return diary;
}

async function exported(diary: FakeDiary, format: EventFormat): Promise<Blob> {
  const pieces: BlobPart[] = [];
  const file = new WritableStream<Uint8Array>({ write: (piece) => void pieces.push(piece as BlobPart) });
  await exportEvents(diary, {}, format, { name: 'x', file }, () => {});
  return new Blob(pieces);
}

const verdictsOf = (diary: FakeDiary) => Object.fromEntries(diary.events.map(({ id, verdict }) => [id, verdict]));

describe('verdicts from a table', () => {
  it.each(['audacity', 'raven', 'kaleidoscope', 'birdnet'] as const)(
    'of %s labels that came from here find their time, and say that they were right',
    async (format) => {
      const diary = diaryOf();
      const table = await readVerdicts(await exported(diary, format));
      const preview = await previewVerdicts(diary, table, labelIds);
      expect(preview).toMatchObject({ matchedRows: 3, unmatchedRows: 0, unchanged: 0 });
      expect(Math.abs((preview.originMs ?? 0) - (noon + 1234))).toBeLessThan(40);
      await judgeEach(diary, preview.changes);
      const right = { answer: 'right' };
      expect(verdictsOf(diary)).toEqual({ a: right, b: right, c: right });
    },
  );

  it('take a renamed label as another sound, and let rows without an event and events without a row be', async () => {
    const diary = diaryOf();
    const rows = [
      '0.000000\t2.000000\tHund 0.75',
      '60.0\t62.9\tUhu',
      '189.3\t190.2\tRain',
      '300\t301\tDog',
      '59.9\t60.5\tRain',
    ];
    const preview = await previewVerdicts(diary, await readVerdicts(new Blob([rows.join('\n')])), labelIds);
    expect(preview).toMatchObject({ matchedRows: 3, unmatchedRows: 2 });
    expect(Object.fromEntries([...preview.changes].map(([id, { verdict }]) => [id, verdict]))).toEqual({
      a: { answer: 'right' },
      b: { answer: 'right' },
      c: { answer: 'other', label: 'rain' },
    });
  });

  it('of Earmark’s own CSV go to the events with their ids, and are taken back as a whole', async () => {
    const judged = diaryOf((event, i) =>
      i === 2 ? event : { ...event, verdict: { answer: i === 0 ? 'wrong' : 'unsure' } },
    );
    const file = await exported(judged, 'csv');
    // Elsewhere, one was judged in the same way, and one in another.
    const diary = diaryOf((event, i) => {
      if (i === 1) return { ...event, verdict: { answer: 'unsure' } };
      return i === 0 ? { ...event, verdict: { answer: 'right' } } : event;
    });
    const before = verdictsOf(diary);
    const preview = await previewVerdicts(diary, await readVerdicts(file), labelIds);
    expect(preview).toMatchObject({ originMs: undefined, matchedRows: 2, unmatchedRows: 0, unchanged: 1 });
    const back = await judgeEach(diary, preview.changes);
    expect(verdictsOf(diary)).toEqual({ a: { answer: 'wrong' }, b: { answer: 'unsure' }, c: undefined });
    await judgeEach(diary, back);
    expect(verdictsOf(diary)).toEqual(before);
  });

  it('are placed where a person says that second 0 is', async () => {
    const diary = diaryOf();
    const table = await readVerdicts(new Blob(['1.2\t3.2\tDog\n']));
    const at = await previewVerdicts(diary, table, labelIds, noon);
    expect([...at.changes.keys()]).toEqual(['a']);
    const elsewhere = await previewVerdicts(diary, table, labelIds, noon + 20_000);
    expect(elsewhere).toMatchObject({ matchedRows: 0, unmatchedRows: 1, changes: new Map() });
  });

  it('fit nothing where no label was ever heard', async () => {
    const preview = await previewVerdicts(diaryOf(), await readVerdicts(new Blob(['1\t3\tWhale\n'])), labelIds);
    expect(preview).toMatchObject({ originMs: undefined, matchedRows: 0, unmatchedRows: 1 });
  });
});
