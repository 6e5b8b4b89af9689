import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asId, ok, type TenantId } from '@koppel/domain/kernel';
import { anAdministration, describeNoticesContract, describeWatchesContract } from '@koppel/domain/testing';
import { recordNotices } from '@koppel/domain/webhooks';
import { sql } from 'drizzle-orm';
import { connect, inSystem, inTenant, type Database } from '../database.js';
import { newIdAt } from '../new-id.js';
import { perCall } from '../testing/per-call.js';
import { createTestDatabase } from '../testing/test-db.js';
import { DrizzleUnitOfWork } from '../unit-of-work.js';
import { findCoupledDivisions, findForgottenNotices, isCoupledElsewhere } from './coupled-divisions.js';
import { webhookPortsOf, type WebhookPorts } from './ports.js';

const now = () => new Date('2026-11-25T12:00:00Z');
const newId = () => newIdAt(now());
let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await createTestDatabase();
  database = connect(test.url, { max: 8 });
  drop = test.drop;
});
afterAll(async () => {
  await database.close();
  await drop();
});

function forNewTenant<Name extends keyof WebhookPorts>(name: Name): WebhookPorts[Name] {
  const tenantId = asId<TenantId>(newId());
  return perCall<WebhookPorts[Name]>((work) =>
    inTenant(database, tenantId, (tx) => work(webhookPortsOf(tx, tenantId)[name])),
  );
}

describeNoticesContract(async () => forNewTenant('notices'));
describeWatchesContract(async () => forNewTenant('watches'));

async function aTenant(division: number, state: 'active' | 'paused' = 'active') {
  const tenantId = asId<TenantId>(newId());
  const administration = anAdministration({ id: asId(newId()), division, state });
  await inSystem(database, (tx) =>
    tx.execute(
      sql`insert into tenants (id, name, feature_enabled_at, created_at) values (${tenantId}, 'T', now(), now())`,
    ),
  );
  await new DrizzleUnitOfWork(database).run(tenantId, async (tx) =>
    ok(await tx.administrations.add(administration)),
  );
  return { tenantId, administrationId: administration.id };
}

describe('notices of divisions', () => {
  const key = (division: number) => ({ region: 'nl', division });

  it('find every tenant that has the division active in that country, and nobody else', async () => {
    const one = await aTenant(71);
    const other = await aTenant(71);
    const paused = await aTenant(72, 'paused');
    const found = await findCoupledDivisions(database, [
      key(71),
      key(72),
      key(73),
      { region: 'be', division: 71 },
    ]);
    expect(found).toHaveLength(2);
    for (const each of [one, other]) expect(found).toContainEqual({ ...each, ...key(71) });
    expect(await isCoupledElsewhere(database, { ...key(71), tenantId: one.tenantId })).toBe(true);
    expect(await isCoupledElsewhere(database, { ...key(72), tenantId: paused.tenantId })).toBe(false);
  });

  it('send one message for 1,000 that arrive side by side (F50)', async () => {
    const { tenantId, administrationId } = await aTenant(74);
    const deps = { uow: new DrizzleUnitOfWork(database), now, newId };
    const notice = { administrationId, topic: 'accounts', count: 1 } as const;
    await Promise.all(
      Array.from({ length: 1_000 }, () => recordNotices(deps, { tenantId, notices: [notice] })),
    );
    const sent = await inTenant(database, tenantId, (tx) =>
      tx.execute(sql`select 1 from outbox where message ->> 'kind' = 'fetch-noticed'`),
    );
    expect(sent).toHaveLength(1);
    const waiting = await deps.uow.run(tenantId, async (tx) => ok(await tx.notices.findWaitingForUpdate()));
    expect(waiting).toMatchObject({ value: [{ waiting: 1_000 }] });
  });

  it('are found again by the sweeper when their message is gone, and not while it waits', async () => {
    const { tenantId, administrationId } = await aTenant(75);
    const long = { limit: 100, graceMs: 1_000 };
    const deps = { uow: new DrizzleUnitOfWork(database), now: () => new Date(Date.now() - 60_000), newId };
    await recordNotices(deps, { tenantId, notices: [{ administrationId, topic: 'contacts', count: 1 }] });
    expect(await findForgottenNotices(database, long)).not.toContain(tenantId);
    await inTenant(database, tenantId, (tx) => tx.execute(sql`update outbox set dispatched_at = now()`));
    expect(await findForgottenNotices(database, long)).toContain(tenantId);
    expect(await findForgottenNotices(database, { ...long, graceMs: 3_600_000 })).not.toContain(tenantId);
  });
});
