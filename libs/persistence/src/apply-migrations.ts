import { setTimeout as pause } from 'node:timers/promises';
import { readMigrationFiles, type MigrationMeta } from 'drizzle-orm/migrator';
import type postgres from 'postgres';

/** How long a migration may stand in the way of a running product, and how often it comes back (F90). */
export interface Patience {
  /** A statement that gets no lock within so many milliseconds gives up its transaction: whatever queued behind it goes on. */
  readonly lockTimeoutMs: number;
  /** Between two tries, in milliseconds. */
  readonly pauseMs: number;
  readonly triesMax: number;
  /** Hears of every try that was given up, counted from one. */
  readonly onGivenWay?: (tries: number) => void;
}

/** A table stayed locked through every try; nothing of the migration at hand was done. */
export class MigrationBlocked extends Error {
  override readonly name = 'MigrationBlocked';
  constructor(tries: number, cause: unknown) {
    super(`other transactions held a table through ${tries} tries to migrate`, { cause });
  }
}

const lockNotAvailable = '55P03';

/** Drizzle's own ledger: what its migrator has applied is not applied again. */
const makeLedger = `create schema if not exists drizzle;
create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`;

/**
 * Applies what the ledger does not have yet, in the journal's order. On an empty database all in one transaction; on one that is
 * in use each in its own, so that no lock is held longer than its migration takes. Killed half-way it goes on where it was (F91).
 */
export async function applyMigrations(
  client: postgres.Sql,
  { folder, patience }: { readonly folder: string; readonly patience: Patience },
): Promise<void> {
  await client.unsafe(makeLedger);
  const [last] = await client<{ at: string | null }[]>`
    select max(created_at)::text as at from drizzle.__drizzle_migrations`;
  const applied = last?.at ?? null;
  const pending = readMigrationFiles({ migrationsFolder: folder }).filter(
    ({ folderMillis }) => applied === null || folderMillis > Number(applied),
  );
  const portions = applied === null ? [pending] : pending.map((migration) => [migration]);
  for (const portion of portions) await givingWay(client, { patience, work: (tx) => apply(tx, portion) });
}

/**
 * One transaction whose statements wait `lockTimeoutMs` at most for a lock, done again while a lock was not to be had. Throws
 * MigrationBlocked after `triesMax`, and whatever else Postgres says at once.
 */
export async function givingWay(
  client: postgres.Sql,
  {
    patience,
    work,
  }: { readonly patience: Patience; readonly work: (tx: postgres.TransactionSql) => Promise<unknown> },
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await client.begin(async (tx) => {
        await tx`select set_config('lock_timeout', ${`${patience.lockTimeoutMs}ms`}, true)`;
        await work(tx);
      });
      return;
    } catch (error) {
      if (!isLockNotAvailable(error)) throw error;
      if (tries >= patience.triesMax) throw new MigrationBlocked(tries, error);
      patience.onGivenWay?.(tries);
      await pause(patience.pauseMs);
    }
  }
}

/**
 * Under FORCE the owner of a table sees none of its rows, and moves none without a word (F92). With row_security off Postgres
 * refuses such a statement: a migration that moves data says NO FORCE for its tables first.
 */
async function apply(tx: postgres.TransactionSql, migrations: readonly MigrationMeta[]): Promise<void> {
  await tx`set local row_security = off`;
  for (const { sql, hash, folderMillis } of migrations) {
    for (const statement of sql) await tx.unsafe(statement);
    await tx`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${folderMillis})`;
  }
}

function isLockNotAvailable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === lockNotAvailable;
}
