/** The lowest and highest value of a setting. */
export interface Limits {
  readonly least: number;
  readonly most: number;
}

/** The ranges that a person can choose from. */
export const settingLimits = {
  tagsPerSecond: { least: 1, most: 20 },
  /** In dBFS. */
  noiseFloorDb: { least: -100, most: -30 },
  keepSeconds: { least: 2, most: 10 },
} as const satisfies Record<string, Limits>;

/** Whether a number lies within the limits. */
export function isWithin(value: number, { least, most }: Limits): boolean {
  return value >= least && value <= most;
}
