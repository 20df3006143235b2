/** Name of the default model. */
export const SHIPPED_MODEL = 'earmark-52';

/**
 * Whether a file of the build, given by its URL, is cached for offline use only after its model was chosen. The texts
 * about the models are always cached.
 */
export function isOfOtherModel(url: string): boolean {
  return /^models\/.+\//.test(url) && !url.startsWith(`models/${SHIPPED_MODEL}/`) && !url.endsWith('/CARD.md');
}
