import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  asId,
  ok,
  systemActor,
  type IssueId,
  type RelationId,
  type SourceRelationId,
  type WriteIntentId,
} from '@koppel/domain/kernel';
import { editRelation, retryIssue, type SharedValues } from '@koppel/domain/relations';
import type { AccountWrite } from '@koppel/domain/sync';
import { aWriteIntent } from '@koppel/domain/testing';
import { findTenantsWithDueSync, inSystem, inTenant } from '@koppel/persistence';
import { aFetchingTenant, type FetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { mirrorOf, truthOf } from '../testing/truth.js';
import { listDivisions } from './list-divisions.js';
import { tick } from './tick.js';

let rig: WorkerRig;
let tenant: FetchingTenant;
beforeEach(async () => {
  rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 3, relations: 40 } } });
  tenant = await aFetchingTenant(rig, { state: 'active' });
  await tenant.start();
  await rig.drain();
  await rig.advance(120_000);
});
afterEach(() => rig.close());

const division = (index: number) => tenant.administrations[index]!.division;

interface Stored {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly exact_id: string;
  readonly name: string;
  readonly administration_id: string;
  readonly relation_id: string;
}

/** Accounts of a division that stand for nobody else's, so that a spec knows what follows from a change. */
async function accounts(index: number): Promise<Stored[]> {
  const rows = await inTenant(rig.database, tenant.tenantId, (tx) =>
    tx.execute<Stored>(sql`
      select s.id, s.exact_id, s.name, s.administration_id, l.relation_id from source_relations s
      join administrations a on a.id = s.administration_id join links l on l.source_relation_id = s.id
      where a.division = ${division(index)} and s.state = 'present' and not s.is_own_company
      order by s.name, s.exact_id`),
  );
  return [...rows];
}

async function changedIn(runId: string): Promise<string[]> {
  const rows = await inTenant(rig.database, tenant.tenantId, (tx) =>
    tx.execute<{ exact_id: string }>(
      sql`select exact_id from source_relations where changed_in_run = ${runId}::uuid order by exact_id`,
    ),
  );
  return rows.map((row) => row.exact_id);
}

const expectTheTruth = async () =>
  expect(await mirrorOf(rig.database, tenant.tenantId)).toEqual(
    truthOf(
      rig.sandbox,
      tenant.administrations.map((each) => each.division),
    ),
  );

