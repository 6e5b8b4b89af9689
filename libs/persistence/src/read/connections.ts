import { asc, ne } from 'drizzle-orm';
import type { Tx } from '../database.js';
import { connections } from '../schema/index.js';

/** A refresh token dies when nothing uses it for 30 days (exact-online.md 1.4). */
const refreshTokenLifeMs = 30 * 24 * 60 * 60 * 1_000;

export interface ConnectionRow {
  readonly id: string;
  readonly region: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly exactUserName: string;
  readonly authorisedByName: string;
  readonly authorisedAt: Date;
  /** Until when the consent lasts if nothing refreshes it. */
  readonly refreshExpiresAt: Date | null;
}

/** Connections with Exact that are not disconnected. */
export async function listConnections(tx: Tx): Promise<ConnectionRow[]> {
  const rows = await tx
    .select()
    .from(connections)
    .where(ne(connections.state, 'disconnected'))
    .orderBy(asc(connections.region));
  return rows.map((row) => ({
    id: row.id,
    region: row.region,
    state: row.state,
    stateReason: row.stateReason,
    exactUserName: row.exactUserName,
    authorisedByName: row.authorisedByName,
    authorisedAt: row.authorisedAt,
    refreshExpiresAt: row.accessIssuedAt && new Date(row.accessIssuedAt.getTime() + refreshTokenLifeMs),
  }));
}
