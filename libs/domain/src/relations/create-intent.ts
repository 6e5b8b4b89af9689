import type { Administration } from '../administrations/index.js';
import { asId, type WriteIntentId } from '../kernel/index.js';
import type { AccountWrite } from '../sync/index.js';
import { rolesOf, type AccountRole } from './link.js';
import type { LinkedMember } from './members.js';
import type { Relation } from './relation.js';
import { valuesToCreate } from './values-to-create.js';
import type { WriteFacts } from './write-planner.js';

/** The account that is to be made for a relation in an administration (product.md 3.4); searched for once more before it is. */
export function createIntent(
  of: {
    readonly relation: Pick<Relation, 'id' | 'values'>;
    readonly administration: Pick<Administration, 'id' | 'writePolicy'>;
    readonly roles: readonly AccountRole[];
  },
  facts: WriteFacts,
): AccountWrite {
  const { relation, administration, roles } = of;
  return {
    id: asId<WriteIntentId>(facts.newId()),
    administrationId: administration.id,
    relationId: relation.id,
    sourceRelationId: null,
    kind: 'create',
    roles,
    part: null,
    patch: valuesToCreate(relation, administration.writePolicy.localFields),
    state: 'planned',
    attempts: 0,
    triesBefore: 0,
    failure: null,
    purpose: facts.purpose,
    createdBy: facts.byName,
    createdAt: facts.now,
    dueAt: facts.now,
    sentAt: null,
    settledAt: null,
  };
}

/** What the relation is in any administration. */
export function rolesElsewhere(members: readonly LinkedMember[]): AccountRole[] {
  const there = members.filter(({ source, isLinked }) => isLinked && source.state === 'present');
  const played = new Set(there.flatMap(({ source }) => rolesOf(source)));
  return (['customer', 'supplier'] as const).filter((role) => played.has(role));
}
