import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asId, systemActor, type RelationId } from '@koppel/domain/kernel';
import { editRelation, useRelation } from '@koppel/domain/relations';
import { inTenant } from '@koppel/persistence';
import { aFetchingTenant, type FetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { workToTheEnd } from '../testing/work-to-the-end.js';

const minuteMs = 60_000;
const renamed = { name: 'Zeldzame Kraanvogel Installaties B.V.', kvk: '90004000' };

let rig: WorkerRig;
let tenant: FetchingTenant;
beforeEach(async () => {
  rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 2, relations: 20 } } });
  tenant = await aFetchingTenant(rig, { state: 'active' });
  await tenant.start();
  await workToTheEnd(rig);
  await rig.advance(2 * minuteMs);
});
afterEach(() => rig.close());

const here = () => tenant.administrations[0]!; // the world has two
const there = () => tenant.administrations[1]!;

async function select<Row extends Record<string, unknown>>(query: ReturnType<typeof sql>): Promise<Row[]> {
  return inTenant(rig.database, tenant.tenantId, async (tx) => [...(await tx.execute<Row>(query))] as Row[]);
}

/** A relation with one account, which is in the first administration, that nothing is asked of. */
async function aloneHere() {
  const [row] = await select<{ id: string; version: number; exact_id: string }>(sql`
    select r.id, r.version, min(s.exact_id::text) as exact_id from relations r
      join links l on l.relation_id = r.id join source_relations s on s.id = l.source_relation_id
    where r.state = 'active' and not r.is_intercompany and r.values->>'kvk' is not null
      and not exists (select from proposals p where r.id in (p.relation_a, p.relation_b))
    group by r.id having count(distinct s.id) = 1 and bool_and(s.administration_id = ${here().id}::uuid)
    order by r.id limit 1`);
  if (!row) throw new Error('no such relation');
  return { relationId: asId<RelationId>(row.id), version: row.version, exactId: row.exact_id };
}

async function rename({ relationId, version }: { relationId: RelationId; version: number }): Promise<void> {
  const command = { tenantId: tenant.tenantId, relationId, version, values: renamed, actor: systemActor };
  expect(await editRelation(rig.services.deps, command)).toMatchObject({ ok: true });
  await workToTheEnd(rig);
}

/** Somebody makes an account of the new name and number in Exact, and the next resync brings it. */
async function makeInExact({ division }: { readonly division: number }): Promise<string> {
  const fields = { Name: renamed.name, ChamberOfCommerce: renamed.kvk };
  const made = rig.sandbox.edits.create({ division, entity: 'crm/Accounts' }, fields);
  if (!made.ok) throw new Error(made.error.kind);
  await rig.advance(2 * minuteMs);
  await tenant.resync();
  await workToTheEnd(rig);
  return made.value.id;
}

async function relationOf(exactId: string): Promise<string | undefined> {
  const [row] = await select<{ relation_id: string }>(sql`select l.relation_id from links l
    join source_relations s on s.id = l.source_relation_id where s.exact_id = ${exactId}::uuid limit 1`);
  return row?.relation_id;
}

describe('an account that Koppel itself wrote to', () => {
  it('is found by what was written, by an account that says the same in another administration', async () => {
    const relation = await aloneHere();
    await rename(relation);

    expect(await relationOf(await makeInExact(there()))).toBe(relation.relationId);
  });

  it('is found when Koppel made it, also after the one that it was made after is gone', async () => {
    const relation = await aloneHere();
    await rename(relation);
    const { relationId } = relation;
    const use = { tenantId: tenant.tenantId, relationId, administrationId: there().id, actor: systemActor };
    expect(await useRelation(rig.services.deps, use)).toMatchObject({ ok: true });
    await workToTheEnd(rig);
    const gone = { division: here().division, entity: 'crm/Accounts', id: relation.exactId };
    expect(rig.sandbox.edits.delete(gone).ok).toBe(true);
    await rig.advance(2 * minuteMs);
    await tenant.resync();
    await workToTheEnd(rig);

    expect(await relationOf(await makeInExact(here()))).toBe(relationId);
  });
});
