/** Groups that labels are shown under. */
export const labelGroups = ['animals', 'nature', 'people', 'home', 'city', 'speech-and-music'] as const;

export type LabelGroup = (typeof labelGroups)[number];

/** One sound that a model can tell. */
export interface Label {
  /** Stable id, as in clip lists: `crying_baby`. */
  readonly id: string;
  /** What people read: “Crying baby”. */
  readonly name: string;
  readonly group: LabelGroup;
}
