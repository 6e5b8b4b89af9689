import type { IssuesTx } from '../issues/index.js';
import type { ActionId, Actor, TenantId } from '../kernel/index.js';
import { changedFields, type Action, type ActionKind } from './action.js';
import type { SplitTx } from './carry-out-split.js';
import type { SharedField } from './fields.js';

export type UndoTx = SplitTx & IssuesTx;

export interface UndoAction {
  readonly tenantId: TenantId;
  readonly actionId: ActionId;
  /** What this undo has in common with others that one person did at once. */
  readonly batchId?: string;
  readonly actor: Actor;
}

export interface Undone {
  /** The act of undoing. */
  readonly actionId: ActionId;
  /** Fields edited since, whose edit stays (J07). */
  readonly kept: readonly SharedField[];
}

export type UndoActionError =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'not-undoable'; readonly reason: 'never' | 'changed-since' }
  | { readonly kind: 'already-undone'; readonly byName: string; readonly at: string }
  | {
      readonly kind: 'later-action-first';
      readonly laterActionId: ActionId;
      readonly laterKind: ActionKind;
      readonly byName: string;
      readonly at: string;
    };

/** What an undo works with; every relation of the action is under lock. */
export interface UndoDesk {
  readonly action: Action;
  readonly actor: Actor;
  readonly now: Date;
  readonly newId: () => string;
  readonly undoId: ActionId;
  readonly batchId: string | null;
  /** Acts on the same relations since, oldest first, that are not undone. */
  readonly later: readonly Action[];
}

/** The refusal that names the newest act in the way. */
export function laterFirst(inTheWay: readonly Action[]): UndoActionError | undefined {
  const newest = inTheWay.at(-1);
  return (
    newest && {
      kind: 'later-action-first',
      laterActionId: newest.id,
      laterKind: newest.kind,
      byName: newest.actorName,
      at: newest.at.toISOString(),
    }
  );
}

/** Later acts that changed which accounts a relation has. */
export function structural(later: readonly Action[]): Action[] {
  return later.filter(({ kind }) => kind === 'merge' || kind === 'unlink');
}

/** Later acts that changed one of the fields. */
export function touching(later: readonly Action[], fields: readonly SharedField[]): Action[] {
  return later.filter((action) =>
    [...changedFields(action).values()].flat().some((field) => fields.includes(field)),
  );
}
