import { asId, ok, type ConnectionId } from '@koppel/domain/kernel';
import { aConnection, anAdministration, someSealedTokens } from '@koppel/domain/testing';
import { DrizzleUnitOfWork } from '@koppel/persistence';
import type { TestApi, TestTenant } from './test-api.js';

export interface ListedTenant extends TestTenant {
  /** Of its administrations, by position. */
  readonly ids: readonly string[];
  readonly connectionId: ConnectionId;
}

/** A tenant that is connected and whose divisions were listed; the first `active` of them were coupled before. */
export async function addListedTenant(api: TestApi, divisions: number, active = 0): Promise<ListedTenant> {
  const tenant = await api.tenant();
  const connectionId = asId<ConnectionId>(api.chance.newId());
  const coupled = { state: 'active' as const, code: '050', activatedAt: api.chance.now() };
  const administrations = Array.from({ length: divisions }, (_, index) =>
    anAdministration({
      id: asId(api.chance.newId()),
      connectionId,
      division: 900_001 + index,
      number: String(index + 1),
      ...(index < active ? coupled : {}),
    }),
  );
  await new DrizzleUnitOfWork(api.database).run(tenant.id, async (tx) => {
    await tx.connections.add(aConnection({ id: connectionId }), someSealedTokens());
    for (const one of administrations) await tx.administrations.add(one);
    return ok(undefined);
  });
  return { ...tenant, ids: administrations.map((one) => one.id), connectionId };
}

/** A body that the confirmation accepts. */
export const confirmation = { isConfirmed: true, text: 'Ik bevestig' };

/** Selects and configures with what is suggested. */
export async function configure(tenant: ListedTenant, ids = tenant.ids): Promise<void> {
  await tenant.admin.post('/v1/coupling/selection', { administrationIds: ids });
  const { body } = await tenant.admin.get('/v1/coupling/configuration');
  const { codes, version } = body as {
    codes: { administrationId: string; suggestedCode: string }[];
    version: number;
  };
  const saved = await tenant.admin.put('/v1/coupling/configuration', {
    contactHandling: 'automatic',
    version,
    codes: codes.map((one) => ({ administrationId: one.administrationId, code: one.suggestedCode })),
  });
  if (saved.status !== 200) throw new Error(`configuring answered ${saved.status}`);
}

/** Goes through the steps to the confirmation; answers the run's id. */
export async function startCoupling(tenant: ListedTenant): Promise<string> {
  await configure(tenant);
  const answer = await tenant.admin.post('/v1/coupling/confirmation', confirmation);
  if (answer.status !== 202) throw new Error(`confirming answered ${answer.status}`);
  return (answer.body as { runId: string }).runId;
}
