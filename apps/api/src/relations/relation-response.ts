import type { RelationDetail as DetailResponse, RelationSummary } from '@koppel/contracts';
import { bankAccountsOf, warningsOf, type Leading, type Role } from '@koppel/domain/relations';
import type { RelationDetail, RelationRow, SourceRow } from '@koppel/persistence/read';
import { toActionResponse } from './action-response.js';
import { toConflictResponse } from './conflict-response.js';
import { toSourceResponse } from './source-response.js';

const roleOrder: readonly Role[] = ['customer', 'supplier', 'other'];

/** A relation in a list. */
export function toRelationSummary(row: RelationRow): RelationSummary {
  const roles = new Set(row.accounts.flatMap((account) => account.roles));
  return {
    id: row.id,
    name: row.values.name,
    kvk: row.values.kvk,
    vat: row.values.vat,
    city: row.values.address?.city ?? null,
    email: row.values.email,
    roles: roleOrder.filter((role) => roles.has(role)),
    isIntercompany: row.isIntercompany,
    state: row.state,
    administrations: row.accounts.map((account) => ({
      administrationId: account.administrationId,
      name: account.name,
      code: account.code,
      relationCode: account.relationCode,
      isBlocked: account.isBlocked,
      state: account.state,
    })),
    openConflicts: row.openConflicts,
    openProposals: row.openProposals,
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** A relation with its accounts, origins, conflicts and history. */
export function toRelationDetail(detail: RelationDetail): DetailResponse {
  const { relation, sources } = detail;
  const administrations = new Map(
    sources.map(({ source, administration }) => [source.administrationId as string, administration.name]),
  );
  const names = { relationName: relation.values.name, administrations };
  return {
    id: relation.id,
    survivorId: detail.survivorId,
    values: relation.values,
    leading: Object.fromEntries(
      Object.entries(relation.leading).map(([field, leading]) => [field, toOrigin(leading, sources)]),
    ),
    state: relation.state,
    isIntercompany: relation.isIntercompany,
    isFrozen: detail.isFrozen,
    sources: sources.map((source) => toSourceResponse(source, detail.links)),
    notIn: detail.notIn.map((one) => ({ ...one })),
    bankAccounts: bankAccountsOf(sources.map(({ bankAccounts }) => bankAccounts)),
    conflicts: detail.conflicts.map((conflict) => toConflictResponse(conflict, names)),
    warnings: warningsOf(relation.values),
    history: detail.history.map((action) => toActionResponse(action, detail)),
    version: relation.version,
    updatedAt: relation.updatedAt.toISOString(),
  };
}

/** Where a value comes from; of an automatic choice the moment is that of the account's last change. */
function toOrigin(leading: Leading, sources: readonly SourceRow[]): DetailResponse['leading'][string] {
  const row = sources.find(({ source }) => source.id === leading.source);
  const changed = row && (row.source.modifiedAt ?? row.source.changedAt).toISOString();
  return {
    kind: leading.source === undefined ? 'portal' : 'source',
    sourceRelationId: leading.source ?? null,
    administrationId: row?.source.administrationId ?? null,
    administrationName: row?.administration.name ?? null,
    byName: leading.byName ?? null,
    at: leading.at ?? changed ?? null,
  };
}
