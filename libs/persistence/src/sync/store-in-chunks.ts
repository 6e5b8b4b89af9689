import type { SQL } from 'drizzle-orm';
import type { StoredCounts } from '@koppel/domain/sync';
import type { Tx } from '../database.js';
import { executePrepared } from '../prepared.js';
import type { MovedAddress } from './moved-accounts.js';

type Counts = { inserted: number; changed: number; moved?: readonly MovedAddress[] | null };

export interface Chunked<Row> {
  readonly rows: readonly Row[];
  readonly rowsPerStatement: number;
}

/** Stores rows by one statement per chunk, and counts what these did. */
export async function storeInChunks<Row>(
  tx: Tx,
  { rows, rowsPerStatement }: Chunked<Row>,
  statement: (chunk: readonly Row[]) => SQL,
): Promise<{ counts: StoredCounts; moved: readonly MovedAddress[] }> {
  let inserted = 0;
  let changed = 0;
  const moved: MovedAddress[] = [];
  for (let start = 0; start < rows.length; start += rowsPerStatement) {
    const chunk = rows.slice(start, start + rowsPerStatement);
    const [counts] = await executePrepared<Counts>(tx, statement(chunk));
    inserted += counts?.inserted ?? 0;
    changed += counts?.changed ?? 0;
    moved.push(...(counts?.moved ?? []));
  }
  return { counts: { inserted, changed, unchanged: rows.length - inserted - changed }, moved };
}
