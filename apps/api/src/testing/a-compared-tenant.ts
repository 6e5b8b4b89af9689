import type { Administration } from '@koppel/domain/administrations';
import {
  asId,
  invariant,
  ok,
  type AdministrationId,
  type ContactHandling,
  type SyncRunId,
} from '@koppel/domain/kernel';
import { compareRun, type SharedValues, type SourceRelation } from '@koppel/domain/relations';
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
  /** Accounts as a later run fetched them, compared. */
  resync(fetched: readonly (FetchedAccount & { readonly id: string })[]): Promise<void>;
}

/** A tenant with active administrations whose accounts were fetched and compared. */
export async function addComparedTenant(
  api: TestApi,
  accounts: readonly FetchedAccount[],
  contactHandling: ContactHandling = 'manual',
): Promise<ComparedTenant> {
  const tenant = await api.tenant();
  const { newId, now } = api.chance;
  const uow = new DrizzleUnitOfWork(api.database);
  const companies = [0, 1, 2].map((index) => aCompany(newId, index));
  await uow.run(tenant.id, async (tx) => {
    for (const company of companies) await tx.administrations.add(company);
    return ok(undefined);
  });
  const compare = async (
    fetched: readonly (FetchedAccount & { readonly id: string })[],
    runKind: 'initial' | 'resync',
  ): Promise<void> => {
    const runId = asId<SyncRunId>(newId());
    await inTenant(api.database, tenant.id, async (tx) => {
      for (const account of fetched) {
        const source = toSource(account, companies[account.company]?.id);
        await putSource(tx, { tenantId: tenant.id, changedInRun: runId, ibans: account.ibans ?? [], source });
      }
    });
    const command = { tenantId: tenant.id, runId, runKind, contactHandling, onProgress: () => undefined };
    await compareRun({ uow, newId, now }, command);
  };
  const first = accounts.map((account, index) => ({ code: `${1001 + index}`, ...account, id: newId() }));
  await compare(first, 'initial');
  return {
    ...tenant,
    administrationIds: companies.map(({ id }) => id),
    sourceIds: first.map(({ id }) => id),
    resync: (fetched) => compare(fetched, 'resync'),
  };
}

function aCompany(newId: () => string, index: number): Administration {
  return anAdministration({
    id: asId<AdministrationId>(newId()),
    connectionId: asId(newId()),
    division: 900_001 + index,
    name: `Bouwbedrijf ${'ABC'[index] ?? ''}`,
    code: `00${index + 1}`,
    position: index + 1,
    state: 'active',
  });
}

function toSource(
  account: FetchedAccount & { readonly id: string },
  administrationId: AdministrationId | undefined,
): SourceRelation {
  invariant(administrationId !== undefined, 'there are three companies');
  const local = { code: account.code ?? null, isBlocked: account.isBlocked ?? false };
  return aSourceRelation({ id: account.id, administrationId, shared: account.shared, local });
}
