import {
  err,
  ok,
  type Actor,
  type ConflictId,
  type Deps,
  type RelationId,
  type Result,
  type TenantId,
} from '../kernel/index.js';
import { changeValues } from './change-values.js';
import type { Conflict, ConflictCandidate } from './conflict.js';
import { openRelation, type OpenRelation, type RelationDeskTx } from './open-relation.js';
import type { Leading } from './relation.js';
import { saysTheSame } from './same-value.js';

export interface ResolveConflict {
  readonly tenantId: TenantId;
  readonly conflictId: ConflictId;
  /** `relation`, or the id of the account whose value counts. */
  readonly side: string;
  /** The version that the person saw. */
  readonly version: number;
  readonly actor: Actor;
}

/** What is there now, for who was too late. */
type ConflictNow = Pick<Conflict, 'version' | 'state' | 'resolvedBy'>;

export type ResolveConflictError =
  | { readonly kind: 'not-found' }
  | ({ readonly kind: 'changed-meanwhile'; readonly relationId: RelationId } & ConflictNow)
  | { readonly kind: 'already-decided'; readonly byName: string; readonly at: string };

/**
 * Says which value of a disputed field counts; it becomes the shared value and is written to the others. Who saw another version is
 * told what it is now, whatever was decided (F70); the same decision on a version that is settled is a success without effect. Answers the
 * relation's id.
 */
export function resolveConflict(
  deps: Deps<RelationDeskTx>,
  command: ResolveConflict,
): Promise<Result<RelationId, ResolveConflictError>> {
  return deps.uow.run(command.tenantId, async (tx): Promise<Result<RelationId, ResolveConflictError>> => {
    const seen = await tx.conflicts.findById(command.conflictId);
    const open = seen && (await openRelation(tx, seen.relationId));
    const conflict = open && (await tx.conflicts.findByIdForUpdate(command.conflictId));
    if (!open || !conflict) return err({ kind: 'not-found' });
    if (command.version !== conflict.version) return err(changedMeanwhile(open, conflict));
    const candidate = conflict.candidates.find(({ side }) => side === command.side);
    if (!candidate) return err({ kind: 'not-found' });
    if (conflict.state === 'resolved') return settled(open, { conflict, candidate });
    const now = deps.now();
    const choice = choiceOf(
      open,
      { conflict, candidate },
      { byName: command.actor.name, at: now.toISOString() },
    );
    if (!choice) return err({ kind: 'not-found' });
    const facts = { kind: 'resolve-conflict', actor: command.actor, newId: deps.newId, now } as const;
    await changeValues(tx, open, { fields: new Map([[conflict.field, choice]]), facts });
    return ok(open.relation.id);
  });
}

function changedMeanwhile(
  { relation }: OpenRelation,
  { version, state, resolvedBy }: Conflict,
): ResolveConflictError {
  return { kind: 'changed-meanwhile', version, state, resolvedBy, relationId: relation.id };
}

interface Dispute {
  readonly conflict: Conflict;
  readonly candidate: ConflictCandidate;
}

function settled(
  open: OpenRelation,
  { conflict, candidate }: Dispute,
): Result<RelationId, ResolveConflictError> {
  if (saysTheSame(conflict.field, open.relation.values[conflict.field], candidate.value))
    return ok(open.relation.id);
  const at = (conflict.resolvedAt ?? conflict.openedAt).toISOString();
  return err({ kind: 'already-decided', byName: conflict.resolvedBy ?? '', at });
}

/** The account's value as it is now; its candidate in the conflict is renewed by every comparison. */
function choiceOf(open: OpenRelation, { conflict, candidate }: Dispute, by: { byName: string; at: string }) {
  const { field } = conflict;
  const { values, leading } = open.relation;
  if (candidate.side === 'relation') {
    const source = leading[field]?.source;
    const kept: Leading = source === undefined ? by : { source, ...by };
    return { value: values[field], leading: kept };
  }
  const member = open.members.find(({ source, isLinked }) => isLinked && source.id === candidate.side);
  return (
    member && { value: member.source.fields.shared[field], leading: { source: member.source.id, ...by } }
  );
}
