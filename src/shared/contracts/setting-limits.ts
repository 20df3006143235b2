/** The least and the most that something can be set to. */
export interface Limits {
  readonly least: number;
  readonly most: number;
}

/** Between which numbers a person can choose. */
export const settingLimits = {
  tagsPerSecond: { least: 1, most: 20 },
  /** In dB of full scale. */
  noiseFloorDb: { least: -100, most: -30 },
  keepSeconds: { least: 2, most: 10 },
} as const satisfies Record<string, Limits>;

/** Whether a number lies within limits. */
export function isWithin(value: number, { least, most }: Limits): boolean {
  return value >= least && value <= most;
}
