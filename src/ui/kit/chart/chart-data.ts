/** One line of a chart. */
export interface ChartLine {
  readonly name: string;
  /** One value per position on the x axis; null if there is none. */
  readonly values: readonly (number | null)[];
  /** `measured` is the chart's subject; the others are for comparison. */
  readonly look: 'measured' | 'second' | 'reference';
  /** Marks every value, for use when there are few. */
  readonly points?: boolean;
}

/** What a chart draws. */
export interface ChartData {
  /** Stands above the picture, and names its file. */
  readonly title: string;
  readonly x: readonly number[];
  readonly lines: readonly ChartLine[];
  readonly xName: string;
  readonly yName: string;
  /** Both axes go from 0 to 1; otherwise they fit the values. */
  readonly unit: boolean;
  /** Lines end where a value is missing, and begin again after it. Otherwise they go straight across. */
  readonly hasGaps?: boolean;
}
