import type { Administration, AdministrationsTx } from '../administrations/index.js';
import type { AdministrationId, RelationId } from '../kernel/index.js';
import type { Member } from './leading-values.js';
import type { Link } from './link.js';
import type { LinksTx } from './links.port.js';
import type { SourceRelation } from './source-relation.js';
import type { SourceRelationsTx } from './source-relations.port.js';

/** A linked account with its links, as a relation's use cases need it. */
export interface LinkedMember extends Member {
  readonly links: readonly Link[];
  readonly isAlias: boolean;
  readonly isLinked: boolean;
}

export type Positions = ReadonlyMap<AdministrationId, Administration>;

/** The administrations by id. */
export async function loadAdministrations(tx: AdministrationsTx): Promise<Positions> {
  const administrations = await tx.administrations.findMany();
  return new Map(administrations.map((administration) => [administration.id, administration]));
}

/** An account with its administration's place in the order of selection, and what stays there. */
export function memberOf(source: SourceRelation, positions: Positions): Member {
  const administration = positions.get(source.administrationId);
  return {
    source,
    position: administration?.position ?? Number.MAX_SAFE_INTEGER,
    localFields: administration?.writePolicy.localFields ?? [],
  };
}

/** The accounts of each relation, deleted ones too, in the order of their ids. Locks the accounts when asked to. */
export async function loadMembers(
  tx: LinksTx & SourceRelationsTx,
  ids: readonly RelationId[],
  options: { readonly positions: Positions; readonly forUpdate?: boolean },
): Promise<Map<RelationId, LinkedMember[]>> {
  const links = await tx.links.findOfRelations(ids);
  const bySource = Map.groupBy(links, (link) => link.sourceRelationId);
  const sourceIds = [...bySource.keys()];
  const sources = options.forUpdate
    ? await tx.sourceRelations.findManyForUpdate(sourceIds)
    : await tx.sourceRelations.findMany(sourceIds);
  const members = new Map<RelationId, LinkedMember[]>(ids.map((id) => [id, []]));
  for (const source of sources) {
    const own = bySource.get(source.id) ?? [];
    const relationId = own[0]?.relationId;
    if (relationId) members.get(relationId)?.push(linkedMember(memberOf(source, options.positions), own));
  }
  return members;
}

/** A member with its links. */
export function linkedMember(member: Member, links: readonly Link[]): LinkedMember {
  return {
    ...member,
    links,
    isAlias: links.every((link) => link.isAlias) && links.length > 0,
    isLinked: links.some((link) => link.state === 'linked'),
  };
}
