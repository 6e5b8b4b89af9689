import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { at, systemAll, tenantId, tenantOnly } from './columns.js';

/** The answer to a request that was sent with a key, until it is too old: written in the transaction of its effect. */
export const keptAnswers = pgTable(
  'kept_answers',
  {
    tenantId: tenantId(),
    /** Who asked: a user's id, or `api-key:` and the key's. */
    actorId: text('actor_id').notNull(),
    /** SHA-256 of what the client sent: it may stand for something personal. */
    keyHash: text('key_hash').notNull(),
    /** SHA-256 of method, route, parameters and body. */
    fingerprint: text('fingerprint').notNull(),
    /** An answer may hold personal data, or a secret that is shown once. */
    encryptionKeyId: text('encryption_key_id').notNull(),
    ciphertext: text('ciphertext').notNull(),
    answeredAt: at('answered_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.actorId, table.keyHash] }),
    index('kept_answers_answered_at').on(table.answeredAt), // the daily pruning, of all tenants
    systemAll(),
    tenantOnly(),
  ],
);
