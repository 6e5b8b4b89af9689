import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asId, systemActor, type ProposalId, type RelationId } from '@koppel/domain/kernel';
import { decideProposal, useRelation } from '@koppel/domain/relations';
import { sendWrite } from '@koppel/domain/sync';
import { inTenant } from '@koppel/persistence';
import { aFetchingTenant, type FetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { workToTheEnd } from '../testing/work-to-the-end.js';

const minuteMs = 60_000;

let rig: WorkerRig;
let tenant: FetchingTenant;
beforeEach(async () => {
  rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 2, relations: 20, contacts: 2 } } });
  tenant = await aFetchingTenant(rig, { state: 'active' });
  await tenant.start();
  await workToTheEnd(rig);
  await rig.advance(2 * minuteMs);
  rig.sandbox.journal.clear();
});
afterEach(() => rig.close());

const posts = () =>
  rig.sandbox.journal
    .entries()
    .filter(({ kind, method }) => kind === 'api' && method === 'POST')
    .map(({ endpoint, division }) => `${endpoint} ${division}`)
    .filter((post) => post.startsWith('crm/Accounts '));
const there = () => tenant.administrations[1]!; // the world has two

/** A relation with an account in the first administration alone, that nothing is asked of, and no namesake there (as "Contante verkoop" has). */
async function aloneRelation(): Promise<RelationId> {
  const [row] = await inTenant(rig.database, tenant.tenantId, (tx) =>
    tx.execute<{ id: string }>(sql`
      select r.id from relations r join links l on l.relation_id = r.id join source_relations s on s.id = l.source_relation_id
      where r.state = 'active' and not r.is_intercompany and r.values->>'kvk' is not null
        and not exists (select from proposals p where r.id in (p.relation_a, p.relation_b))
        and not exists (select from source_relations n
          where n.administration_id = ${there().id}::uuid and n.name = r.values->>'name')
      group by r.id having count(distinct s.id) = 1 and bool_and(s.administration_id = ${tenant.administrations[0]!.id}::uuid)
      order by r.id limit 1`),
  );
  if (!row) throw new Error('no such relation');
  return asId(row.id);
}

/** A relation of the first administration alone, with one open question: whether one that stands in the other is the same. */
async function relationInQuestion(): Promise<{ relationId: RelationId; proposalId: ProposalId }> {
  const [row] = await inTenant(rig.database, tenant.tenantId, (tx) =>
    tx.execute<{ relation: string; proposal: string }>(sql`
      with places as (select l.relation_id, array_agg(distinct s.administration_id::text) as at
        from links l join source_relations s on s.id = l.source_relation_id group by 1),
      asked as (select id, relation_a as one, relation_b as other from proposals where state = 'open'
        union all select id, relation_b, relation_a from proposals where state = 'open')
      select one as relation, (array_agg(asked.id))[1] as proposal from asked
        join places here on here.relation_id = one join places there on there.relation_id = other
      where here.at = array[${tenant.administrations[0]!.id}::text] and ${there().id}::text = any (there.at)
      group by one having count(*) = 1 order by one limit 1`),
  );
  if (!row) throw new Error('no such question');
  return { relationId: asId(row.relation), proposalId: asId(row.proposal) };
}

async function versionOf(proposalId: ProposalId): Promise<number> {
  const [row] = await inTenant(rig.database, tenant.tenantId, (tx) =>
    tx.execute<{ version: number }>(sql`
      select p.version + a.version + b.version as version from proposals p
      join relations a on a.id = p.relation_a join relations b on b.id = p.relation_b where p.id = ${proposalId}::uuid`),
  );
  return row?.version ?? 0;
}

async function openCauses(): Promise<string[]> {
  const rows = await inTenant(rig.database, tenant.tenantId, (tx) =>
    tx.execute<{ cause_key: string }>(
      sql`select cause_key from issues where state = 'open' and cause_key like 'account-alike:%'`,
    ),
  );
  return rows.map(({ cause_key: key }) => key);
}

const use = (relationId: RelationId) =>
  useRelation(rig.services.deps, {
    tenantId: tenant.tenantId,
    relationId,
    administrationId: there().id,
    actor: systemActor,
  });

async function intentOf(relationId: RelationId) {
  const [row] = await inTenant(rig.database, tenant.tenantId, (tx) =>
    tx.execute<{ id: string; state: string; attempts: number }>(
      sql`select id, state, attempts from write_intents where relation_id = ${relationId}::uuid and kind = 'create'`,
    ),
  );
  if (!row) throw new Error('no create');
  return row;
}

/** How often the account of that name stands there in Exact, and with us. */
async function standing(relationId: RelationId) {
  const [row] = await inTenant(rig.database, tenant.tenantId, (tx) =>
    tx.execute<{ name: string; linked: number }>(sql`
      select r.values->>'name' as name, (select count(distinct s.id)::int from links l
        join source_relations s on s.id = l.source_relation_id
        where l.relation_id = r.id and s.administration_id = ${there().id}::uuid and s.state = 'present') as linked
      from relations r where r.id = ${relationId}::uuid`),
  );
  const accounts = [...rig.sandbox.world.division(there().division)!.tables.Accounts.all()];
  return { inExact: accounts.filter((one) => one['Name'] === row?.name).length, linked: row?.linked };
}

