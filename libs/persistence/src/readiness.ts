import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { inTurn, type Database } from './database.js';
import { isLostConnection } from './lost-connection.js';

const journalFile = path.resolve(import.meta.dirname, '../migrations/meta/_journal.json');

/** `unreachable` when the database does not answer; `not-migrated` when this program is newer than its tables. */
export type Readiness = 'ready' | 'unreachable' | 'not-migrated';

/** A probe is told at once; a database that needs longer for so little serves nobody. */
const answerWithinMs = 1_500;

/** Whether the database answers in time and has every migration that this program knows. */
export async function readiness(database: Database): Promise<Readiness> {
  const inTime = new AbortController();
  const tooLate = setTimeout(answerWithinMs, 'unreachable' as const, { signal: inTime.signal });
  try {
    return await Promise.race([ask(database), tooLate]);
  } finally {
    inTime.abort();
    tooLate.catch(() => undefined);
  }
}

async function ask(database: Database): Promise<Readiness> {
  const journal = JSON.parse(readFileSync(journalFile, 'utf8')) as { entries: { when: number }[] };
  const newest = Math.max(...journal.entries.map((entry) => entry.when));
  const newestThere = sql`select max(created_at)::text as newest from drizzle.__drizzle_migrations`;
  try {
    const rows = await inTurn(database, () => database.db.execute<{ newest: string | null }>(newestThere));
    return Number(rows[0]?.newest ?? 0) >= newest ? 'ready' : 'not-migrated';
  } catch (error) {
    return isMissingTable(error) ? 'not-migrated' : 'unreachable';
  }
}

function isMissingTable(error: unknown): boolean {
  const cause = (error as { cause?: { code?: string } } | undefined)?.cause;
  return cause?.code === '42P01' || cause?.code === '3F000';
}

const unreachableCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  '57P01',
  '57P02',
  '57P03',
  '53300',
]);

/** What node-postgres, which the queue uses, says without a code. */
const wordsOfLoss = /^(Connection terminated|timeout expired)/;

/** 53100 disk full, 53200 out of memory: reading goes on, writing waits for the operator (F25). */
const fullCodes = new Set(['53100', '53200']);

/** Whether `error` means that Postgres has no room left: nothing was written, and the same again works once there is. */
export function isStorageFull(error: unknown): boolean {
  for (let current: unknown = error, depth = 0; current instanceof Error && depth < 5; depth += 1) {
    if (fullCodes.has((current as { code?: string }).code ?? '')) return true;
    current = current.cause;
  }
  return false;
}

/** Whether `error` means that the database cannot be had at the moment, rather than that a statement was wrong. */
export function isUnreachable(error: unknown): boolean {
  for (let current: unknown = error, depth = 0; current instanceof Error && depth < 5; depth += 1) {
    if (isLostConnection(current) || wordsOfLoss.test(current.message)) return true;
    const code = (current as { code?: unknown }).code;
    if (typeof code === 'string' && (unreachableCodes.has(code) || code.startsWith('08'))) return true;
    if (current instanceof AggregateError && current.errors.some((inner) => isUnreachable(inner)))
      return true;
    current = current.cause;
  }
  return false;
}
