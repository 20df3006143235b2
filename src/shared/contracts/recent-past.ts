/** How far back sound, columns and results are remembered. */
export const REMEMBERED_SECONDS = 120;

/** Maximum length of a recording started at a mark. */
export const LONGEST_RECORDING_SECONDS = 60;

/** How much of the past a meter's history shows. */
export const COURSE_SECONDS = 60;
