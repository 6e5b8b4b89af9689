import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Tx } from './database.js';

const dialect = new PgDialect();
/** Only tells drizzle that the statement is to be prepared; the driver names it by its text. */
const name = 'prepared';

/**
 * Runs a statement that each connection parses and plans once, for what runs thousands of times. Its text must be the same every time:
 * lists travel as one array parameter, and the connection keeps every text for ever.
 */
export function executePrepared<Row extends Record<string, unknown>>(
  tx: Tx | PostgresJsDatabase,
  statement: SQL,
): Promise<Row[]> {
  const query = dialect.sqlToQuery(statement);
  const prepared = tx._.session.prepareQuery<{ execute: Row[]; all: Row[]; values: unknown }>(
    query,
    undefined,
    name,
    false,
  );
  return prepared.execute();
}

/**
 * Runs a prepared statement per portion of rows, in order and all sent at once: the database goes on with the next while we read the
 * answer. All statements are made before the first is sent, so that one that cannot be made leaves nothing under way. They stand in memory
 * together: callers bound the items, to a thousand accounts or one page. The rows of each; a failure is that of the first portion that
 * failed, with which the transaction has failed.
 */
export function executeInPortions<Item, Row extends Record<string, unknown>>(
  tx: Tx,
  portions: Iterable<readonly Item[]>,
  statementOf: (portion: readonly Item[]) => SQL,
): Promise<Row[][]> {
  const statements = Array.from(portions, (portion) => statementOf(portion));
  return Promise.all(statements.map((statement) => executePrepared<Row>(tx, statement)));
}
