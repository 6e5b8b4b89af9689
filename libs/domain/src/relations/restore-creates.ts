import { createIssuesOf, writeIssueOf } from '../issues/index.js';
import { systemActor } from '../kernel/index.js';
import type { AccountWrite } from '../sync/index.js';
import type { CreatePicture } from './action.js';
import type { UndoDesk, UndoTx } from './undo-desk.js';

/**
 * Gives the accounts that were to be made before a merge back to their relations. What went out for the survivor meanwhile stays with it, and
 * people are told.
 */
export async function restoreCreates(tx: UndoTx, desk: UndoDesk): Promise<void> {
  for (const was of desk.action.before.creates ?? []) {
    const create = await tx.writeIntents.findByIdForUpdate(was.id);
    if (!create || create.part !== null) continue;
    const isMoved = create.relationId !== was.relationId;
    if (isEnded(create)) await planAnew(tx, { create, was }, desk.now);
    else if (mayMove(create, was)) await giveBack(tx, { create, was }, desk.now);
    else if (isMoved) await tellKept(tx, { create, was }, desk);
  }
}

interface Restoring {
  readonly create: AccountWrite;
  readonly was: CreatePicture;
}

/** Of a create that failed in doubt nobody knows whether it arrived. */
function isEnded({ state, failure }: AccountWrite): boolean {
  return state === 'superseded' || (state === 'failed' && failure?.kind !== 'uncertain');
}

/** One that is being sent right now is settled for the relation it was claimed for. */
function mayMove({ state }: AccountWrite, was: CreatePicture): boolean {
  return state === 'planned' || (state === 'uncertain' && was.state !== 'planned');
}

async function planAnew(tx: UndoTx, { create, was }: Restoring, now: Date): Promise<void> {
  const ended = { state: 'planned', failure: null, settledAt: null, sentAt: null } as const;
  const fresh = { ...create, ...ended, patch: {}, createdAt: now, dueAt: now };
  if (!(await giveBack(tx, { create: fresh, was }, now))) return;
  await tx.outbox.add({ kind: 'send-write', intentId: create.id });
}

/** Says whether it did: one at a time is made for a relation in an administration. */
async function giveBack(tx: UndoTx, { create, was }: Restoring, now: Date): Promise<boolean> {
  const { administrationId } = create;
  const standing = await tx.writeIntents.findOpenCreate(was.relationId, administrationId);
  if (standing && standing.id !== create.id) return false;
  const roles = create.state === 'planned' ? was.roles : create.roles;
  await tx.writeIntents.save({ ...create, relationId: was.relationId, roles });
  if (create.relationId !== was.relationId)
    await tx.issues.resolve(createIssuesOf(create.relationId, administrationId), now, systemActor.name);
  return true;
}

async function tellKept(tx: UndoTx, { create, was }: Restoring, { action, now }: UndoDesk): Promise<void> {
  const { administrationId, id: intentId } = create;
  const name = action.before.relations.find(({ id }) => id === was.relationId)?.values.name ?? '';
  const about = { administrationId, relationId: was.relationId, sourceRelationId: null, part: null };
  const causeKey = writeIssueOf('account-kept', about);
  const trouble = { cause: 'account-kept', causeKey, administrationId, params: { name, intentId } } as const;
  await tx.issues.report([trouble], now);
}
