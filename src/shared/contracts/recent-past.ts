/** How far back sound, columns and results are remembered. */
export const REMEMBERED_SECONDS = 120;

/** How long a recording from a mark grows. */
export const LONGEST_RECORDING_SECONDS = 60;

/** How much of the past the course of a meter shows. */
export const COURSE_SECONDS = 60;
