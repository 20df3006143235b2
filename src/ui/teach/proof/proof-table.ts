import type { Head } from '../../../shared/contracts/model/head';
import { figure, percent } from '../../kit/format';
import { numberCell, type TableData } from '../../kit/table/table-data';
import { t } from '../../messages/messages';

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

/** Two profiles' AUC by label. */
export function comparisonTable(head: Head, other: Head, nameOf: (label: string) => string): TableData {
  const signed = (value: number): string => `${value > 0 ? '+' : ''}${figure(value).replace('-', '−')}`;
  return {
    name: t.proof.comparison(head.name, other.name),
    columns: [t.proof.label, head.name, other.name, t.proof.difference],
    rows: proofRows(head, other).map(({ id, auc, other: against, difference }) => [
      nameOf(id),
      numberCell(auc, figure),
      numberCell(against, figure),
      numberCell(difference, signed),
    ]),
  };
}

/** All figures of a proof, one row per label. */
export function figuresTable({ name, proof }: Head, nameOf: (label: string) => string): TableData {
  const { auc, intervalFrom, intervalTo, precision, recall, threshold, withSound, clips } = t.proof;
  return {
    name: t.proof.of(name),
    columns: [t.proof.label, auc, intervalFrom, intervalTo, precision, recall, threshold, withSound, clips],
    rows: proof.labels.map((label) => [
      nameOf(label.id),
      numberCell(label.auc?.value ?? null, figure),
      numberCell(label.auc?.low ?? null, figure),
      numberCell(label.auc?.high ?? null, figure),
      numberCell(label.precision, percent),
      numberCell(label.recall, percent),
      numberCell(label.threshold, percent),
      numberCell(label.positives, String),
      numberCell(label.positives + label.negatives, String),
    ]),
  };
}

/** The clips that a profile got wrong, one row per mistake. */
export function mistakesTable(
  { name, proof }: Head,
  clipName: (clip: string) => string,
  nameOf: (label: string) => string,
): TableData {
  return {
    name: t.proof.mistakesOf(name),
    columns: [t.proof.clip, t.proof.mistake, t.proof.label, t.proof.said],
    rows: proof.wrongClips.map(({ clipId, kind, labelId, probability }) => [
      clipName(clipId),
      t.proof.mistakes[kind],
      nameOf(labelId),
      numberCell(probability, percent),
    ]),
  };
}
