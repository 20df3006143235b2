/** Live tags a second, as in the page. */
export const TAGS_PER_SECOND = 8;
