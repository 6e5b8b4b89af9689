import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { asId, ok, type Actor, type RelationId, type WriteIntentId } from '@koppel/domain/kernel';
import { editRelation } from '@koppel/domain/relations';
import { inTenant } from '@koppel/persistence';
import { aFetchingTenant, type FetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { workToTheEnd } from '../testing/work-to-the-end.js';

const anna: Actor = { id: 'u1', name: 'Anna', kind: 'person' };
const dayLimit = 200;
const dayMs = 86_400_000;

let rig: WorkerRig;
let tenant: FetchingTenant;
beforeEach(async () => {
  rig = await aWorkerRig({
    sandbox: {
      world: { seed: 5, divisions: 2, relations: 80, contacts: 0 },
      switches: { dayLimit, minuteLimit: 1_000 },
    },
  });
  tenant = await aFetchingTenant(rig, { state: 'active' });
  await tenant.start();
  await workToTheEnd(rig);
  // A whole day lies ahead.
  await rig.advance(dayMs - (rig.clock.now().getTime() % dayMs) + 60_000);
});
afterEach(() => rig.close());

async function select<Row extends Record<string, unknown>>(query: ReturnType<typeof sql>): Promise<Row[]> {
  return [...(await inTenant(rig.database, tenant.tenantId, (tx) => tx.execute<Row>(query)))] as Row[];
}

/** As a plan means them: a telephone number for every account of the administration. */
async function planUpdates(administrationId: string): Promise<number> {
  const at = rig.clock.now().toISOString();
  const planned = await select<{ id: WriteIntentId }>(sql`
    insert into write_intents (id, tenant_id, administration_id, relation_id, source_relation_id, kind, patch, state, purpose,
      created_by, created_at, due_at)
    select distinct on (s.id) gen_random_uuid(), s.tenant_id, s.administration_id, l.relation_id, s.id, 'update',
      '{"phone": "0318-111111"}'::jsonb, 'planned', 'plan', 'Anna', ${at}::timestamptz, ${at}::timestamptz
    from source_relations s join links l on l.source_relation_id = s.id and l.state = 'linked'
    where s.administration_id = ${administrationId}::uuid and s.state = 'present'
    returning id`);
  await rig.uow.run(tenant.tenantId, async (tx) =>
    ok(await tx.outbox.addMany(planned.map(({ id }) => ({ kind: 'send-write', intentId: id })))),
  );
  return planned.length;
}

/** Everything that comes to its turn before Exact's day is over. */
async function workToTheEndOfTheDay(): Promise<void> {
  const end = rig.clock.now().getTime() + dayMs / 2;
  for (;;) {
    await rig.drain();
    const next = Math.min(...rig.waiting.map(({ at }) => at.getTime()));
    if (next > end) return;
    await rig.advance(Math.max(1, next - rig.clock.now().getTime()));
  }
}

const usedToday = async (division: number) => {
  const [row] = [
    ...(await rig.database.db.execute<{ used: number }>(
      sql`select used from budget_windows where division = ${division} and "window" = 'day'`,
    )),
  ];
  return row?.used ?? 0;
};

it('sends a large plan from what is left of the day: resyncs go on, and a person’s write goes out at once (F31, F95)', async () => {
  const { id, division } = tenant.administrations[0]!; // two were taken
  expect(3 * (await planUpdates(id))).toBeGreaterThan(dayLimit);

  await workToTheEndOfTheDay();
  expect(await usedToday(division)).toBe(0.8 * dayLimit);
  const states = await select<{ state: string }>(
    sql`select distinct state from write_intents order by state`,
  );
  expect(states.map(({ state }) => state)).toContain('confirmed');
  expect(states.map(({ state }) => state)).toContain('planned');

  const runId = await tenant.resync();
  await workToTheEndOfTheDay();
  expect((await tenant.run(runId)).state).toBe('completed');
  expect((await tenant.step(runId, division, 'accounts')).state).toBe('done');

  const [waiting] = await select<{ relation_id: string; version: number; exact_id: string }>(sql`
    select w.relation_id, r.version, s.exact_id from write_intents w join relations r on r.id = w.relation_id
      join source_relations s on s.id = w.source_relation_id where w.state = 'planned' order by w.id limit 1`);
  const edited = await editRelation(rig.services.deps, {
    tenantId: tenant.tenantId,
    relationId: asId<RelationId>(waiting!.relation_id), // some are left for tomorrow
    version: waiting!.version,
    values: { phone: '0318-222222' },
    actor: anna,
  });
  expect(edited.ok).toBe(true);
  await rig.drain();
  const account = rig.sandbox.world.division(division)?.tables.Accounts.find(waiting!.exact_id);
  expect(account?.['Phone']).toBe('0318-222222');
});
