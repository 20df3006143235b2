import { expect, test } from 'vitest';
import {
  isNumeric,
  numberCell,
  type TableData,
  tableCsv,
  tableForSpreadsheet,
} from '../../../../src/ui/kit/table/table-data';

const rounded = (value: number): string => value.toFixed(1);

const table: TableData = {
  name: 'Proof',
  columns: ['Label', 'AUC', 'Note'],
  rows: [
    ['Dog, "Rex"', numberCell(0.9712, rounded), 'two\nlines'],
    ['Bell', numberCell(null, rounded), { value: 'plain', shown: 'bold' }],
    ['Kettle', numberCell(-1.25, rounded), ''],
  ],
};

test('a table as CSV keeps all digits, quotes what has to be quoted, and leaves out what is missing', () => {
  expect(tableCsv(table)).toBe('Label,AUC,Note\n"Dog, ""Rex""",0.9712,"two\nlines"\nBell,,plain\nKettle,-1.25,\n');
});

test('copied, it is separated by tabs and has the decimal mark of the language', () => {
  expect(tableForSpreadsheet(table, ',')).toBe(
    'Label\tAUC\tNote\n"Dog, ""Rex"""\t0,9712\t"two\nlines"\nBell\t\tplain\nKettle\t-1,25\t\n',
  );
  expect(tableForSpreadsheet(table, '.')).toContain('0.9712');
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
  'no spreadsheet takes the name %j for a formula',
  (name) => {
    const named = { name: 'x', columns: ['Label'], rows: [[name]] };
    for (const text of [tableCsv(named), tableForSpreadsheet(named, ',')]) {
      expect(text.split(/^Label\n/)[1]).toMatch(/^"?'/);
    }
  },
);

test('a column counts as numbers where every value that is there is one', () => {
  expect([0, 1, 2].map((column) => isNumeric(table, column))).toEqual([false, true, false]);
  expect(isNumeric({ name: '', columns: ['a'], rows: [[numberCell(null, rounded)]] }, 0)).toBe(false);
});
