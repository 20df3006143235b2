/** Name of the model that Earmark starts with. */
export const SHIPPED_MODEL = 'earmark-52';

/**
 * Whether a file of the build, by its address in it, is kept for use without a network only once its model was chosen.
 * What is written about the models is always there.
 */
export function isOfOtherModel(url: string): boolean {
  return /^models\/.+\//.test(url) && !url.startsWith(`models/${SHIPPED_MODEL}/`) && !url.endsWith('/CARD.md');
}
