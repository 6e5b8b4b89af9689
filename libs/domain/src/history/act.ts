import type { ActionId, Actor, AdministrationId, Deps, IssueId, RelationId } from '../kernel/index.js';

export type ActKind =
  | 'save-settings'
  | 'save-write-policy'
  | 'save-account-creation'
  | 'approve-change'
  | 'ignore-issue'
  | 'reopen-issue'
  /** A relation is wanted in another administration; `create-account` and `find-account` say what became of it. */
  | 'use-relation'
  | 'create-account'
  | 'find-account';

/** What an act says of itself. JSON-safe; names stay with the issue, where they are erased with their account. */
export interface ActFacts {
  readonly issueId?: IssueId;
  readonly reason?: string;
  readonly changes?: readonly ActChange[];
}

/** A setting or field by its key, and what was chosen for it before and after. */
export interface ActChange {
  readonly key: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What a person did that is no act on a relation: it stands in the same history. */
export interface Act {
  readonly id: ActionId;
  readonly kind: ActKind;
  readonly actorId: string;
  readonly actorName: string;
  readonly at: Date;
  readonly administrationId: AdministrationId | null;
  /** The relation whose history it belongs to as well. */
  readonly relationIds: readonly RelationId[];
  readonly facts: ActFacts;
  readonly undoneBy: ActionId | null;
  /** What it has in common with acts that were done, or taken back, together with it. */
  readonly batchId: string | null;
}

/** A new act, done now. */
export function newAct(
  deps: Pick<Deps<unknown>, 'now' | 'newId'>,
  { actor, ...what }: Pick<Act, 'kind' | 'administrationId' | 'facts'> & Partial<Act> & { actor: Actor },
): Act {
  return {
    relationIds: [],
    undoneBy: null,
    batchId: null,
    ...what,
    id: deps.newId() as ActionId, // ids of every kind come from the same source
    actorId: actor.id,
    actorName: actor.name,
    at: deps.now(),
  };
}
