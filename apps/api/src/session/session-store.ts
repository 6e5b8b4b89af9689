import type { SessionStore } from '@fastify/session';
import { hashOf, inSystem, type Database } from '@koppel/persistence';
import { deleteSession, findSession, saveSession, type StoredSession } from '@koppel/persistence/tenancy';
import type { Session } from 'fastify';

declare module 'fastify' {
  /** What a session remembers. */
  interface Session {
    userId?: string;
    tenantId?: string;
    /** Milliseconds since 1970: when the person signed in. */
    signedInAt?: number;
  }
}

const idleMs = 8 * 3_600_000;
const absoluteMs = 24 * 3_600_000;
/** The idle clock is written back at most this often. */
const touchEveryMs = 5 * 60_000;

type Answer<T> = (error: unknown, value?: T) => void;

/** Sessions in Postgres under the hash of their id: 8 hours without use ends them, 24 hours end them anyway. */
export class PostgresSessionStore implements SessionStore {
  constructor(
    private readonly database: Database,
    private readonly now: () => Date,
  ) {}

  set(id: string, session: Session, answer: Answer<void>): void {
    const { userId, tenantId, signedInAt, cookie } = session;
    const data = JSON.parse(JSON.stringify({ userId, tenantId, signedInAt, cookie })) as Record<
      string,
      unknown
    >;
    const stored = { idHash: hashOf(id), userId: userId ?? null, data, expiresAt: this.endOf(signedInAt) };
    answered(
      inSystem(this.database, (tx) => saveSession(tx, stored)),
      answer,
    );
  }

  get(id: string, answer: Answer<Session | null>): void {
    answered(this.find(hashOf(id)), answer);
  }

  destroy(id: string, answer: Answer<void>): void {
    answered(
      inSystem(this.database, (tx) => deleteSession(tx, hashOf(id))),
      answer,
    );
  }

  private find(idHash: string): Promise<Session | null> {
    return inSystem(this.database, async (tx) => {
      const stored = await findSession(tx, idHash, this.now());
      if (!stored) return null;
      const session = stored.data as unknown as Session; // only `set` writes it
      const expiresAt = this.endOf(session.signedInAt);
      if (isWorthTouching(stored, expiresAt)) await saveSession(tx, { ...stored, expiresAt });
      return session;
    });
  }

  private endOf(signedInAt: number | undefined): Date {
    const now = this.now().getTime();
    return new Date(Math.min(now + idleMs, (signedInAt ?? now) + absoluteMs));
  }
}

function isWorthTouching(stored: StoredSession, expiresAt: Date): boolean {
  return expiresAt.getTime() - stored.expiresAt.getTime() > touchEveryMs;
}

function answered<T>(work: Promise<T>, answer: Answer<T>): void {
  work.then(
    (value) => answer(null, value),
    (error: unknown) => answer(error),
  );
}
