import type { BadValueReason, Cause, ValueFault } from '../../../shared/lib/validate';
import { inBrackets, limitOf } from '../texts';
import { grouped, quoted } from './words';

/** A schema's names for kinds of values. */
const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  Array: 'a list',
  Object: 'a group of named values',
  Blob: 'a file',
};

const reasons: Readonly<Record<BadValueReason, (expected: string) => string>> = {
  missing: () => 'is missing',
  'wrong-type': (expected) => (kinds[expected] ? `should be ${kinds[expected]}` : 'is the wrong kind of value'),
  'unknown-choice': () => 'is none of the possible values',
  'out-of-range': (expected) => within(expected, 'is not a possible number', (limit) => `should be ${limit}`),
  'wrong-length': (expected) => within(expected, 'has the wrong length', (limit) => `should have ${limit} entries`),
  'wrong-form': () => 'is written in a way that Earmark doesn’t know',
  'not-power-of-two': () => 'should be a power of two',
  'hop-beyond-fft': () => 'should be no more than “fftSize”',
  'empty-range': () => 'is not below the upper end of its range',
  'ends-before-start': () => 'ends before it begins',
  'beyond-half-rate': () => 'should be no more than half the sample rate',
  'no-such-label': () => 'is a label that the model doesn’t have',
  'own-parent': () => 'leads back to the label itself',
  'other-labels-first': (expected) => `should be ${quoted(expected)}: the model’s own labels come first`,
  'label-twice': () => 'contains a label twice',
  twice: () => 'contains an entry twice',
  'scale-too-large': () => 'is too large',
};

/** A text about a limit, and another one if the schema names none. */
function within(expected: string, unknown: string, text: (limit: string) => string): string {
  const limit = limitOf(expected);
  const words = { '>=': 'at least ', '>': 'more than ', '<=': 'at most ', '<': 'less than ', '': '' };
  return limit ? text(`${words[limit.relation]}${grouped(limit.number)}`) : unknown;
}

/** What is wrong with a value, without a full stop: “labels.3.name” should be text. */
export function valueFault({ where, why, expected = '' }: ValueFault): string {
  return `${where === '' ? 'its content' : quoted(where)} ${reasons[why](expected)}`;
}

/** The same after a sentence about a file, or else the details for bug reports. */
export function because({ fault, detail }: Cause): string {
  return fault ? `: ${valueFault(fault)}` : inBrackets(detail);
}
