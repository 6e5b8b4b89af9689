import { ok, type AdministrationId, type Deps, type RelationId, type TenantId } from '../kernel/index.js';
import type { LinksTx } from './links.port.js';
import type { RelationsTx } from './relations.port.js';
import type { SourceRelationsTx } from './source-relations.port.js';

export type PlanLinksTx = LinksTx & RelationsTx & SourceRelationsTx;

/** An account that shares a relation with another one. */
export interface PlannedLink {
  readonly administrationId: AdministrationId;
  readonly relationId: RelationId;
  readonly relationName: string;
  /** As Exact has them. */
  readonly code: string | null;
  readonly accountName: string;
}

export interface PlanLinksPage {
  readonly links: readonly PlannedLink[];
  /** Where the next page begins; null after the last. */
  readonly next: RelationId | null;
}

const relationsPerPortion = 500;

/** The links of the plan (product.md 3.19), piece by piece in a short transaction each: by relation, then account. Writes nothing. */
export async function readPlanLinks(
  deps: Pick<Deps<PlanLinksTx>, 'uow'>,
  command: { readonly tenantId: TenantId; readonly after: RelationId | null },
): Promise<PlanLinksPage> {
  const read = await deps.uow.run(command.tenantId, async (tx) => {
    const joined = await tx.links.findJoined(command.after, relationsPerPortion);
    const relations = await tx.relations.findMany(joined.map(({ relationId }) => relationId));
    const sources = await tx.sourceRelations.findMany(joined.flatMap((one) => one.sourceRelationIds));
    const names = new Map(relations.map(({ id, values }) => [id, values.name]));
    const accounts = new Map(sources.map((source) => [source.id, source]));
    const links = joined.flatMap(({ relationId, sourceRelationIds }) =>
      sourceRelationIds.flatMap((id): PlannedLink[] => {
        const source = accounts.get(id);
        if (!source) return [];
        const { administrationId, fields } = source;
        const relationName = names.get(relationId) ?? '';
        const { code } = fields.local;
        return [{ administrationId, relationId, relationName, code, accountName: fields.shared.name }];
      }),
    );
    const next = joined.length < relationsPerPortion ? null : (joined.at(-1)?.relationId ?? null);
    return ok({ links, next });
  });
  return read.ok ? read.value : { links: [], next: null };
}
