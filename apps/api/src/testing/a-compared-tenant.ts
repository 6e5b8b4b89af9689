import { asId, ok, type AdministrationId, type SyncRunId } from '@koppel/domain/kernel';
import { compareRun, type SharedValues } from '@koppel/domain/relations';
import { anAdministration, aSourceRelation } from '@koppel/domain/testing';
import { DrizzleUnitOfWork, inTenant } from '@koppel/persistence';
import { putSource } from '@koppel/persistence/testing';
import type { TestApi, TestTenant } from './test-api.js';

/** An account: the number of its administration, and what it says. */
export interface FetchedAccount {
  readonly company: number;
  readonly shared: Partial<SharedValues>;
  readonly code?: string;
  readonly isBlocked?: boolean;
  readonly ibans?: readonly string[];
}

export interface ComparedTenant extends TestTenant {
  readonly administrationIds: readonly AdministrationId[];
  /** Ids of the accounts, in the order given. */
  readonly sourceIds: readonly string[];
}

/** A tenant with active administrations whose accounts were fetched and compared. */
export async function addComparedTenant(
  api: TestApi,
  accounts: readonly FetchedAccount[],
  contactHandling: 'automatic' | 'manual' = 'manual',
): Promise<ComparedTenant> {
  const tenant = await api.tenant();
  const { newId, now } = api.chance;
  const uow = new DrizzleUnitOfWork(api.database);
  const companies = [0, 1, 2].map((index) =>
    anAdministration({
      id: asId<AdministrationId>(newId()),
      connectionId: asId(newId()),
      division: 900_001 + index,
      name: `Bouwbedrijf ${'ABC'[index] ?? ''}`,
      code: `00${index + 1}`,
      position: index + 1,
      state: 'active',
    }),
  );
  await uow.run(tenant.id, async (tx) => {
    for (const company of companies) await tx.administrations.add(company);
    return ok(undefined);
  });
  const runId = asId<SyncRunId>(newId());
  const sourceIds = accounts.map(() => newId());
  await inTenant(api.database, tenant.id, async (tx) => {
    for (const [index, account] of accounts.entries())
      await putSource(tx, {
        tenantId: tenant.id,
        changedInRun: runId,
        ibans: account.ibans ?? [],
        source: aSourceRelation({
          id: sourceIds[index] ?? newId(),
          administrationId: companies[account.company]?.id ?? asId<AdministrationId>(newId()),
          shared: account.shared,
          local: { code: account.code ?? `${1001 + index}`, isBlocked: account.isBlocked ?? false },
        }),
      });
  });
  const command = { tenantId: tenant.id, runId, runKind: 'initial', contactHandling } as const;
  await compareRun({ uow, newId, now }, { ...command, onProgress: () => undefined });
  return { ...tenant, administrationIds: companies.map(({ id }) => id), sourceIds };
}
