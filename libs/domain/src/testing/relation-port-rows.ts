import {
  asId,
  type AdministrationId,
  type RelationId,
  type SourceRelationId,
  type SyncRunId,
} from '../kernel/index.js';
import type { Link, Relation } from '../relations/index.js';
import { idOf } from './a-relations-world.js';
import { aSourceRelation } from './a-source-relation.js';

export const a = asId<AdministrationId>(idOf(900));
export const b = asId<AdministrationId>(idOf(901));
export const run = asId<SyncRunId>(idOf(800));
const at = new Date('2026-11-25T09:00:00.000Z');
export const source = (number: number) => asId<SourceRelationId>(idOf(number));
export const relationId = (number: number) => asId<RelationId>(idOf(number));

export function aRelation(number: number, over: Partial<Relation> = {}): Relation {
  const { fields } = aSourceRelation({ id: idOf(1), administrationId: a, shared: { phone: '0200000012' } });
  return {
    id: relationId(number),
    values: fields.shared,
    leading: { name: { source: source(1) }, phone: { byName: 'Anna', at: at.toISOString() } },
    searchText: 'bakker bouw b.v.',
    state: 'active',
    survivorId: null,
    isIntercompany: false,
    version: 1,
    createdAt: at,
    updatedAt: at,
    ...over,
  };
}

export function aLink(number: number, relation: number, over: Partial<Link> = {}): Link {
  return {
    sourceRelationId: source(number),
    role: 'customer',
    relationId: relationId(relation),
    state: 'linked',
    origin: 'own',
    isAlias: false,
    linkedAt: at,
    ...over,
  };
}
