import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import { type Column, columns, rounded } from './columns';
import type { EventRow } from './event-row';

/** Rows that are packed together: enough to compress well, few enough to fit in memory. */
const GROUP_ROWS = 20_000;

/** Hands over what was written so far, so that memory stays flat. Offsets in the file go on. */
class PieceWriter extends ByteWriter {
  take(): Uint8Array<ArrayBuffer> {
    const piece = this.getBytes().slice();
    this.index = 0;
    return piece;
  }
}

/** Events as a Parquet file, in pieces. */
export async function* eventParquet(
  rows: AsyncIterable<EventRow> | Iterable<EventRow>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const writer = new PieceWriter();
  const parquet = new ParquetWriter({ writer, schema: schemaFromColumnData({ columnData: columns.map(data([])) }) });
  let group: EventRow[] = [];
  for await (const row of rows) {
    group.push(row);
    if (group.length < GROUP_ROWS) continue;
    await parquet.write({ columnData: columns.map(data(group)), rowGroupSize: GROUP_ROWS });
    group = [];
    yield writer.take();
  }
  if (group.length > 0) await parquet.write({ columnData: columns.map(data(group)), rowGroupSize: GROUP_ROWS });
  await parquet.finish();
  yield writer.take();
}

/** A column's values in some rows. */
function data(rows: readonly EventRow[]) {
  return (column: Column) => ({
    name: column.name,
    type: column.kind === 'text' ? ('STRING' as const) : ('DOUBLE' as const),
    data: rows.map((row) => (column.kind === 'text' ? column.value(row) : rounded(column, row))),
  });
}
