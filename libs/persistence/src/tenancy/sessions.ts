import { eq, lt } from 'drizzle-orm';
import type { Tx } from '../database.js';
import { sessions } from '../schema/index.js';

export interface StoredSession {
  /** SHA-256 of the session's id. */
  readonly idHash: string;
  readonly userId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly expiresAt: Date;
}

/** A session that has not ended at `now`. All functions here run as the system role. */
export async function findSession(tx: Tx, idHash: string, now: Date): Promise<StoredSession | undefined> {
  const [row] = await tx.select().from(sessions).where(eq(sessions.idHash, idHash));
  if (!row || row.expiresAt <= now) return undefined;
  return { ...row, data: row.data as Record<string, unknown> }; // only `saveSession` writes it
}

export async function saveSession(tx: Tx, session: StoredSession): Promise<void> {
  const { userId, data, expiresAt } = session;
  await tx
    .insert(sessions)
    .values(session)
    .onConflictDoUpdate({ target: sessions.idHash, set: { userId, data, expiresAt } });
}

export async function deleteSession(tx: Tx, idHash: string): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.idHash, idHash));
}

/** Removes what has ended; says how many. */
export async function deleteEndedSessions(tx: Tx, now: Date): Promise<number> {
  const gone = await tx
    .delete(sessions)
    .where(lt(sessions.expiresAt, now))
    .returning({ idHash: sessions.idHash });
  return gone.length;
}
