import type { Trouble } from '../issues/index.js';
import type { Conflict, Relation } from '../relations/index.js';
import type { SyncRun } from '../sync/index.js';
import type { Event, EventType } from './event.js';

const typeOfState = {
  active: 'relation.updated',
  merged: 'relation.merged',
  deleted: 'relation.deleted',
} as const satisfies Record<Relation['state'], EventType>;

/** What is told of relations that were added. */
export function eventsOfAdded(relations: readonly Relation[]): Event[] {
  return relations.map((relation) => aboutRelation('relation.created', relation, relation.createdAt));
}

/** What is told of relations that were written; of a merged one with the id that its own leads to from then on. */
export function eventsOfSaved(relations: readonly Relation[]): Event[] {
  return relations.map((relation) =>
    aboutRelation(typeOfState[relation.state], relation, relation.updatedAt),
  );
}

function aboutRelation(type: EventType, { id, survivorId }: Relation, at: Date): Event {
  const data = type === 'relation.merged' ? { relationId: id, survivorId } : { relationId: id };
  return { type, subjectId: id, data, link: `/v1/relations/${id}`, at };
}

/** What is told of conflicts that were added or written. */
export function eventsOfConflicts(conflicts: readonly Conflict[]): Event[] {
  return conflicts.map(({ id, relationId, field, state, openedAt, resolvedAt }) => ({
    type: state === 'open' ? 'conflict.opened' : 'conflict.resolved',
    subjectId: id,
    data: { conflictId: id, relationId, field },
    link: `/v1/relations/${relationId}`,
    at: resolvedAt ?? openedAt,
  }));
}

/** What is told of a run that was written: only how it ended. A cancelled run is nobody's news. */
export function eventsOfRun({ id, kind, trigger, state, endedAt }: SyncRun): Event[] {
  if (endedAt === null || (state !== 'completed' && state !== 'failed')) return [];
  const type = state === 'completed' ? 'sync.completed' : 'sync.failed';
  const data = { syncRunId: id, kind, trigger };
  return [{ type, subjectId: id, data, link: `/v1/sync-runs/${id}`, at: endedAt }];
}

/** What is told of troubles that are news: consents that ended and administrations that are closed to us. */
export function eventsOfTroubles(troubles: readonly Trouble[], at: Date): Event[] {
  return troubles.flatMap(({ cause, causeKey, administrationId }): Event[] => {
    if (cause === 'connection-broken') {
      const connectionId = causeKey.slice(causeKey.indexOf(':') + 1);
      const type = 'connection.reauth_required';
      return [{ type, subjectId: connectionId, data: { connectionId }, link: '/v1/coupling', at }];
    }
    if (cause !== 'administration-forbidden' || administrationId === null) return [];
    const type = 'administration.blocked';
    const link = '/v1/administrations';
    return [{ type, subjectId: administrationId, data: { administrationId }, link, at }];
  });
}
