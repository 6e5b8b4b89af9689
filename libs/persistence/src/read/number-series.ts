import { asc, desc, eq } from 'drizzle-orm';
import type { Tx } from '../database.js';
import { administrations, numberSeries } from '../schema/index.js';

export interface SeriesRow {
  readonly administrationId: string;
  readonly administrationName: string;
  readonly code: string | null;
  readonly year: number;
  readonly next: number;
}

/** Every number series, newest year first. */
export function listNumberSeries(tx: Tx): Promise<SeriesRow[]> {
  return tx
    .select({
      administrationId: numberSeries.administrationId,
      administrationName: administrations.name,
      code: administrations.code,
      year: numberSeries.year,
      next: numberSeries.next,
    })
    .from(numberSeries)
    .innerJoin(administrations, eq(administrations.id, numberSeries.administrationId))
    .orderBy(desc(numberSeries.year), asc(administrations.position));
}
