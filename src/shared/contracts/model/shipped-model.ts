/** Name of the default model. */
export const SHIPPED_MODEL = 'earmark-120';

/**
 * Whether a file of the build, given by its URL, is needed only to train a profile on the default model. Such files are
 * cached when they are first used, or when Earmark is started again: the first visit does without.
 */
export function isForTraining(url: string): boolean {
  return url.startsWith(`models/${SHIPPED_MODEL}/exemplars.`);
}

/**
 * Whether a file of the build, given by its URL, is cached for offline use only after its model was chosen. The texts
 * about the models are always cached.
 */
export function isOfOtherModel(url: string): boolean {
  return /^models\/.+\//.test(url) && !url.startsWith(`models/${SHIPPED_MODEL}/`) && !url.endsWith('/CARD.md');
}
