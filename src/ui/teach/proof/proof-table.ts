import { csvFormatRows } from 'd3-dsv';
import type { Head } from '../../../shared/contracts/model/head';

/** One label's AUC by two profiles; null where a profile could not be measured on it, or does not know it. */
export interface ProofRow {
  readonly id: string;
  readonly auc: number | null;
  readonly other: number | null;
  /** How far the first lies above the other. */
  readonly difference: number | null;
}

/** The labels of both proofs side by side; those of `head` first, in its order. */
export function proofRows(head: Head, other: Head): ProofRow[] {
  const aucs = (of: Head) => new Map(of.proof.labels.map(({ id, auc }) => [id, auc?.value ?? null]));
  const own = aucs(head);
  const others = aucs(other);
  return [...new Set([...own.keys(), ...others.keys()])].map((id) => {
    const auc = own.get(id) ?? null;
    const against = others.get(id) ?? null;
    return { id, auc, other: against, difference: auc === null || against === null ? null : auc - against };
  });
}

/** The same as CSV, with full precision and empty fields where nothing was measured. */
export function proofCsv(
  rows: readonly ProofRow[],
  columns: readonly string[],
  nameOf: (label: string) => string,
): string {
  const cell = (value: number | null): string => (value === null ? '' : String(value));
  const lines = rows.map(({ id, auc, other, difference }) => [nameOf(id), cell(auc), cell(other), cell(difference)]);
  return `${csvFormatRows([[...columns], ...lines])}\n`;
}
