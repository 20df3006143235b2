import { describe, expect, it } from 'vitest';
import { givenName } from '../../../../src/store/clips/given-name';

const at = Date.parse('2025-11-24T14:03:27Z');

describe('the name that a clip was given', () => {
  it.each(['Snippet 24 Nov, 14:03:27', 'Snippet 24 Nov, 03:03:20', 'Snippet 25 Nov, 04:03:27'])(
    'is empty if Earmark made “%s” from the time, in any time zone',
    (name) => {
      expect(givenName(name, at)).toBe('');
    },
  );

  it('is also empty around New Year, and in September, which is “Sept” in British English', () => {
    expect(givenName('Snippet 31 Dec, 23:59:58', Date.parse('2026-01-01T00:00:01Z'))).toBe('');
    expect(givenName('Snippet 1 Jan, 01:00:00', Date.parse('2025-12-31T23:00:00Z'))).toBe('');
    expect(givenName('Snippet 9 Sept, 10:00:00', Date.parse('2025-09-09T10:00:00Z'))).toBe('');
  });

  it.each([
    'Doorbell',
    'Snippet',
    'Snippet 24 Nov, 14:03:27 (2)',
    'Snippet 20 Nov, 14:03:27',
    'Snippet 24 Xyz, 14:03:27',
  ])('stays “%s”', (name) => {
    expect(givenName(name, at)).toBe(name);
  });
});
