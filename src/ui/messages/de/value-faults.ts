import type { BadValueReason, Cause, ValueFault } from '../../../shared/lib/validate';
import { inBrackets, limitOf } from '../texts';
import { grouped, quoted } from './words';

/** A schema's names for kinds of values. */
const kinds: Readonly<Record<string, string>> = {
  string: 'ein Text',
  number: 'eine Zahl',
  boolean: 'true oder false',
  Array: 'eine Liste',
  Object: 'eine Gruppe benannter Werte',
  Blob: 'eine Datei',
};

const reasons: Readonly<Record<BadValueReason, (expected: string) => string>> = {
  missing: () => 'fehlt',
  'wrong-type': (expected) => (kinds[expected] ? `muss ${kinds[expected]} sein` : 'ist ein Wert der falschen Art'),
  'unknown-choice': () => 'ist keiner der möglichen Werte',
  'out-of-range': (expected) => within(expected, 'ist keine mögliche Zahl', (limit) => `muss ${limit} sein`),
  'wrong-length': (expected) => within(expected, 'hat die falsche Länge', (limit) => `muss ${limit} Einträge haben`),
  'wrong-form': () => 'ist in einer Form geschrieben, die Earmark nicht kennt',
  'not-power-of-two': () => 'muss eine Zweierpotenz sein',
  'hop-beyond-fft': () => 'darf nicht größer als „fftSize“ sein',
  'empty-range': () => 'liegt nicht unter dem oberen Ende des Bereichs',
  'ends-before-start': () => 'endet vor dem Anfang',
  'beyond-half-rate': () => 'darf höchstens die halbe Abtastrate sein',
  'no-such-label': () => 'ist ein Label, das das Modell nicht hat',
  'own-parent': () => 'führt zum Label selbst zurück',
  'other-labels-first': (expected) => `muss ${quoted(expected)} sein: Die Labels des Modells stehen zuerst`,
  'label-twice': () => 'enthält ein Label zweimal',
  twice: () => 'enthält einen Eintrag zweimal',
  'scale-too-large': () => 'ist zu groß',
};

/** A text about a limit, and another one if the schema names none. */
function within(expected: string, unknown: string, text: (limit: string) => string): string {
  const limit = limitOf(expected);
  const words = { '>=': 'mindestens ', '>': 'mehr als ', '<=': 'höchstens ', '<': 'weniger als ', '': '' };
  return limit ? text(`${words[limit.relation]}${grouped(limit.number)}`) : unknown;
}

/** What is wrong with a value, without a full stop: „labels.3.name“ muss ein Text sein. */
export function valueFault({ where, why, expected = '' }: ValueFault): string {
  return `${where === '' ? 'Der Inhalt' : quoted(where)} ${reasons[why](expected)}`;
}

/** The same after a sentence about a file, or else the details for bug reports. */
export function because({ fault, detail }: Cause): string {
  return fault ? `: ${valueFault(fault)}` : inBrackets(detail);
}
