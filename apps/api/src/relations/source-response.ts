import type { SourceRelation } from '@koppel/contracts';
import { rolesOf, sharedFieldNames, type Link } from '@koppel/domain/relations';
import { regionBaseUrl, type Region } from '@koppel/exact-client/auth';
import type { SourceRow } from '@koppel/persistence/read';

/** An account as a person compares it, with a way into Exact. */
export function toSourceResponse(row: SourceRow, links: readonly Link[]): SourceRelation {
  const { source, administration } = row;
  const own = links.filter((link) => link.sourceRelationId === source.id);
  return {
    id: source.id,
    administrationId: source.administrationId,
    administrationName: administration.name,
    administrationCode: administration.code,
    code: source.fields.local.code,
    values: source.fields.shared,
    roles: rolesOf(source),
    isBlocked: source.isBlocked,
    endsOn: source.fields.local.endsOn,
    isOwnCompany: source.isOwnCompany,
    state: source.state,
    isAlias: own.length > 0 && own.every((link) => link.isAlias),
    localFields: [...administration.localFields],
    modifiedAt: source.modifiedAt?.toISOString() ?? null,
    changedAt: source.changedAt.toISOString(),
    valueDates: valueDatesOf(row),
    contactPersons: row.contactPersons,
    bankAccounts: [...row.bankAccounts],
    deepLink: deepLink(row),
  };
}

function valueDatesOf({ source, valueDates }: SourceRow): SourceRelation['valueDates'] {
  const filled = sharedFieldNames.filter((field) => source.fields.shared[field] !== null);
  const dated = filled.flatMap((field) => {
    const own = valueDates.byField[field];
    const at = own ?? valueDates.others;
    return at === null ? [] : [[field, { at, isLatest: own === undefined }]];
  });
  return Object.fromEntries(dated) as SourceRelation['valueDates'];
}

/** The account's card in Exact Online. */
function deepLink({ source, administration }: SourceRow): string {
  const site = regionBaseUrl(administration.region as Region); // written by our own connect step
  return `${site}/docs/CRMAccountCard.aspx?_Division_=${administration.division}&AccountID=${source.exactId}`;
}
