import { and, eq, ne, sql } from 'drizzle-orm';
import { asId, type ConnectionId, type TenantId } from '@koppel/domain/kernel';
import { inSystem, type Database, type Tx } from '../database.js';
import { noUnreadAnswer } from '../drizzle-connections.js';
import { hashOf } from '../hash-of.js';
import { connections } from '../schema/index.js';
import type { SecretPlace, TokenCipher } from '../token-cipher.js';

/** A connection's tokens in clear text, only ever in memory. */
export interface ClearTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly accessIssuedAt: Date;
  readonly state: 'active' | 'refresh-unknown' | 'refresh-refused' | 'reauth-required';
  readonly generation: number;
}

/**
 * A refused refresh is an unknown one with this reason: screens and the version before this one need not know the difference,
 * and treat the connection as one that the worker is finding out about.
 */
const refusedReason = 'refresh-refused';

/** A token request takes at most 15 s; a process that is stopped while it holds the lock loses it after this (F43). */
const idleInTransactionMs = 20_000;
/** A waiter gives up after the holder must have lost the lock. */
const lockWaitMs = 25_000;

/**
 * The tokens of all connections, encrypted, over Postgres: the token keeper's store. The row's lock is what makes one refresh over
 * all processes; replacing is a compare-and-swap on the hash of the refresh token that was used (reliability.md F40-F44).
 */
export class DrizzleTokenStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: TokenCipher,
  ) {}

  /** Undefined when there is no such connection, or it has no tokens any more. */
  async read(connectionId: string): Promise<ClearTokens | undefined> {
    const [row] = await inSystem(this.database, (tx) =>
      tx.select().from(connections).where(isConnection(connectionId)),
    );
    return row && this.open(row);
  }

  /** When the access token was issued, without opening it; null when there is none any more. */
  async issuedAt(connectionId: string): Promise<Date | null> {
    const [row] = await inSystem(this.database, (tx) =>
      tx
        .select({ at: connections.accessIssuedAt })
        .from(connections)
        .where(and(isConnection(connectionId), ne(connections.state, 'disconnected'))),
    );
    return row?.at ?? null;
  }

  /** Runs `work` with the row locked; what it saved is committed when this resolves, and nothing is when `work` throws. */
  async withLock<T>(
    connectionId: string,
    work: (row: ClearTokens, save: (next: ClearTokens, unread?: string) => Promise<void>) => Promise<T>,
  ): Promise<T> {
    return inSystem(this.database, async (tx) => {
      await tx.execute(sql`select set_config('idle_in_transaction_session_timeout', ${String(idleInTransactionMs)}, true),
        set_config('lock_timeout', ${String(lockWaitMs)}, true), set_config('statement_timeout', ${String(lockWaitMs)}, true)`);
      const [row] = await tx.select().from(connections).where(isConnection(connectionId)).for('update');
      const held = row && this.open(row);
      if (!row || !held) throw new Error('there are no tokens for this connection');
      let used = held.refreshToken;
      const save = async (next: ClearTokens, unread?: string): Promise<void> => {
        if (!(await this.replace(tx, row, { used, next, unread })))
          throw new Error('the tokens were replaced under the lock');
        used = next.refreshToken;
      };
      return work(held, save);
    });
  }

  /** Replaces the tokens only while the refresh token is still `usedRefreshToken`; false when it was not. */
  async swap(connectionId: string, usedRefreshToken: string, next: ClearTokens): Promise<boolean> {
    return inSystem(this.database, async (tx) => {
      const [row] = await tx.select().from(connections).where(isConnection(connectionId));
      return row !== undefined && this.replace(tx, row, { used: usedRefreshToken, next });
    });
  }

  private async replace(
    tx: Tx,
    row: Row,
    { used, next, unread }: { used: string; next: ClearTokens; unread?: string | undefined },
  ): Promise<boolean> {
    const access = this.cipher.encrypt(next.accessToken, placeOf(row, 'access-token'));
    const refresh = this.cipher.encrypt(next.refreshToken, placeOf(row, 'refresh-token'));
    const replaced = await tx
      .update(connections)
      .set({
        accessTokenCiphertext: access.ciphertext,
        refreshTokenCiphertext: refresh.ciphertext,
        keyId: refresh.keyId,
        refreshTokenHash: hashOf(next.refreshToken),
        accessIssuedAt: next.accessIssuedAt,
        generation: next.generation,
        ...columnsOf(next.state),
        ...(next.state === 'active' ? noUnreadAnswer : this.kept(row, unread)),
      })
      .where(and(isConnection(row.id), eq(connections.refreshTokenHash, hashOf(used))))
      .returning({ id: connections.id });
    return replaced.length > 0;
  }

  /** The first answer that could not be read; a later one comes of a token that is spent, and carries none. */
  private kept(row: Row, unread: string | undefined): Partial<Row> {
    if (unread === undefined || row.unreadAnswerCiphertext !== null) return {};
    const { ciphertext, keyId } = this.cipher.encrypt(unread, placeOf(row, 'unread-answer'));
    return { unreadAnswerCiphertext: ciphertext, unreadAnswerKeyId: keyId };
  }

  private open(row: Row): ClearTokens | undefined {
    const { accessTokenCiphertext, refreshTokenCiphertext, keyId, accessIssuedAt } = row;
    if (
      accessTokenCiphertext === null ||
      refreshTokenCiphertext === null ||
      keyId === null ||
      accessIssuedAt === null
    )
      return undefined;
    if (row.state === 'disconnected') return undefined;
    return {
      accessToken: this.cipher.decrypt(
        { keyId, ciphertext: accessTokenCiphertext },
        placeOf(row, 'access-token'),
      ),
      refreshToken: this.cipher.decrypt(
        { keyId, ciphertext: refreshTokenCiphertext },
        placeOf(row, 'refresh-token'),
      ),
      accessIssuedAt,
      state: stateOf(row),
      generation: row.generation,
    };
  }
}

type Row = typeof connections.$inferSelect;

function columnsOf(state: ClearTokens['state']): { state: string; stateReason: string | null } {
  return state === 'refresh-refused'
    ? { state: 'refresh-unknown', stateReason: refusedReason }
    : { state, stateReason: null };
}

function stateOf({ state, stateReason }: Row): ClearTokens['state'] {
  if (state === 'refresh-unknown' && stateReason === refusedReason) return 'refresh-refused';
  return state as ClearTokens['state']; // our own rows
}

function isConnection(id: string) {
  return eq(connections.id, id);
}

function placeOf(row: Row, field: 'access-token' | 'refresh-token' | 'unread-answer'): SecretPlace {
  return { tenantId: asId<TenantId>(row.tenantId), connectionId: asId<ConnectionId>(row.id), field };
}
