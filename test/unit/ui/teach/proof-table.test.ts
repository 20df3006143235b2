import { beforeAll, expect, test } from 'vitest';
import type { Head } from '../../../../src/shared/contracts/model/head';
import { tableCsv } from '../../../../src/ui/kit/table/table-data';
import { loadAllTexts } from '../../../../src/ui/messages/messages';
import { comparisonTable, figuresTable, mistakesTable, proofRows } from '../../../../src/ui/teach/proof/proof-table';

beforeAll(loadAllTexts);

const headOf = (aucs: Record<string, number | null>): Head => {
  const labels = Object.entries(aucs).map(([id, value]) => ({ id, auc: value === null ? null : { value } }));
  return { name: 'A', proof: { labels } } as unknown as Head;
};

const [head, other] = [headOf({ dog: 0.75, bell: 0.5, cat: null }), headOf({ bell: 1, cat: 0.5, kettle: 0.25 })];
const names = new Map([['dog', 'Dog, "Rex"']]);
const nameOf = (id: string): string => names.get(id) ?? id;

test('two proofs stand side by side, with the difference where both were measured', () => {
  expect(proofRows(head, other)).toEqual([
    { id: 'dog', auc: 0.75, other: null, difference: null },
    { id: 'bell', auc: 0.5, other: 1, difference: -0.5 },
    { id: 'cat', auc: null, other: 0.5, difference: null },
    { id: 'kettle', auc: null, other: 0.25, difference: null },
  ]);
});

test('as CSV, names with commas and quotation marks stay one field', () => {
  expect(tableCsv(comparisonTable(head, { ...other, name: 'B' }, nameOf))).toBe(
    'Label,A,B,Difference\n"Dog, ""Rex""",0.75,,\nbell,0.5,1,-0.5\ncat,,0.5,\nkettle,,0.25,\n',
  );
});

test('all figures of a proof are one row per label; what was not measured is empty', () => {
  const measured = { precision: 0.75, recall: 0.5, threshold: 0.42, positives: 6, negatives: 4 };
  const labels = [
    { id: 'bell', auc: { value: 0.97, low: 0.81, high: 0.996 }, ...measured },
    { id: 'dog', auc: null, ...measured, precision: null, recall: null, positives: 1, negatives: 9 },
  ];
  expect(tableCsv(figuresTable({ name: 'A', proof: { labels } } as unknown as Head, nameOf))).toBe(
    `Label,AUC,95% interval from,95% interval to,Precision,Recall,Heard from,Clips with it,Clips
bell,0.97,0.81,0.996,0.75,0.5,0.42,6,10
"Dog, ""Rex""",,,,,,0.42,1,10
`,
  );
});

test('the mistakes of a profile are one row each', () => {
  const wrongClips = [
    { clipId: 'a', kind: 'missed', labelId: 'bell', probability: 0.125 },
    { clipId: 'a', kind: 'false-alarm', labelId: 'dog', probability: 0.8 },
  ];
  const wrong = { name: 'A', proof: { wrongClips } } as unknown as Head;
  expect(tableCsv(mistakesTable(wrong, (id) => `clip ${id}`, nameOf))).toBe(
    'Clip,Mistake,Label,Shown\nclip a,Missed,bell,0.125\nclip a,False alarm,"Dog, ""Rex""",0.8\n',
  );
});
