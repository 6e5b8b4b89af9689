import type { AdministrationId, RelationId } from '../kernel/index.js';
import type { Link, LinksTx, SourceRelation } from '../relations/index.js';
import type { SourceStoreTx } from './source-store.port.js';

/** An account of a relation, with one of its links. */
export interface AccountOfRelation {
  readonly link: Link;
  readonly source: SourceRelation;
}

/** The accounts that are linked to the relation and present, each once. */
export async function presentAccountsOf(
  tx: LinksTx & SourceStoreTx,
  relationId: RelationId,
): Promise<AccountOfRelation[]> {
  const links = await tx.links.findOfRelations([relationId]);
  const bySource = new Map(
    links.filter(({ state }) => state === 'linked').map((link) => [link.sourceRelationId, link]),
  );
  const accounts: AccountOfRelation[] = [];
  for (const link of bySource.values()) {
    const source = await tx.sourceStore.findRelation(link.sourceRelationId);
    if (source?.state === 'present') accounts.push({ link, source });
  }
  return accounts;
}

/** Whether one of them stands in the administration, not counting the one with `exactId`. */
export function standsIn(
  accounts: readonly AccountOfRelation[],
  administrationId: AdministrationId,
  exactId?: string,
): boolean {
  return accounts.some(
    ({ source }) => source.administrationId === administrationId && source.exactId !== exactId,
  );
}