describe('a resync', () => {
  it('without changes in Exact stores and writes nothing (C18)', async () => {
    rig.sandbox.journal.clear();

    const runId = await tenant.resync();
    await rig.drain();

    expect(await tenant.run(runId)).toMatchObject({
      state: 'completed',
      statistics: { fetched: 0, changed: 0, writes: 0 },
    });
    expect(await changedIn(runId)).toEqual([]);
    expect(rig.sandbox.journal.counters().writes).toBe(0);
  });

  it('fetches only what changed, is new or was deleted, and equals Exact again (I1)', async () => {
    const [changed, gone] = await accounts(0);
    const edits = rig.sandbox.edits;
    const at = { division: division(0), entity: 'crm/Accounts' };
    expect(
      edits.edit({ ...at, id: changed!.exact_id }, { Remarks: 'x', Name: 'Zeldzame Naam Bouw B.V.' }).ok,
    ).toBe(true);
    const made = edits.create(at, { Name: 'Gloednieuw Installatiebedrijf' });
    if (!made.ok) throw new Error(made.error.kind);
    expect(edits.delete({ ...at, id: gone!.exact_id }).ok).toBe(true);
    rig.sandbox.journal.clear();

    const runId = await tenant.resync();
    await rig.drain();

    await expectTheTruth();
    expect(await changedIn(runId)).toEqual([changed!.exact_id, gone!.exact_id, made.value.id].sort());
    expect((await tenant.run(runId)).statistics).toMatchObject({ created: 1, deleted: 1 });
    expect((await tenant.step(runId, division(0), 'accounts')).records).toBe(2);
    const calls = rig.sandbox.journal
      .entries()
      .filter((entry) => entry.division === division(0) && entry.method === 'GET');
    expect(calls.length).toBeLessThanOrEqual(13);
  });

  it('on schedule reads the lists without row versions once a day, one by a person always', async () => {
    const lists = [
      ...['financial/Journals', 'vat/VATCodes', 'cashflow/PaymentConditions'],
      ...['hrm/Costcenters', 'hrm/Costunits'],
    ];
    const read = async (trigger: 'person' | 'schedule') => {
      rig.sandbox.journal.clear();
      const runId = await tenant.resync(trigger);
      await rig.drain();
      expect((await tenant.run(runId)).state).toBe('completed');
      const asked = rig.sandbox.journal.entries().flatMap(({ division: code, method, endpoint }) => {
        return code === division(0) && method === 'GET' && endpoint ? [endpoint] : [];
      });
      return { lists: lists.filter((each) => asked.includes(each)), calls: asked.length };
    };

    const asked = await read('person');
    const soon = await read('schedule');
    await rig.advance(86_400_000);
    const dayLater = await read('schedule');

    expect(asked.lists).toEqual(lists);
    expect(soon).toEqual({ lists: [], calls: asked.calls - lists.length });
    expect(dayLater.lists).toEqual(lists);
    await expectTheTruth();
  });

  it('reads everything again after a division was moved, and neither doubles nor removes anything (E10)', async () => {
    const before = await mirrorOf(rig.database, tenant.tenantId);
    rig.sandbox.edits.moveDivision(division(0));
    await listDivisions(rig.services, tenant);

    const runId = await tenant.resync();
    await rig.drain();

    expect(await tenant.step(runId, division(0), 'accounts')).toMatchObject({
      isFullRead: true,
      state: 'done',
    });
    expect(await tenant.step(runId, division(1), 'accounts')).toMatchObject({ isFullRead: false });
    expect(await mirrorOf(rig.database, tenant.tenantId)).toEqual(before);
    expect(await changedIn(runId)).toEqual([]);
  });

  it('takes no turn on schedule from other tenants while its consent is over, and is due again with a new one (F45, F95)', async () => {
    const set = (statement: ReturnType<typeof sql>) =>
      inTenant(rig.database, tenant.tenantId, (tx) => tx.execute(statement));
    await set(
      sql`update administrations set next_sync_at = now() - interval '1 hour' where state = 'active'`,
    );
    expect(await findTenantsWithDueSync(rig.database, 10)).toEqual([tenant.tenantId]);

    await set(sql`update connections set state = 'reauth-required'`);
    expect(await findTenantsWithDueSync(rig.database, 10)).toEqual([]);

    await set(sql`update connections set state = 'active'`);
    expect(await findTenantsWithDueSync(rig.database, 10)).toEqual([tenant.tenantId]);
  });

  it('starts by itself when it is due, once, and not for a tenant that is not active (J04)', async () => {
    expect(await findTenantsWithDueSync(rig.database, 10)).toEqual([]);
    await inTenant(rig.database, tenant.tenantId, (tx) =>
      tx.execute(
        sql`update administrations set next_sync_at = now() - interval '1 hour' where state = 'active'`,
      ),
    );

    await Promise.all(Array.from({ length: 4 }, () => tick(rig.services, 'resync')));

    const runs = () =>
      inTenant(rig.database, tenant.tenantId, (tx) =>
        tx.execute<{ state: string }>(sql`select state from sync_runs where trigger = 'schedule'`),
      );
    expect([...(await runs())]).toEqual([{ state: 'fetching' }]);
    await rig.drain();
    expect([...(await runs())]).toEqual([{ state: 'completed' }]);
    await inTenant(rig.database, tenant.tenantId, (tx) =>
      tx.execute(
        sql`update administrations set next_sync_at = now() - interval '1 hour' where state = 'active'`,
      ),
    );
    await inSystem(rig.database, (tx) => tx.execute(sql`update couplings set activated_at = null`));
    await tick(rig.services, 'resync');
    expect(await runs()).toHaveLength(1);
  });
});

