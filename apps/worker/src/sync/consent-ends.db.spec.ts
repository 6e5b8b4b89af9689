import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { disconnect } from '@koppel/domain/coupling';
import { asId, type Actor, type RelationId, type WriteIntentId } from '@koppel/domain/kernel';
import { editRelation } from '@koppel/domain/relations';
import {
  cancelOpenRun,
  runStep,
  sendWrite,
  type RelationSource,
  type WriteSource,
} from '@koppel/domain/sync';
import { inSystem, inTenant } from '@koppel/persistence';
import { aFetchingTenant, type FetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { reconnect } from '../testing/reconnect.js';
import { workToTheEnd } from '../testing/work-to-the-end.js';

const anna: Actor = { id: 'u1', name: 'Anna', kind: 'person' };
/** Reading may go on with a token in memory for so long, and a millisecond. */
const rememberedMs = 5_001;

let rig: WorkerRig;
let tenant: FetchingTenant;
beforeEach(async () => {
  rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 2, relations: 12 } } });
  tenant = await aFetchingTenant(rig, { state: 'active' });
  await tenant.start();
  await workToTheEnd(rig);
  await rig.advance(120_000);
});
afterEach(() => rig.close());

async function select<Row extends Record<string, unknown>>(query: ReturnType<typeof sql>): Promise<Row[]> {
  return [...(await inTenant(rig.database, tenant.tenantId, (tx) => tx.execute<Row>(query)))] as Row[];
}

/** The same port, with something happening right after the first answer of one of its methods. */
function happeningAfter<Source extends object>(
  source: Source,
  method: keyof Source,
  meanwhile: () => Promise<unknown>,
): Source {
  let hasHappened = false;
  return new Proxy(source, {
    get: (target, name, receiver) => {
      const member: unknown = Reflect.get(target, name, receiver);
      if (name !== method || hasHappened || typeof member !== 'function') return member;
      hasHappened = true;
      return async (...asked: unknown[]) => {
        const answer: unknown = await Reflect.apply(member, target, asked);
        await meanwhile();
        return answer;
      };
    },
  });
}

async function firstStep(runId: string) {
  const { id: administrationId } = tenant.administrations[0]!; // two were taken
  const [step] = await select<{ id: string }>(sql`select id from sync_steps where run_id = ${runId}::uuid
    and administration_id = ${administrationId}::uuid order by position limit 1`);
  return asId<never>(step!.id); // a run has steps
}

async function runFirstStep(runId: Awaited<ReturnType<FetchingTenant['resync']>>, source: RelationSource) {
  const stepId = await firstStep(runId);
  const { tenantId } = tenant;
  const command = { tenantId, runId, stepId, owner: 'w', pagesMax: 1, shouldYield: () => false };
  return runStep({ ...rig.services.deps, source }, command);
}

/** A person changes a telephone number, which plans a write to every administration that has the relation. */
async function planWrite(): Promise<WriteIntentId> {
  const [found] = await select<{ id: string; version: number }>(sql`select r.id, r.version from relations r
    where r.state = 'active' and not r.is_intercompany and exists (select from links where relation_id = r.id) order by r.id limit 1`);
  const { id, version } = found!; // the world has relations
  const edited = await editRelation(rig.services.deps, {
    tenantId: tenant.tenantId,
    relationId: asId<RelationId>(id),
    version,
    values: { phone: '0318-111111' },
    actor: anna,
  });
  if (!edited.ok) throw new Error(edited.error.kind);
  const [intent] = await select<{ id: string }>(
    sql`select id from write_intents where state = 'planned' order by id limit 1`,
  );
  return asId<WriteIntentId>(intent!.id); // just planned
}

const send = (intentId: WriteIntentId, source: WriteSource) =>
  sendWrite({ ...rig.services.deps, source }, { tenantId: tenant.tenantId, intentId });
const putsSent = () =>
  rig.sandbox.journal.entries().filter(({ kind, method }) => kind === 'api' && method !== 'GET');
const takeAway = () => disconnect(rig.services.deps, tenant);
const switchOff = async () => {
  await inSystem(rig.database, (tx) => tx.execute(sql`update tenants set feature_enabled_at = null`));
  await cancelOpenRun(rig.services.deps, tenant);
};

const tokens = sql`select access_token_ciphertext as access, refresh_token_ciphertext as refresh, refresh_token_hash as hash
  from connections`;

describe('a connection that is taken away while a run reads (F82)', () => {
  it('loses its tokens at once; the run asks nothing more, and ends with what it had', async () => {
    const runId = await tenant.resync();
    const meanwhile = async () => {
      await takeAway();
      expect(await select(tokens)).toEqual([{ access: null, refresh: null, hash: null }]);
      await rig.advance(rememberedMs);
      rig.sandbox.journal.clear();
    };
    const relationSource = happeningAfter<RelationSource>(
      rig.services.relationSource,
      'fetchPage',
      meanwhile,
    );

    await rig.drain({ ...rig.services, relationSource });

    expect(rig.sandbox.journal.entries()).toEqual([]);
    const left = await select<{ state: string; failure: { message: string } }>(
      sql`select distinct on (administration_id) state, failure from sync_steps
        where run_id = ${runId}::uuid and state <> 'done' and kind <> 'compare' order by administration_id, position`,
    );
    const stoodAside = { state: 'skipped', failure: { kind: 'stood-aside', message: 'reconnect' } };
    expect(left).toEqual(tenant.administrations.map(() => stoodAside));
    expect((await tenant.run(runId)).state).toBe('completed');
    expect((await tenant.openIssues()).map((key) => key.split(':')[0])).toEqual(['connection-broken']);
  });

  it('has nothing written with it any more, also by a worker that was in the middle of a write; after reconnecting it is written once', async () => {
    const intentId = await planWrite();
    rig.sandbox.journal.clear();

    await send(intentId, happeningAfter<WriteSource>(rig.services.writeSource, 'readAccount', takeAway));
    await rig.drain();
    expect(putsSent()).toEqual([]);
    const open = sql`select state from write_intents where settled_at is null`;
    expect(new Set((await select(open)).map(({ state }) => state))).toEqual(new Set(['planned']));

    await reconnect(rig, tenant);
    rig.sandbox.journal.clear();
    await rig.advance(20 * 60_000);
    await workToTheEnd(rig);
    expect(await select(open)).toEqual([]);
    const ids = putsSent().map(({ path }) => path);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('an organisation that is switched off while a run reads (F82)', () => {
  it('has its run cancelled: the page under way is not stored, nothing more is asked or written, and what people did is kept', async () => {
    await planWrite();
    const acts = sql`select id, kind, actor_name, at from actions order by id`;
    const before = await select(acts);
    const runId = await tenant.resync();
    const { division } = tenant.administrations[0]!; // two were taken
    rig.sandbox.edits.create({ division, entity: 'crm/Accounts' }, { Name: 'Tijdens Het Uitzetten B.V.' });
    const source = happeningAfter<RelationSource>(rig.services.relationSource, 'fetchPage', switchOff);

    expect(await runFirstStep(runId, source)).toEqual({ kind: 'lease-lost' });
    rig.sandbox.journal.clear();
    await rig.drain();
    await rig.advance(120_000);
    await rig.drain();

    expect(await tenant.run(runId)).toMatchObject({ state: 'cancelled' });
    expect(await select(sql`select id from source_relations where name like 'Tijdens Het%'`)).toEqual([]);
    expect(rig.sandbox.journal.entries()).toEqual([]);
    expect(before.length).toBeGreaterThan(0);
    expect(await select(acts)).toEqual(before);
  });
});
