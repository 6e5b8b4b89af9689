import type { OutboxTx } from '../kernel/index.js';
import { loadAdministrations } from './members.js';
import { releaseParts, walkPlannedParts } from './parts/planned-parts.js';
import { PlanFingerprint } from './plan-fingerprint.js';
import type { WritePlan } from './plan-writes.js';
import { becomingActive, missedIn, walkUpdates, type PlanTx } from './walk-plan.js';
import { paceBehindOpen } from './write-pace.js';
import { planFirstWrites, type WriteFacts } from './write-planner.js';

/**
 * Plans all writes of a plan for real, in the transaction that makes the coupling active. Says how many accounts, and the fingerprint of
 * what it planned: the caller rolls back when that is not what was foreseen, because the world moved in between.
 */
export async function applyPlan(tx: PlanTx & OutboxTx, facts: WriteFacts): Promise<AppliedPlan> {
  const fingerprint = new PlanFingerprint();
  const pace = await paceBehindOpen(tx);
  let planned = 0;
  await walkUpdates(tx, async (writes) => {
    for (const write of writes) fingerprint.add(write);
    planned += await planFirstWrites(tx, writes, { ...facts, pace });
  });
  await walkPlannedParts(tx, await becomingActive(tx), async (parts) => {
    for (const part of parts) fingerprint.addPart(part);
    planned += parts.length;
    await releaseParts(tx, parts, { now: facts.now, pace });
  });
  const { now, byName, purpose } = facts;
  const made = await tx.missingAccounts.meanAll(await missedIn(tx, now), { byName, purpose, now, pace });
  fingerprint.addCreates(made, await loadAdministrations(tx));
  await tx.outbox.addMany(made.atOnce.map((intentId) => ({ kind: 'send-write', intentId })));
  return { planned, fingerprint: fingerprint.text() };
}

export interface AppliedPlan extends Pick<WritePlan, 'fingerprint'> {
  /** Accounts and parts of accounts that are to be written. */
  readonly planned: number;
}
