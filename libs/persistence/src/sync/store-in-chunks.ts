import type { SQL } from 'drizzle-orm';
import type { StoredCounts } from '@koppel/domain/sync';
import type { Tx } from '../database.js';
import { executeInPortions } from '../prepared.js';
import { portionsOf } from '../relations/arrays.js';
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
  const counted = await executeInPortions<Row, Counts>(tx, portionsOf(rows, rowsPerStatement), statement);
  for (const [counts] of counted) {
    inserted += counts?.inserted ?? 0;
    changed += counts?.changed ?? 0;
    moved.push(...(counts?.moved ?? []));
  }
  return { counts: { inserted, changed, unchanged: rows.length - inserted - changed }, moved };
}
