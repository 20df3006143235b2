import { describe, expect, it } from 'vitest';
import { addressIn, placeOf } from '../../../../src/ui/diary/diary-place';

describe('the address of an event', () => {
  it('is read as it was written', () => {
    const place = { page: 'events', event: 'a/b ä%' } as const;
    expect(placeOf(addressIn(place))).toEqual(place);
  });

  it('may be malformed: no event has that id', () => {
    expect(placeOf('#/diary/event/%E0%A4%A')).toEqual({ page: 'events', event: '%E0%A4%A' });
  });
});
