import { describe, expect, it } from 'vitest';
import { foreignAdviceSchema } from '../../../src/shared/contracts/model/head-schema';
import { adviceOfSentence } from '../../../src/shared/lib/spoken-advice';
import { BadValue, validate } from '../../../src/shared/lib/validate';

// What versions before schema 3 wrote, word for word.
const sentences: readonly [string, unknown][] = [
  [
    'Too few clips of “Crying baby” to say how sure it is: 3 of 5. Record 2 more.',
    { code: 'too-few', label: 'crying_baby', clips: 3, enough: 5 },
  ],
  [
    'No clip is marked “none of these”: keep some of the sounds that must not count, against false alarms.',
    { code: 'no-background' },
  ],
  [
    '“Dog” and “Door bell” are often taken for each other: record more of both.',
    { code: 'confused', actual: 'dog', heard: 'door_bell', mutual: true },
  ],
  [
    '“A “quoted” bell” is often taken for “Dog”: record more of both.',
    { code: 'confused', actual: 'a_quoted_bell', heard: 'dog', mutual: false },
  ],
  [
    'All clips of “Dog” were kept within one minute, so its figures may be too good: record some at another time, or from further away.',
    { code: 'one-sitting', labels: ['dog'] },
  ],
  [
    'All clips of “Dog”, “Türe” and “Kettle” were kept within one minute, so their figures may be too good: record some at another time, or from further away.',
    { code: 'one-sitting', labels: ['dog', 'türe', 'kettle'] },
  ],
  [
    '“Dog” is hard to tell from the rest: trim its clips to the sound itself, and record more of it.',
    { code: 'weak', label: 'dog' },
  ],
];

describe('advice of older versions', () => {
  it.each(sentences)('“%s” becomes its code', (sentence, advice) => {
    expect(adviceOfSentence(sentence)).toEqual(advice);
    expect(validate(foreignAdviceSchema, sentence)).toEqual(advice);
  });

  it.each(['', 'Do something else.', '“!!!” is hard to tell from the rest: x.', 'x'.repeat(1e5)])(
    'that no version wrote is undefined (%#)',
    (sentence) => {
      expect(adviceOfSentence(sentence)).toBeUndefined();
      expect(() => validate(foreignAdviceSchema, sentence)).toThrow(BadValue);
    },
  );
});

describe('advice', () => {
  it('is kept unchanged, without extra fields', () => {
    for (const [, advice] of sentences) {
      expect(validate(foreignAdviceSchema, { ...(advice as object), html: '<b>' })).toEqual(advice);
    }
  });

  it.each([
    null,
    7,
    {},
    { code: 'unknown' },
    { code: 'weak' },
    { code: 'weak', label: 'x'.repeat(201) },
    { code: 'weak', label: 'a\u0000b' },
    { code: 'too-few', label: 'dog', clips: -1, enough: 5 },
    { code: 'confused', actual: 'dog', heard: 'cat' },
    { code: 'one-sitting', labels: 'dog' },
    { code: 'one-sitting', labels: [7] },
  ])('is refused as %j', (value) => {
    expect(() => validate(foreignAdviceSchema, value)).toThrow(BadValue);
  });
});
