import type { CsvRow } from './csv-rows.js';
import type { Table } from './read-table.js';
import type { IdCheck } from './unique-ids.js';

/** Turns the cells of a row into a record. */
export type RowReader<R> = (cells: readonly string[]) => R;

/** Records of a table in pieces, in the order of the file; ids are checked on the way. */
export async function readRecords<R extends { readonly id: string }>(
  table: Table,
  read: RowReader<R>,
  checks: { ids: IdCheck; onRows: (rows: number) => void },
): Promise<R[][]> {
  const pieces: R[][] = [];
  for await (const rows of table.rows) {
    pieces.push(rows.map((row) => readRow(row, read, checks.ids)));
    checks.onRows(checks.ids.size);
  }
  return pieces;
}

function readRow<R extends { readonly id: string }>(row: CsvRow, read: RowReader<R>, ids: IdCheck): R {
  const record = read(row.cells);
  ids.add(record.id, row.line);
  return record;
}

/** Hands the records over one by one and lets go of each piece, so that they need not stay in memory twice. */
export function* drain<R>(pieces: R[][]): Generator<R> {
  for (const [at, piece] of pieces.entries()) {
    pieces[at] = [];
    yield* piece;
  }
}