describe('a write to Exact', () => {
  async function intend(over: Partial<AccountWrite>): Promise<AccountWrite> {
    const [account] = await accounts(0);
    const intent = aWriteIntent({
      id: asId<WriteIntentId>(rig.services.deps.newId()),
      administrationId: asId(account!.administration_id),
      relationId: asId<RelationId>(account!.relation_id),
      sourceRelationId: asId<SourceRelationId>(account!.id),
      createdAt: rig.clock.now(),
      dueAt: rig.clock.now(),
      ...over,
    });
    await rig.uow.run(tenant.tenantId, async (tx) => {
      await tx.writeIntents.addMany([intent]);
      await tx.outbox.add({ kind: 'send-write', intentId: intent.id });
      return ok(undefined);
    });
    return intent;
  }
  const intentState = async (id: WriteIntentId) => {
    const found = await rig.uow.run(tenant.tenantId, async (tx) => ok(await tx.writeIntents.findById(id)));
    return found.ok ? found.value : undefined;
  };
  const puts = () => rig.sandbox.journal.entries().filter((entry) => entry.method === 'PUT');

  it('arrives, is read back, and its echo changes nothing', async () => {
    const intent = await intend({ patch: { phone: '0318-555555', email: 'nieuw@bakker.test' } });
    await rig.drain();

    expect(await intentState(intent.id)).toMatchObject({ state: 'confirmed', attempts: 1 });
    expect(puts()).toHaveLength(1);

    const runId = await tenant.resync();
    await rig.drain();
    expect((await tenant.step(runId, division(0), 'accounts')).records).toBe(1);
    expect(await changedIn(runId)).toEqual([]);
    expect(puts()).toHaveLength(1);
  });

  it('is looked up after a lost answer, and made once (F39)', async () => {
    rig.sandbox.faults.plant({
      kind: 'cut-answer',
      match: { endpoint: 'crm/Accounts', method: 'GET' },
      afterCalls: 1, // the look before the write
      times: 1,
    });
    const intent = await intend({ patch: { name: 'Eenmalig Geschreven B.V.' } });
    await rig.drain();
    expect(await intentState(intent.id)).toMatchObject({ state: 'uncertain' });

    await rig.advance(30_000);
    await rig.drain();

    expect(await intentState(intent.id)).toMatchObject({ state: 'confirmed', attempts: 2 });
    expect(puts()).toHaveLength(1);
  });

  const relationOf = async (id: string) => {
    const found = await rig.uow.run(tenant.tenantId, async (tx) =>
      ok((await tx.relations.findMany([asId<RelationId>(id)]))[0]!),
    );
    if (!found.ok) throw new Error('no relation');
    return found.value;
  };
  const inErp = async (id: string, values: Partial<SharedValues>) => {
    const relation = await relationOf(id);
    const { tenantId } = tenant;
    const edited = await editRelation(rig.services.deps, {
      tenantId,
      relationId: relation.id,
      version: relation.version,
      values,
      actor: systemActor,
    });
    if (!edited.ok) throw new Error(edited.error.kind);
  };

  it('meets an edit in Exact that nobody has fetched: nothing is overwritten, a person decides', async () => {
    const [account] = await accounts(0);
    const at = { division: division(0), entity: 'crm/Accounts', id: account!.exact_id };
    rig.sandbox.edits.edit(at, { Phone: '0318-111111' });
    await inErp(account!.relation_id, { phone: '0318-222222' });
    await rig.drain();
    expect(puts()).toEqual([]);

    await tenant.resync();
    await rig.drain();

    const open = await rig.uow.run(tenant.tenantId, async (tx) =>
      ok(await tx.conflicts.findOpenOfRelations([asId<RelationId>(account!.relation_id)])),
    );
    expect(open).toMatchObject({ value: [{ field: 'phone' }] });
    expect(open.ok && open.value[0]!.candidates.map(({ value }) => value).toSorted()).toEqual([
      '0318-111111',
      '0318-222222',
    ]);
    expect(puts()).toEqual([]);
  });

  it('brings to light what else changed in Exact: the next resync takes it over', async () => {
    const [account] = await accounts(0);
    const at = { division: division(0), entity: 'crm/Accounts', id: account!.exact_id };
    rig.sandbox.edits.edit(at, { Email: 'anders@bakker.test' });
    await inErp(account!.relation_id, { phone: '0318-222222' });
    await rig.drain();
    expect(puts()).toHaveLength(1);

    await tenant.resync();
    await rig.drain();

    expect((await relationOf(account!.relation_id)).values).toMatchObject({
      phone: '0318-222222',
      email: 'anders@bakker.test',
    });
  });

  it('tells it when Exact refuses it, with the text of Exact', async () => {
    const intent = await intend({ patch: { name: 'N'.repeat(120) } });
    await rig.drain();

    expect(await intentState(intent.id)).toMatchObject({ state: 'failed', failure: { kind: 'refused' } });
    expect(await tenant.openIssues()).toEqual([`write-refused:${intent.sourceRelationId}`]);
  });

  it('that Exact refused is sent again when a person retries it, as the relation says by now, and its issue closes', async () => {
    const refused = await intend({ patch: { name: 'N'.repeat(120), phone: '0318-999999' } });
    await rig.drain();
    const { tenantId } = tenant;
    await inTenant(rig.database, tenantId, (tx) =>
      tx.execute(
        sql`update relations set values = jsonb_set(values, '{phone}', '"0318-777777"') where id = ${refused.relationId}::uuid`,
      ),
    );
    const [issue] = await inTenant(rig.database, tenantId, (tx) =>
      tx.execute<{ id: IssueId }>(
        sql`select id from issues where state = 'open' and cause = 'write-refused'`,
      ),
    );
    const before = puts().length;

    const retry = { tenantId, issueId: issue!.id, actor: systemActor };
    expect((await retryIssue(rig.services.deps, retry)).ok).toBe(true);
    await rig.drain();

    expect(puts()).toHaveLength(before + 1);
    const [account] = await inTenant(rig.database, tenantId, (tx) =>
      tx.execute<{ shared: object }>(
        sql`select fields->'shared' as shared from source_relations where id = ${refused.sourceRelationId}::uuid`,
      ),
    );
    expect(account?.shared).toMatchObject({ phone: '0318-777777' });
    expect(await tenant.openIssues()).toEqual([]);
  });

  it('that Exact refused and that is wanted no more is told of until the next resync, also when nothing changed in Exact', async () => {
    await intend({ patch: { name: 'N'.repeat(120) } });
    await rig.drain();
    expect(await tenant.openIssues()).toHaveLength(1);

    await tenant.resync();
    await rig.drain();

    expect(await tenant.openIssues()).toEqual([]);
    expect(puts()).toHaveLength(1);
  });

  it('waits while the coupling is not active', async () => {
    await inSystem(rig.database, (tx) =>
      tx.execute(sql`update couplings set step = 'settings', activated_at = null`),
    );
    const intent = await intend({ patch: { phone: '1' } });
    await rig.drain();

    expect(await intentState(intent.id)).toMatchObject({ state: 'planned', attempts: 0 });
    expect(puts()).toEqual([]);
  });
});
