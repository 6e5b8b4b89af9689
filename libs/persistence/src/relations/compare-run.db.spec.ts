import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'drizzle-orm';
import { asId, ok, type AdministrationId, type SyncRunId, type TenantId } from '@koppel/domain/kernel';
import { compareRun, type CompareDeps, type CompareRun, type SharedValues } from '@koppel/domain/relations';
import { anAddress, anAdministration, aSourceRelation, idOf, sequentialIds } from '@koppel/domain/testing';
import { connect, inTenant, type Database } from '../database.js';
import { putSource } from '../testing/put-source.js';
import { createTestDatabase } from '../testing/test-db.js';
import { DrizzleUnitOfWork } from '../unit-of-work.js';

const tenantId = asId<TenantId>(idOf(1));
const firstRun = asId<SyncRunId>(idOf(2));
const secondRun = asId<SyncRunId>(idOf(3));
const now = new Date('2026-11-25T09:00:00.000Z');
const newId = sequentialIds(1_000_000);

let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await createTestDatabase();
  database = connect(test.url, { max: 6 });
  drop = test.drop;
});
afterAll(async () => {
  await database.close();
  await drop();
});

interface Account {
  readonly id: number;
  readonly company: number;
  readonly shared: Partial<SharedValues>;
  readonly state?: 'present' | 'deleted';
}

const eik = {
  name: 'De Eik B.V.',
  kvk: '99000031',
  address: anAddress('Kade 9', '1234 AB', 'Voorbeeldstad'),
};
const accounts: readonly Account[] = [
  { id: 11, company: 0, shared: eik },
  { id: 12, company: 1, shared: { ...eik, name: 'De Eik BV', phone: '0200000012' } },
  { id: 13, company: 2, shared: eik },
  { id: 14, company: 0, shared: { ...eik, name: 'Eik B.V., de' } },
  { id: 15, company: 0, shared: { name: 'Linde Holding B.V.', kvk: '99000041', email: 'info@linde.test' } },
  { id: 16, company: 1, shared: { name: 'Linde Bouw B.V.', kvk: '99000042', email: 'info@linde.test' } },
  { id: 17, company: 2, shared: { name: 'Hoekstra Tegels' } },
];

/** Afterwards: one edit that spreads, two that differ, a deletion, a newcomer that joins and one that is a double. */
const changes: readonly Account[] = [
  { id: 12, company: 1, shared: { ...eik, name: 'De Eik BV', phone: '0200000013' } },
  { id: 15, company: 0, shared: { name: 'Linde Holding B.V.', kvk: '99000041', email: 'post@linde.test' } },
  { id: 17, company: 2, shared: { name: 'Hoekstra Tegels' }, state: 'deleted' },
  { id: 18, company: 2, shared: { name: 'Linde Bouw B.V.', kvk: '99000042' } },
  { id: 19, company: 1, shared: { ...eik, name: 'De Eik' } },
];

const companyId = (index: number) => asId<AdministrationId>(idOf(900 + index));

async function begin(): Promise<void> {
  await database.db
    .execute(sql`truncate administrations, source_relations, relations, links, match_key_buckets, judgements,
    proposals, actions, conflicts, issues, write_intents, outbox`);
  const companies = [0, 1, 2].map((index) =>
    anAdministration({ id: companyId(index), division: 900_001 + index, position: index, state: 'active' }),
  );
  await new DrizzleUnitOfWork(database).run(tenantId, async (tx) => {
    for (const company of companies) await tx.administrations.add(company);
    return ok(undefined);
  });
}

function store(fetched: readonly Account[], runId: SyncRunId): Promise<void> {
  return inTenant(database, tenantId, async (tx) => {
    for (const { id, company, shared, state = 'present' } of fetched) {
      const source = aSourceRelation({
        id: idOf(id),
        administrationId: companyId(company),
        shared,
        over: { state },
      });
      await putSource(tx, { tenantId, source, changedInRun: runId });
    }
  });
}

class Killed extends Error {}

/** Deps whose process dies in the transaction with the given number, after its work and before its commit. */
function depsThatDieIn(transaction: number): { deps: CompareDeps; transactions: () => number } {
  const uow = new DrizzleUnitOfWork(database);
  let count = 0;
  const run: CompareDeps['uow']['run'] = (tenant, work) =>
    uow.run(tenant, async (tx) => {
      count += 1;
      const mine = count;
      const result = await work(tx);
      if (mine === transaction) throw new Killed();
      return result;
    });
  return {
    deps: { uow: { run }, newId, now: () => now },
    transactions: () => count,
  };
}

const survivor = Number.POSITIVE_INFINITY;

interface Comparing extends Pick<CompareRun, 'runId' | 'runKind'>, Pick<CompareDeps, 'accountsAtOnce'> {}

async function compare({ accountsAtOnce, ...command }: Comparing, diesIn = survivor): Promise<number> {
  const { deps: whole, transactions } = depsThatDieIn(diesIn);
  const deps = { ...whole, ...(accountsAtOnce && { accountsAtOnce }) };
  const full = { ...command, tenantId, contactHandling: 'automatic', onProgress: () => undefined } as const;
  await compareRun(deps, full);
  return transactions();
}

