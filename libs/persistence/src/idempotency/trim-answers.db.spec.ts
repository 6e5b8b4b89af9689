import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asId, type TenantId } from '@koppel/domain/kernel';
import { asc } from 'drizzle-orm';
import { connect, inSystem, inTenant, type Database } from '../database.js';
import { keptAnswers } from '../schema/index.js';
import { createTestDatabase } from '../testing/test-db.js';
import { keepAnswer } from './kept-answers.js';
import { trimAnswers } from './trim-answers.js';

const tenants = ['1', '2'].map((digit) => asId<TenantId>(`00000000-0000-7000-8000-00000000000${digit}`));
const hourMs = 3_600_000;
const twoDays = { ageMs: 48 * hourMs, limit: 10 };

let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await createTestDatabase();
  database = connect(test.url, { max: 2 });
  drop = test.drop;
});
afterAll(async () => {
  await database.close();
  await drop();
});
beforeEach(() => inSystem(database, (tx) => tx.delete(keptAnswers)));

async function keep(keyHash: string, hoursAgo: number, tenantId = tenants[0]!): Promise<void> {
  const answeredAt = new Date(Date.now() - hoursAgo * hourMs);
  const answer = { fingerprint: 'f', sealed: { keyId: 'k1', ciphertext: 'c' }, answeredAt };
  await inTenant(database, tenantId, (tx) => keepAnswer(tx, { tenantId, actorId: 'a', keyHash }, answer));
}

async function left(): Promise<string[]> {
  const rows = await inSystem(database, (tx) =>
    tx.select().from(keptAnswers).orderBy(asc(keptAnswers.keyHash)),
  );
  return rows.map(({ keyHash }) => keyHash);
}

describe('trimAnswers', () => {
  it('forgets what is older, of every tenant, and keeps the rest', async () => {
    await keep('old', 49);
    await keep('old', 50, tenants[1]);
    await keep('recent', 47);

    expect(await trimAnswers(database, twoDays)).toBe(2);
    expect(await left()).toEqual(['recent']);
  });

  it('takes the oldest first, no more than asked', async () => {
    await keep('older', 60);
    await keep('old', 50);

    expect(await trimAnswers(database, { ...twoDays, limit: 1 })).toBe(1);
    expect(await left()).toEqual(['old']);
  });
});
