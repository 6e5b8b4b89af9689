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
    if (isEnded(create)) await planAnew(tx, { create, was }, desk.now);
    else if (mayMove(create, was)) await giveBack(tx, { create, was }, desk.now);
    else if (await standsElsewhere(tx, { create, was })) await tellKept(tx, { create, was }, desk);
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

/** What had gone out before the merge says what its own relation said, also while it is sent again. */
function mayMove({ state }: AccountWrite, was: CreatePicture): boolean {
  return state === 'planned' || (was.state !== 'planned' && (state === 'uncertain' || state === 'sent'));
}

/** An account that was made for a relation that was merged is linked to the survivor, whomever its create names. */
async function standsElsewhere(tx: UndoTx, { create, was }: Restoring): Promise<boolean> {
  if (create.relationId !== was.relationId) return true;
  if (create.sourceRelationId === null) return false;
  const links = await tx.links.findOfSources([create.sourceRelationId]);
  return links.length > 0 && links.every(({ relationId }) => relationId !== was.relationId);
}

async function planAnew(tx: UndoTx, { create, was }: Restoring, now: Date): Promise<void> {
  const ended = { state: 'planned', failure: null, settledAt: null, sentAt: null } as const;
  const again = { triesBefore: create.attempts, createdAt: now, dueAt: now };
  const fresh = { ...create, ...ended, ...again, patch: {} };
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
  const about = { administrationId, relationId: was.relationId, sourceRelationId: null };
  const causeKey = writeIssueOf('account-kept', about);
  const trouble = { cause: 'account-kept', causeKey, administrationId, params: { name, intentId } } as const;
  await tx.issues.report([trouble], now);
}
