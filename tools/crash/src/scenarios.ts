import { sql } from 'drizzle-orm';
import { asId, systemActor, type RelationId, type TenantId } from '@koppel/domain/kernel';
import { editRelation } from '@koppel/domain/relations';
import { startResync, startRun } from '@koppel/domain/sync';
import type { Services } from '@koppel/worker/handlers';
import { anna, expectOk, read } from './person.js';
import { mergeSome } from './merge-some.js';
import { approveNumber } from './shared-parts.js';
import type { ScenarioName } from './scenario-names.js';
import { useOne } from './use-one.js';

const editedPhone = '0318-555123';

/** What a person does in a scenario, and does again after an interruption because there was no answer: each act is looked at before it is repeated. */
export async function act(scenario: ScenarioName, services: Services, tenantId: TenantId): Promise<void> {
  switch (scenario) {
    case 'initial':
      return startFirst(services, tenantId);
    case 'resync':
    case 'deletion':
    case 'parts':
      return resyncOnce(services, tenantId);
    case 'write-back':
      await editOnce(services, tenantId);
      return resyncOnce(services, tenantId);
    case 'merge':
      return mergeSome(services, tenantId);
    case 'create':
      return useOne(services, tenantId);
  }
}

/** What the person does about what came of it; says whether there was anything to do. */
export async function actLater(
  scenario: ScenarioName,
  services: Services,
  tenantId: TenantId,
): Promise<boolean> {
  return scenario === 'parts' && approveNumber(services, tenantId);
}

async function startFirst(services: Services, tenantId: TenantId): Promise<void> {
  if ((await runs(services, tenantId, 'initial')) > 0) return;
  const rows = await read<{ id: string }>(
    services,
    tenantId,
    sql`select id from administrations order by division`,
  );
  const administrationIds = rows.map(({ id }) => asId<never>(id));
  const command = {
    tenantId,
    administrationIds,
    kind: 'initial',
    trigger: 'person',
    actor: systemActor,
  } as const;
  expectOk(await startRun(services.deps, command));
}

async function resyncOnce(services: Services, tenantId: TenantId): Promise<void> {
  if ((await runs(services, tenantId, 'resync')) > 0) return;
  expectOk(await startResync(services.deps, { tenantId, trigger: 'person', actor: anna }));
}

/** Another phone number for the first relation that stands for accounts of several administrations. */
async function editOnce(services: Services, tenantId: TenantId): Promise<void> {
  const [found] = await read<{ id: string; version: number; phone: string | null }>(
    services,
    tenantId,
    sql`select r.id, r.version, r.values ->> 'phone' as phone from relations r
      join links l on l.relation_id = r.id join source_relations s on s.id = l.source_relation_id
      where r.state = 'active' and not r.is_intercompany group by r.id
      having count(distinct s.administration_id) > 1 order by min(s.exact_id::text) limit 1`,
  );
  if (!found) throw new Error('the world has no merged relation');
  if (found.phone === editedPhone) return;
  const relationId = asId<RelationId>(found.id);
  const { version } = found;
  expectOk(
    await editRelation(services.deps, {
      tenantId,
      relationId,
      version,
      values: { phone: editedPhone },
      actor: anna,
    }),
  );
}

async function runs(services: Services, tenantId: TenantId, kind: string): Promise<number> {
  const rows = await read(services, tenantId, sql`select id from sync_runs where kind = ${kind}`);
  return rows.length;
}
