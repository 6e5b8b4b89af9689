import type { TenantId } from '@koppel/domain/kernel';
import { and, eq, gt, sql } from 'drizzle-orm';
import type { Tx } from '../database.js';
import { keptAnswers } from '../schema/index.js';
import type { SealedSecret } from '../token-cipher.js';

/** One client's key: another caller's or tenant's same key is another one. */
export interface AnswerKey {
  readonly tenantId: TenantId;
  readonly actorId: string;
  /** SHA-256 of the key that was sent, in hex. */
  readonly keyHash: string;
}

export interface KeptAnswer {
  /** SHA-256 of what was asked, in hex. */
  readonly fingerprint: string;
  readonly sealed: SealedSecret;
}

/** What a key is found to be. A new one is held until the transaction ends: whoever else takes it meanwhile finds it in progress. */
export type TakenKey =
  | { readonly kind: 'new' }
  | { readonly kind: 'in-progress' }
  | { readonly kind: 'answered'; readonly answer: KeptAnswer };

/**
 * Takes a key for the running transaction, without waiting. The lock is Postgres's own, so it ends with the transaction, however that ends:
 * a process that died leaves neither an answer nor a key that is in progress for ever. Answers from before `since` count no more.
 */
export async function takeKey(tx: Tx, key: AnswerKey, since: Date): Promise<TakenKey> {
  const name = `kept-answer:${key.tenantId}:${key.actorId}:${key.keyHash}`;
  const [lock] = await tx.execute<{ isMine: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as "isMine"`,
  );
  if (!lock?.isMine) return { kind: 'in-progress' };
  const [row] = await tx
    .select()
    .from(keptAnswers)
    .where(and(isRowOf(key), gt(keptAnswers.answeredAt, since)));
  if (!row) return { kind: 'new' };
  const { fingerprint, encryptionKeyId, ciphertext } = row;
  return { kind: 'answered', answer: { fingerprint, sealed: { keyId: encryptionKeyId, ciphertext } } };
}

/** Keeps the answer under a key that this transaction holds; replaces one that was too old. */
export async function keepAnswer(
  tx: Tx,
  key: AnswerKey,
  answer: KeptAnswer & { readonly answeredAt: Date },
): Promise<void> {
  const { fingerprint, sealed, answeredAt } = answer;
  const { keyId: encryptionKeyId, ciphertext } = sealed;
  const values = { fingerprint, encryptionKeyId, ciphertext, answeredAt };
  const target = [keptAnswers.tenantId, keptAnswers.actorId, keptAnswers.keyHash];
  await tx
    .insert(keptAnswers)
    .values({ ...key, ...values })
    .onConflictDoUpdate({ target, set: values });
}

const isRowOf = (key: AnswerKey) =>
  and(
    eq(keptAnswers.tenantId, key.tenantId),
    eq(keptAnswers.actorId, key.actorId),
    eq(keptAnswers.keyHash, key.keyHash),
  );
