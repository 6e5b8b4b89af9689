import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asId, type AdministrationId, type TenantId } from '@koppel/domain/kernel';
import { teachesLast, type Proposal } from '@koppel/domain/relations';
import { anAdministration, aProposal, aSourceRelation, idOf } from '@koppel/domain/testing';
import { connect, inTenant, type Database } from '../database.js';
import { portsOf } from '../ports.js';
import { putSource } from '../testing/put-source.js';
import { createTestDatabase } from '../testing/test-db.js';
import { haveLessons } from './proposal-counts.js';
import { listProposals, proposalsQuery, type ProposalFilter } from './proposals.js';

const [tenantId, unranked] = [asId<TenantId>(idOf(1)), asId<TenantId>(idOf(2))];
const administrationId = asId<AdministrationId>(idOf(900));

/** Three places, two probabilities of each, two pairs of each: in an order that is none of the lists'. */
const pairs: readonly Proposal[] = [teachesLast, 0, 1].flatMap((teaching, t) =>
  [0.5, 0.9].flatMap((probability, p) =>
    [0, 1].map((twin) => aProposal(t * 4 + ((p * 2 + twin * 3) % 4) + 1, { teaching, probability })),
  ),
);

let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await createTestDatabase();
  database = connect(test.url, { max: 2 });
  drop = test.drop;
  await fill(tenantId, pairs);
});
afterAll(async () => {
  await database.close();
  await drop();
});

function fill(tenant: TenantId, added: readonly Proposal[]): Promise<void> {
  return inTenant(database, tenant, async (tx) => {
    const ports = portsOf(tx, tenant);
    await ports.administrations.add(
      anAdministration({ id: administrationId, division: 900_001, position: 0 }),
    );
    const ids = new Set(added.flatMap(({ sourceA, sourceB }) => [sourceA, sourceB]));
    for (const id of ids) {
      const source = aSourceRelation({ id, administrationId });
      await putSource(tx, { tenantId: tenant, source, changedInRun: null });
    }
    expect(await ports.proposals.addMany(added)).toBe(added.length);
  });
}

async function idsPageByPage(filter: ProposalFilter, limit: number): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page <= pairs.length; page++) {
    const list = await inTenant(database, tenantId, (tx) => listProposals(tx, { ...filter, limit, cursor }));
    ids.push(...list.items.map(({ id }) => id));
    if (list.nextCursor === null) return ids;
    cursor = list.nextCursor;
  }
  throw new Error('the list has no end');
}

const inOrder = (keysOf: (pair: Proposal) => readonly number[]): string[] =>
  pairs
    .toSorted((one, other) => {
      const [mine, theirs] = [keysOf(one), keysOf(other)];
      const at = mine.findIndex((key, place) => key !== theirs[place]);
      return at < 0 ? (one.id < other.id ? -1 : 1) : (mine[at] ?? 0) - (theirs[at] ?? 0);
    })
    .map(({ id }) => id);

describe('the list of pairs', () => {
  it.each([1, 3, 5, 100])('is in its order over all ties, %i on a page', async (limit) => {
    expect(await idsPageByPage({}, limit)).toEqual(inOrder(({ probability }) => [-probability]));
    expect(await idsPageByPage({ order: 'teaching' }, limit)).toEqual(
      inOrder(({ teaching, probability }) => [teaching, -probability]),
    );
  });

  it.each(['certainty', 'teaching'] as const)(
    'by %s is read from an index, without sorting',
    async (order) => {
      const [first] = await inTenant(database, tenantId, async (tx) => {
        const { nextCursor } = await listProposals(tx, { order, limit: 5 });
        const query = proposalsQuery(tx, { order, cursor: nextCursor ?? undefined }).limit(5);
        // A table of twelve rows is not worth an index to the planner; with what it prefers turned off, it sorts where no index helps.
        for (const kind of ['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin', 'sort'])
          await tx.execute(sql.raw(`set local enable_${kind} = off`));
        return [[...(await tx.execute<Record<string, string>>(sql`explain ${query}`))]];
      });
      const plan = (first ?? []).map((line) => line['QUERY PLAN']).join('\n');

      expect(plan).toContain(
        order === 'teaching' ? 'proposals_instructive_first' : 'proposals_certain_first',
      );
      expect(plan).toMatch(
        order === 'teaching' ? /Index Cond: .*teaching >=/ : /Index Cond: .*probability <=/,
      );
      expect(plan).not.toContain('Sort');
    },
  );

  it('tells whether anything open has a place in the order that teaches most', async () => {
    const have = (tenant: TenantId): Promise<boolean> => inTenant(database, tenant, haveLessons);
    expect(await have(unranked)).toBe(false);
    await inTenant(database, unranked, (tx) =>
      portsOf(tx, unranked).proposals.addMany([
        aProposal(50, { teaching: teachesLast }),
        aProposal(52, { teaching: 0, state: 'same' }),
      ]),
    );

    expect(await have(unranked)).toBe(false);
    expect(await have(tenantId)).toBe(true);
  });
});
