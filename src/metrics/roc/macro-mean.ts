/**
 * Mean of a figure over labels, each counted once however often it sounds: macro AUC from AUCs, mAP from average
 * precisions. Labels whose figure is undefined (null) are left out.
 *
 * @returns null where the figure is defined for no label.
 */
export function macroMean(figures: readonly (number | null)[]): number | null {
  const defined = figures.filter((figure) => figure !== null);
  return defined.length === 0 ? null : defined.reduce((sum, figure) => sum + figure, 0) / defined.length;
}
