/** A source is out of reach as a whole: no file is to blame, and it may come back. */
export class SourceGone extends Error {}
