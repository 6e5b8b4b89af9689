import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  asId,
  type Actor,
  type RelationId,
  type SyncRunId,
  type SyncStepId,
  type WriteIntentId,
} from '@koppel/domain/kernel';
import { editRelation } from '@koppel/domain/relations';
import type { RelationSource, WriteSource } from '@koppel/domain/sync';
import { inTenant } from '@koppel/persistence';
import { handleMessage } from '../handle-message.js';
import { aFetchingTenant, type FetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';

const anna: Actor = { id: 'u1', name: 'Anna', kind: 'person' };
/** Longer than a write may be silent before another worker takes it over. */
const pauseMs = 151_000;

let rig: WorkerRig;
let tenant: FetchingTenant;
beforeEach(async () => {
  rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 2, relations: 12 } } });
  tenant = await aFetchingTenant(rig, { state: 'active' });
  await tenant.start();
  await rig.drain();
  await rig.advance(120_000);
});
afterEach(() => rig.close());

const fenced = () =>
  rig.services.survivedFaults.fencedSamples().map(({ labels, value }) => `${labels?.['work']} ${value}`);

async function select<Row extends Record<string, unknown>>(query: ReturnType<typeof sql>): Promise<Row[]> {
  const rows = await inTenant(rig.database, tenant.tenantId, (tx) => tx.execute<Row>(query));
  return [...rows] as Row[];
}

/** A person changes the telephone number of the first relation that has accounts. */
async function editPhone(phone: string): Promise<void> {
  const [found] = await select<{ id: string; version: number }>(sql`select r.id, r.version from relations r
    where r.state = 'active' and not r.is_intercompany and exists (select from links where relation_id = r.id) order by r.id limit 1`);
  const { id, version } = found!; // the world has relations
  const relationId = asId<RelationId>(id);
  const values = { phone };
  const edited = await editRelation(rig.services.deps, {
    tenantId: tenant.tenantId,
    relationId,
    version,
    values,
    actor: anna,
  });
  if (!edited.ok) throw new Error(edited.error.kind);
}

/** A source whose worker stands still after it read the account, until `meanwhile` is over. */
function pausedAfterReading(source: WriteSource, meanwhile: () => Promise<void>): WriteSource {
  let isPaused = false;
  return new Proxy(source, {
    get: (target, name, receiver) => {
      if (name !== 'readAccount' || isPaused) return Reflect.get(target, name, receiver) as unknown;
      isPaused = true;
      return async (...asked: Parameters<WriteSource['readAccount']>) => {
        const read = await target.readAccount(...asked);
        await meanwhile();
        return read;
      };
    },
  });
}

it('a worker that stood still between reading and writing sends nothing old over what others wrote since (F02)', async () => {
  await editPhone('0318-111111');
  const [intent] = await select<{ id: string; division: number; exact_id: string }>(sql`
    select w.id, a.division, s.exact_id from write_intents w join source_relations s on s.id = w.source_relation_id
      join administrations a on a.id = w.administration_id where w.state = 'planned' order by w.id limit 1`);
  const { division, exact_id: exactId, id } = intent!; // just planned
  rig.sandbox.journal.clear();
  const other = rig.anotherWorker();
  const source = pausedAfterReading(rig.services.writeSource, async () => {
    await rig.advance(pauseMs);
    await rig.drain(other);
    await editPhone('0318-222222');
    await rig.drain(other);
  });

  const paused = { ...rig.services, writeSource: source };
  const message = { kind: 'send-write', intentId: asId<WriteIntentId>(id) } as const;
  expect(await handleMessage(paused, tenant.tenantId, message)).toEqual({ kind: 'done' });

  expect(fenced()).toEqual(['fetch 0', 'compare 0', 'write 1']);
  const puts = rig.sandbox.journal
    .entries()
    .filter(
      ({ method, division: code, path }) => method === 'PUT' && code === division && path.includes(exactId),
    );
  expect(puts).toHaveLength(2);
  const account = rig.sandbox.world.division(division)?.tables.Accounts.find(exactId);
  expect(account?.['Phone']).toBe('0318-222222');
  expect(
    await select(sql`select id from write_intents where state in ('planned', 'sent', 'uncertain')`),
  ).toEqual([]);
});

it('a worker that stood still while it fetched a page stores nothing of it, and counts that (F02)', async () => {
  await tenant.resync();
  const [step] = await select<{ run_id: string; id: string }>(sql`
    select run_id, id from sync_steps where state = 'pending' and kind = 'accounts' order by id limit 1`);
  const { run_id: runId, id: stepId } = step!; // just opened
  const relationSource: RelationSource = new Proxy(rig.services.relationSource, {
    get: (target, name, receiver) => {
      if (name !== 'fetchPage') return Reflect.get(target, name, receiver) as unknown;
      return async (...asked: Parameters<RelationSource['fetchPage']>) => {
        const page = await target.fetchPage(...asked);
        await select(sql`update sync_steps set epoch = epoch + 1 where id = ${stepId}::uuid`); // another took it over
        return page;
      };
    },
  });

  const message = {
    kind: 'run-step',
    runId: asId<SyncRunId>(runId),
    stepId: asId<SyncStepId>(stepId),
  } as const;
  await handleMessage({ ...rig.services, relationSource }, tenant.tenantId, message);

  expect(fenced()).toEqual(['fetch 1', 'compare 0', 'write 0']);
  const [after] = await select(sql`select records, cursor_next from sync_steps where id = ${stepId}::uuid`);
  expect(after).toEqual({ records: 0, cursor_next: null });
});
