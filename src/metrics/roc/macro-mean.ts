/**
 * Mean of a figure over labels. Each label counts once, however frequent it is: macro AUC from AUCs, mAP from average
 * precisions. Labels whose figure is undefined (null) are left out.
 *
 * @returns null if the figure is undefined for all labels.
 */
export function macroMean(figures: readonly (number | null)[]): number | null {
  const defined = figures.filter((figure) => figure !== null);
  return defined.length === 0 ? null : defined.reduce((sum, figure) => sum + figure, 0) / defined.length;
}
