import * as v from 'valibot';
import { headSchema } from '../shared/contracts/model/head-schema';
import { count, finiteNumber, timeMs } from '../shared/lib/schemas';

/** The stores whose rows a person sees. */
export type CheckedStore = 'clips' | 'labels' | 'heads';

const id = v.pipe(v.string(), v.minLength(1));

const clipRow = v.object({
  id,
  name: v.string(),
  fileName: v.optional(v.string()),
  keptAtMs: timeMs,
  sampleRateHz: v.pipe(finiteNumber, v.gtValue(0)),
  sampleCount: count,
  labels: v.array(id),
  reviewed: v.boolean(),
  hash: v.string(),
  heardLive: v.optional(v.literal(true)),
});

const labelRow = v.object({ id, name: v.pipe(v.string(), v.minLength(1)) });

const headRow = v.pipe(
  v.object({ ...headSchema.entries, id, createdAtMs: timeMs }),
  v.forward(
    v.check(({ labels, bias }) => labels.length > 0 && bias.length === labels.length, 'wrong-length'),
    ['bias'],
  ),
  v.forward(
    v.check(({ kernel, bias }) => kernel.length > 0 && kernel.length % bias.length === 0, 'wrong-length'),
    ['kernel'],
  ),
  v.forward(
    v.check(({ kernel }) => kernel.every(Number.isFinite), 'out-of-range'),
    ['kernel'],
  ),
  v.forward(
    v.check(({ bias }) => bias.every(Number.isFinite), 'out-of-range'),
    ['bias'],
  ),
  v.forward(
    v.check(
      ({ calibration: { scale, offset, bend }, labels }) =>
        [scale, offset, bend ?? scale].every((numbers) => numbers.length === labels.length),
      'wrong-length',
    ),
    ['calibration'],
  ),
);

/**
 * What rows must be for the rest of Earmark to work with them. A database can hold others, because of a fault or manual
 * changes.
 */
export const rowSchemas = { clips: clipRow, labels: labelRow, heads: headRow } satisfies Record<
  CheckedStore,
  v.GenericSchema
>;

/** The usable rows, unchanged. */
export function goodRows<Row>(store: CheckedStore, rows: readonly Row[]): Row[] {
  return rows.filter((row) => v.is(rowSchemas[store], row));
}
