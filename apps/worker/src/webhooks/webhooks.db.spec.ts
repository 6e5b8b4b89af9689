import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setAdministrationState } from '@koppel/domain/administrations';
import { asId, ok, type RelationId, type SourceRelationId, type WriteIntentId } from '@koppel/domain/kernel';
import { aWriteIntent } from '@koppel/domain/testing';
import { topics } from '@koppel/domain/webhooks';
import { inTenant } from '@koppel/persistence';
import { listDivisions } from '../sync/list-divisions.js';
import { aFetchingTenant, type FetchingTenant } from '../testing/a-fetching-tenant.js';
import { aListeningApi, type ListeningApi } from '../testing/a-listening-api.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { mirrorOf, truthOf } from '../testing/truth.js';

const secondMs = 1_000;
const minuteMs = 60_000;

let rig: WorkerRig;
let api: ListeningApi;
let tenant: FetchingTenant;
beforeEach(async () => {
  rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 3, relations: 40 } } });
  api = await aListeningApi(rig);
  tenant = await aFetchingTenant(rig, { state: 'active' });
  await tenant.start();
  await rig.drain(api.services);
  await subscribe();
});
afterEach(async () => {
  await api.close();
  await rig.close();
});

const division = (index = 0) => tenant.administrations[index]!.division;
const work = () => rig.drain(api.services);
const place = (index = 0) => ({ division: division(index), entity: 'crm/Accounts' });
const subscriptions = (index = 0) => [
  ...rig.sandbox.world.division(division(index))!.tables.WebhookSubscriptions.all(),
];

/** As the daily listing does, and lets Exact validate the address. */
async function subscribe(): Promise<void> {
  await listDivisions(api.services, tenant);
  await work();
  await rig.advance(2 * secondMs);
}

/** Until Exact has sent what it has to send, and what it told of has been fetched. */
async function settle(rounds = 4): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    await rig.advance(10 * secondMs);
    await work();
  }
}

interface Run {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly state: string;
  readonly statistics: { readonly changed: number; readonly writes: number };
}

async function webhookRuns(): Promise<Run[]> {
  const rows = await inTenant(rig.database, tenant.tenantId, (tx) =>
    tx.execute<Run>(
      sql`select id, state, statistics from sync_runs where trigger = 'webhook' order by started_at`,
    ),
  );
  return [...rows];
}

async function linkedAccount() {
  const [row] = await inTenant(rig.database, tenant.tenantId, (tx) =>
    tx.execute<{ id: string; exact_id: string; administration_id: string; relation_id: string }>(sql`
      select s.id, s.exact_id, s.administration_id, l.relation_id from source_relations s
      join administrations a on a.id = s.administration_id join links l on l.source_relation_id = s.id
      where a.division = ${division()} and s.state = 'present' and not s.is_own_company and not exists (
        select from links o where o.relation_id = l.relation_id and o.source_relation_id <> s.id)
      order by s.name, s.exact_id limit 1`),
  );
  return row!; // the seed has some
}

const expectTheTruth = async () =>
  expect(await mirrorOf(rig.database, tenant.tenantId)).toEqual(
    truthOf(
      rig.sandbox,
      tenant.administrations.map((each) => each.division),
    ),
  );

