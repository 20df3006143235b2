import { labelId } from '../contracts/clip';
import type { Advice } from '../contracts/messages/advice';

const LONGEST_SENTENCE = 1000;

const sentences: readonly (readonly [RegExp, (groups: Record<string, string>) => Advice])[] = [
  [
    /^Too few clips of “(?<name>.+)” to say how sure it is: (?<clips>\d+) of (?<enough>\d+)\. Record \d+ more\.$/,
    ({ name = '', clips, enough }) => ({
      code: 'too-few',
      label: labelId(name),
      clips: Number(clips),
      enough: Number(enough),
    }),
  ],
  [/^No clip is marked “none of these”: .+$/, () => ({ code: 'no-background' })],
  [
    /^“(?<one>.+)” and “(?<other>.+)” are often taken for each other: record more of both\.$/,
    ({ one = '', other = '' }) => ({ code: 'confused', actual: labelId(one), heard: labelId(other), mutual: true }),
  ],
  [
    /^“(?<one>.+)” is often taken for “(?<other>.+)”: record more of both\.$/,
    ({ one = '', other = '' }) => ({ code: 'confused', actual: labelId(one), heard: labelId(other), mutual: false }),
  ],
  [
    /^All clips of “(?<names>.+)” were kept within one minute, so .+$/,
    ({ names = '' }) => ({ code: 'one-sitting', labels: names.split(/”, “|” and “/).map(labelId) }),
  ],
  [/^“(?<name>.+)” is hard to tell from the rest: .+$/, ({ name = '' }) => ({ code: 'weak', label: labelId(name) })],
];

/**
 * The code for an English sentence written by a version before schema 3, to store it as a code.
 *
 * @returns undefined for a sentence they never wrote.
 */
export function adviceOfSentence(sentence: string): Advice | undefined {
  if (sentence.length > LONGEST_SENTENCE) return undefined;
  for (const [pattern, advice] of sentences) {
    const match = pattern.exec(sentence);
    if (!match) continue;
    try {
      return advice(match.groups ?? {});
    } catch {
      // It holds a name that no label can have, so Earmark never wrote it.
      return undefined;
    }
  }
  return undefined;
}
