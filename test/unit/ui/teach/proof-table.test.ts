import { expect, test } from 'vitest';
import type { Head } from '../../../../src/shared/contracts/model/head';
import { proofCsv, proofRows } from '../../../../src/ui/teach/proof/proof-table';

const headOf = (aucs: Record<string, number | null>): Head => {
  const labels = Object.entries(aucs).map(([id, value]) => ({ id, auc: value === null ? null : { value } }));
  return { proof: { labels } } as unknown as Head;
};

const rows = proofRows(headOf({ dog: 0.75, bell: 0.5, cat: null }), headOf({ bell: 1, cat: 0.5, kettle: 0.25 }));

test('two proofs stand side by side, with the difference where both were measured', () => {
  expect(rows).toEqual([
    { id: 'dog', auc: 0.75, other: null, difference: null },
    { id: 'bell', auc: 0.5, other: 1, difference: -0.5 },
    { id: 'cat', auc: null, other: 0.5, difference: null },
    { id: 'kettle', auc: null, other: 0.25, difference: null },
  ]);
});

test('as CSV, names with commas and quotation marks stay one field', () => {
  const names = new Map([['dog', 'Dog, "Rex"']]);
  expect(proofCsv(rows.slice(0, 2), ['Label', 'A', 'B', 'Difference'], (id) => names.get(id) ?? id)).toBe(
    'Label,A,B,Difference\n"Dog, ""Rex""",0.75,,\nbell,0.5,1,-0.5\n',
  );
});