describe("Exact's notices", () => {
  it('bring a change in, by the few calls that it takes and of the class of webhooks', async () => {
    const { exact_id: id } = await linkedAccount();
    rig.sandbox.edits.edit({ ...place(), id }, { Name: 'Zeldzame Naam Bouw B.V.' });
    rig.sandbox.journal.clear();
    await settle();

    await expectTheTruth();
    expect(await webhookRuns()).toMatchObject([
      { state: 'completed', statistics: { changed: 1, writes: 0 } },
    ]);
    const calls = rig.sandbox.journal.entries().filter(({ method }) => method === 'GET');
    expect(calls.map((call) => call.division)).toEqual(calls.map(() => division()));
    expect(calls.length).toBeLessThanOrEqual(4);
  });

  it('are one fetch when a thousand come, doubled and overtaking each other (F50)', async () => {
    rig.sandbox.setSwitches({ webhookDuplicates: 1 });
    const { exact_id: id } = await linkedAccount();
    for (let count = 1; count <= 500; count += 1)
      rig.sandbox.edits.edit({ ...place(), id }, { Name: `Naam nummer ${count}` });
    await settle();

    const sent = rig.sandbox.webhooks.log().filter(({ body }) => body !== '');
    expect(sent).toHaveLength(1_000);
    expect(new Set(sent.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await webhookRuns()).toMatchObject([{ state: 'completed', statistics: { changed: 1 } }]);
    await expectTheTruth();
  });

  it('wait for a worker that was away, and are one run for all administrations then', async () => {
    for (const index of [0, 1]) {
      rig.sandbox.edits.create(place(index), { Name: `Nieuw ${index} Installatie` });
      await rig.advance(minuteMs);
      rig.sandbox.edits.create(place(index), { Name: `Ook nieuw ${index} Schilders` });
    }
    await rig.advance(10 * minuteMs);
    expect(await webhookRuns()).toEqual([]);
    await work();

    expect(await webhookRuns()).toMatchObject([{ state: 'completed' }]);
    await expectTheTruth();
  });

  it('that arrive while their fetch goes on are fetched by a next one, a minute later', async () => {
    rig.sandbox.edits.create(place(), { Name: 'Eerste Loodgieters' });
    await settle(2);
    rig.sandbox.edits.create(place(), { Name: 'Tweede Stukadoors' });
    await settle(2);
    expect(await webhookRuns()).toHaveLength(1);
    await rig.advance(minuteMs);
    await work();

    expect(await webhookRuns()).toHaveLength(2);
    await expectTheTruth();
  });

  it('tell of a deletion too', async () => {
    const made = rig.sandbox.edits.create(place(), { Name: 'Kort Bestaand B.V.' });
    if (!made.ok) throw new Error(made.error.kind);
    await settle();
    await rig.advance(minuteMs);
    rig.sandbox.edits.delete({ ...place(), id: made.value.id });
    await settle();
    await expectTheTruth();
  });

  it('that never come leave the change to the schedule', async () => {
    rig.sandbox.setSwitches({ webhookLost: 1 });
    rig.sandbox.edits.create(place(), { Name: 'Stil Toegevoegd B.V.' });
    await settle();
    expect(await webhookRuns()).toEqual([]);
    await tenant.resync();
    await work();
    await expectTheTruth();
  });

  it('of our own writes change nothing, and lead to no further write (echo)', async () => {
    const account = await linkedAccount();
    const intent = aWriteIntent({
      id: asId<WriteIntentId>(api.services.deps.newId()),
      administrationId: asId(account.administration_id),
      relationId: asId<RelationId>(account.relation_id),
      sourceRelationId: asId<SourceRelationId>(account.id),
      patch: { phone: '0318-555555', email: 'nieuw@bakker.test' },
      createdAt: rig.clock.now(),
      dueAt: rig.clock.now(),
    });
    await rig.uow.run(tenant.tenantId, async (tx) => {
      await tx.writeIntents.addMany([intent]);
      return ok(await tx.outbox.add({ kind: 'send-write', intentId: intent.id }));
    });
    await work();
    await settle();

    expect(await webhookRuns()).toMatchObject([
      { state: 'completed', statistics: { changed: 0, conflicts: 0, writes: 0 } },
    ]);
    const writes = rig.sandbox.journal.entries().filter(({ method }) => method === 'PUT');
    expect(writes).toHaveLength(1);
  });
});

describe('subscriptions at Exact', () => {
  const keep = async (state: 'active' | 'paused' | 'removed', version: number): Promise<void> => {
    const [first] = tenant.administrations;
    const done = await setAdministrationState(api.services.deps, {
      tenantId: tenant.tenantId,
      administrationId: first!.id,
      state,
      version,
    });
    if (!done.ok) throw new Error(done.error.kind);
    await work();
  };
  const version = async () => {
    const found = await rig.uow.run(tenant.tenantId, async (tx) =>
      ok((await tx.administrations.findById(tenant.administrations[0]!.id))!.version),
    );
    return found.ok ? found.value : 0;
  };

  it('are made for each active administration, and validated', async () => {
    for (const index of tenant.administrations.keys()) {
      expect(subscriptions(index).map((row) => [row['Topic'], row['$validated']])).toEqual(
        ['Accounts', 'Contacts', 'BankAccounts', 'GLAccounts'].map((topic) => [topic, true]),
      );
    }
  });

  it('go when the administration is paused, come back when it goes on, and go when it is removed', async () => {
    await keep('paused', await version());
    expect(subscriptions()).toEqual([]);
    expect(subscriptions(1)).toHaveLength(topics.length);
    await keep('active', await version());
    expect(subscriptions()).toHaveLength(topics.length);
    await keep('removed', await version());
    expect(subscriptions()).toEqual([]);
  });

  it('are made again when Exact lost one', async () => {
    const [first] = subscriptions();
    const at = { division: division(), entity: 'WebhookSubscriptions' };
    const { tables } = rig.sandbox.world.division(division())!;
    expect(rig.sandbox.edits.delete({ ...at, id: tables.WebhookSubscriptions.guid(first!.$row) }).ok).toBe(
      true,
    );
    expect(subscriptions()).toHaveLength(topics.length - 1);
    await subscribe();
    expect(subscriptions()).toHaveLength(topics.length);
  });

  it('are not made by a worker that Exact cannot call', async () => {
    await keep('paused', await version());
    const other = rig.anotherWorker(); // knows no public address
    await setAdministrationState(other.deps, {
      tenantId: tenant.tenantId,
      administrationId: tenant.administrations[0]!.id,
      state: 'active',
      version: await version(),
    });
    await rig.drain(other);
    expect(subscriptions()).toEqual([]);
  });
});