/** What stands, with ids that depend on the order of making replaced by the accounts they stand for. */
async function outcome(): Promise<unknown> {
  return inTenant(database, tenantId, async (tx) => {
    const rows = async (query: ReturnType<typeof sql>) => [...(await tx.execute(query))];
    return {
      relations: await rows(sql`
        select array_agg(l.source_relation_id order by l.source_relation_id) as accounts, r.state, r."values", r.is_intercompany,
          r.leading, array_agg(l.state order by l.source_relation_id) as links
        from relations r join links l on l.relation_id = r.id group by r.id, r.state, r."values", r.is_intercompany, r.leading
        order by 1`),
      proposals: await rows(
        sql`select source_a, source_b, kind, state, score from proposals order by 1, 2, 3`,
      ),
      actions: await rows(sql`select kind, count(*)::int from actions group by kind order by 1`),
      issues: await rows(sql`select cause_key, state, params from issues order by 1`),
      conflicts: await rows(sql`select field, state, candidates from conflicts order by 1`),
      writes: await rows(sql`select source_relation_id, patch, state from write_intents order by 1`),
      messages: await rows(sql`select count(*)::int from outbox`),
      keys: await rows(
        sql`select run_id, bucket, encode(entries, 'hex') from match_key_buckets order by 1, 2, 3`,
      ),
      bases: await rows(sql`select id from source_relations where base is not null`),
    };
  });
}

describe('compareRun over Postgres', () => {
  const partyByParty = { allUpTo: 2, elseUpTo: 2, perLookUp: 4, perParty: 10 };

  it.each([
    { how: 'all at once', over: {} },
    { how: 'party by party', over: { accountsAtOnce: partyByParty } },
  ])(
    'ends the same wherever it was killed and repeated, at first ($how) and in a resync (J02, F01)',
    async ({ over }) => {
      const initial = { runId: firstRun, runKind: 'initial', ...over } as const;
      const resync = { runId: secondRun, runKind: 'resync' } as const;
      await begin();
      await store(accounts, firstRun);
      const initialTransactions = await compare(initial);
      const expectedFirst = await outcome();
      await store(changes, secondRun);
      const resyncTransactions = await compare(resync);
      const expectedLast = await outcome();
      expect(initialTransactions).toBeGreaterThan(3);

      for (let k = 1; k <= Math.max(initialTransactions, resyncTransactions); k += 1) {
        await begin();
        await store(accounts, firstRun);
        if (k <= initialTransactions) await expect(compare(initial, k)).rejects.toThrow(Killed);
        await compare(initial);
        expect(await outcome()).toEqual(expectedFirst);
        await store(changes, secondRun);
        if (k <= resyncTransactions) await expect(compare(resync, k)).rejects.toThrow(Killed);
        await compare(resync);
        expect(await outcome()).toEqual(expectedLast);
      }
    },
  );

  it('ends the same where it was killed and repeated, party by party after another version of the matcher', async () => {
    const over = { accountsAtOnce: partyByParty };
    const resync = { runId: secondRun, runKind: 'resync', ...over } as const;
    const standing = async (): Promise<void> => {
      await begin();
      await store(accounts, firstRun);
      await compare({ runId: firstRun, runKind: 'initial', ...over });
      await inTenant(database, tenantId, async (tx) => {
        await tx.execute(sql`update match_models set model = model || '{"version":"0.0.1"}'`);
        await tx.execute(sql`delete from proposals`);
      });
      await store(changes, secondRun);
    };
    await standing();
    const transactions = await compare(resync);
    const expected = (await outcome()) as { readonly proposals: readonly unknown[] };
    expect(expected.proposals.length).toBeGreaterThan(0);

    for (let k = 1; k <= transactions; k += 2) {
      await standing();
      await expect(compare(resync, k)).rejects.toThrow(Killed);
      await compare(resync);
      expect(await outcome()).toEqual(expected);
    }
  });

  it('makes the same of the accounts party by party as all at once', async () => {
    const made: unknown[] = [];
    for (const over of [{}, { accountsAtOnce: partyByParty }]) {
      await begin();
      await store(accounts, firstRun);
      await compare({ runId: firstRun, runKind: 'initial', ...over });
      const { keys: _, ...all } = (await outcome()) as { readonly keys: unknown };
      made.push(all);
    }

    expect(made[1]).toEqual(made[0]);
  });

  it('keeps holding and operating company apart, joins the certain and asks the rest', async () => {
    await begin();
    await store(accounts, firstRun);
    await compare({ runId: firstRun, runKind: 'initial' });

    const { relations, issues } = (await outcome()) as {
      relations: { accounts: string[] }[];
      issues: unknown[];
    };
    const groups = relations.map(({ accounts: ids }) => ids.map((id) => Number(id.slice(-2))));
    for (const group of groups) expect(group.includes(15) && group.includes(16)).toBe(false);
    expect(groups.flat().sort()).toEqual([11, 12, 13, 14, 15, 16, 17]);
    expect(issues).toHaveLength(1);
  });

  it('never places an account twice when two comparisons run at the same time', async () => {
    await begin();
    await store(accounts, firstRun);

    const both = await Promise.allSettled([1, 2].map(() => compare({ runId: firstRun, runKind: 'initial' })));

    expect(both.some(({ status }) => status === 'fulfilled')).toBe(true);
    await compare({ runId: firstRun, runKind: 'initial' });
    const [orphans] = await inTenant(database, tenantId, (tx) =>
      tx.execute<{ count: number }>(sql`
        select count(*)::int from relations r where not exists (select from links l where l.relation_id = r.id)`),
    );
    expect(orphans?.count).toBe(0);
    const { relations } = (await outcome()) as { relations: { accounts: string[] }[] };
    expect(relations.flatMap(({ accounts: ids }) => ids)).toHaveLength(accounts.length);
  });
});
