import { describe, expect, it } from 'vitest';
import type { FoundEvents } from '../../../../src/shared/contracts/diary/diary-query';
import type { SoundEvent } from '../../../../src/shared/contracts/sound-event';
import { SimilarEvents } from '../../../../src/ui/diary/review/similar-events';
import { FakeDiary } from '../../../browser/fake-diary';
import { someMs, soundEvent } from '../../support/diary';

/** Float16 bits of 1, 0.5 and 0.25. */
const [one, half, quarter] = [0x3c00, 0x3800, 0x3400];

const heard = (id: string, change: Partial<SoundEvent>): SoundEvent =>
  soundEvent({ id, backbone: 'b', startMs: someMs, ...change });

/** A diary that counts the events that are read. */
class CountingDiary extends FakeDiary {
  read = 0;

  override rows(found: FoundEvents, from: number, to: number) {
    this.read += to - from;
    return super.rows(found, from, to);
  }
}

describe('events that sound alike', () => {
  it('are ranked by their cosine, and none is read twice to compare it', async () => {
    const diary = new CountingDiary();
    const asked = heard('asked', { embedding: Uint16Array.of(one, 0) });
    const others = [
      heard('far', { embedding: Uint16Array.of(0, one) }),
      heard('near', { embedding: Uint16Array.of(one, half) }),
      heard('of another backbone', { embedding: Uint16Array.of(one, 0), backbone: 'c' }),
      heard('without', {}),
    ];
    diary.hold([asked, ...others]);
    const similar = new SimilarEvents(diary);
    const idsOf = async () => (await similar.to(asked)).map(({ event }) => event.id);
    expect(await idsOf()).toEqual(['near', 'far']);
    const [near] = await similar.to(asked);
    // 1 / √1.25; bytes instead of floats cost less than 0.01.
    expect(near?.cosine).toBeCloseTo(0.894, 2);
    diary.hold([asked, ...others, heard('new', { embedding: Uint16Array.of(one, quarter) })]);
    diary.read = 0;
    expect(await idsOf()).toEqual(['new', 'near', 'far']);
    // The new one, and what is shown: itself and three others.
    expect(diary.read).toBe(1 + 4);
    // Deleted events are not shown.
    diary.rows = async (found, from, to) => {
      const rows = await FakeDiary.prototype.rows.call(diary, found, from, to);
      return rows.map((row) => (row?.id === 'new' ? undefined : row));
    };
    expect(await idsOf()).toEqual(['near', 'far']);
  });

  it('are none for an event without an embedding', async () => {
    const diary = new FakeDiary();
    diary.hold([heard('a', {}), heard('b', { embedding: Uint16Array.of(one, 0) })]);
    expect(await new SimilarEvents(diary).to(heard('a', {}))).toEqual([]);
  });
});