/** The contact persons of the relation's accounts, as last fetched, by name. */
async function personsOf(relationId: RelationId): Promise<string[]> {
  const rows = await inTenant(rig.database, tenant.tenantId, (tx) =>
    tx.execute<{ persons: string }>(sql`
      select (select string_agg(concat_ws(' ', c.fields ->> 'firstName', c.fields ->> 'lastName'), ', ' order by c.fields ->> 'lastName')
        from source_parts c where c.kind = 'contact' and c.state = 'present'
          and c.administration_id = s.administration_id and c.account_exact_id = s.exact_id) as persons
      from source_relations s where s.id in (select source_relation_id from links where relation_id = ${relationId}::uuid)`),
  );
  return rows.map(({ persons }) => persons);
}

describe('a relation that is going to be used in an administration without it', () => {
  it('is created there once, linked, and known to the next resync (product.md 3.4)', async () => {
    const relationId = await aloneRelation();
    expect(await use(relationId)).toMatchObject({ ok: true, value: { state: 'requested' } });
    await workToTheEnd(rig);

    expect(posts()).toEqual([`crm/Accounts ${there().division}`]);
    expect(await standing(relationId)).toEqual({ inExact: 1, linked: 1 });
    const used = await use(relationId);
    expect(used).toMatchObject({ ok: true, value: { state: 'linked', isBlocked: false } });
    await rig.advance(2 * minuteMs);
    const runId = await tenant.resync();
    await workToTheEnd(rig);
    expect((await tenant.run(runId)).statistics).toMatchObject({
      created: 0,
      changed: 0,
      asked: 0,
      writes: 0,
    });
    expect(await standing(relationId)).toEqual({ inExact: 1, linked: 1 });
    expect(posts()).toHaveLength(1);
    const [persons, made, ...more] = await personsOf(relationId);
    expect(persons).toMatch(/\S+ \S+, \S+/);
    expect([made, more]).toEqual([persons, []]);
  });

  it('gets one create from two who ask at once', async () => {
    const relationId = await aloneRelation();
    const answers = await Promise.all([use(relationId), use(relationId), use(relationId)]);
    expect(answers.every((each) => each.ok && each.value.state === 'requested')).toBe(true);
    await workToTheEnd(rig);
    expect(posts()).toHaveLength(1);
  });

  it('gets no second account when the worker dies between the POST and settling', async () => {
    const relationId = await aloneRelation();
    await use(relationId);
    const source = rig.services.writeSource;
    const { id } = await intentOf(relationId);
    const dying = Object.assign(Object.create(source) as typeof source, {
      createAccount: async (...sent: Parameters<typeof source.createAccount>) => {
        await source.createAccount(...sent);
        throw new Error('killed');
      },
    });
    const command = { tenantId: tenant.tenantId, intentId: asId<never>(id) };
    await expect(sendWrite({ ...rig.services.deps, source: dying }, command)).rejects.toThrow('killed');
    expect(await intentOf(relationId)).toMatchObject({ state: 'sent', attempts: 1 });

    await rig.advance(3 * minuteMs);
    await workToTheEnd(rig);

    expect(posts()).toHaveLength(1);
    expect(await intentOf(relationId)).toMatchObject({ state: 'confirmed', attempts: 2 });
    expect(await standing(relationId)).toEqual({ inExact: 1, linked: 1 });
  });

  it('is not made while it is asked whether an account there is the same, and is made once a person says that it is not', async () => {
    const { relationId, proposalId } = await relationInQuestion();
    await use(relationId);
    await workToTheEnd(rig);
    expect(posts()).toEqual([]);
    expect(await openCauses()).toEqual([`account-alike:${relationId}:${there().id}`]);

    const decided = await decideProposal(rig.services.deps, {
      ...{ tenantId: tenant.tenantId, proposalId, verdict: 'different', actor: systemActor },
      version: await versionOf(proposalId),
    });
    expect(decided.ok).toBe(true);
    await workToTheEnd(rig);
    expect(posts()).toEqual([`crm/Accounts ${there().division}`]);
    expect(await standing(relationId)).toMatchObject({ linked: 1 });
    expect(await openCauses()).toEqual([]);
  });

  it('gets no second account when the answer to the POST is lost', async () => {
    rig.sandbox.faults.plant({
      kind: 'lost-post-response',
      match: { endpoint: 'crm/Accounts', method: 'POST' },
    });
    const relationId = await aloneRelation();
    await use(relationId);
    await workToTheEnd(rig);

    expect(posts()).toHaveLength(1);
    expect(await standing(relationId)).toEqual({ inExact: 1, linked: 1 });
  });
});
