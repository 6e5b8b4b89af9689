import {
  err,
  ok,
  type Deps,
  type Result,
  type SyncRunId,
  type SyncStepId,
  type TenantId,
} from '../kernel/index.js';
import type { ConnectionsTx } from '../administrations/index.js';
import type { CouplingsTx } from '../coupling/index.js';
import type { IssuesTx } from '../issues/index.js';
import type { AdvanceRunTx } from './advance-run.js';
import { purposeOf, sourceOf } from './call-of-step.js';
import { claimStep, type ClaimedStep, type NotClaimed } from './claim-step.js';
import type { CursorsTx } from './cursors.port.js';
import { examineEnd } from './examine-end.js';
import { followMove } from './follow-move.js';
import type { RelationSource, SourcePage } from './relation-source.port.js';
import { settleStep } from './settle-step.js';
import type { SourceFault } from './source-fault.js';
import type { SourceStoreTx } from './source-store.port.js';
import { storePage, type FetchedPage } from './store-page.js';
import type { SyncStep } from './sync-step.js';
import type { WriteIntentsTx } from './write-intents.port.js';

export type RunStepTx = AdvanceRunTx &
  ConnectionsTx &
  CouplingsTx &
  CursorsTx &
  SourceStoreTx &
  IssuesTx &
  WriteIntentsTx;

export interface RunStepDeps extends Deps<RunStepTx> {
  readonly source: RelationSource;
  /** From 0 to 1: spreads retries. */
  readonly random: () => number;
}

export interface RunStepCommand {
  readonly tenantId: TenantId;
  readonly runId: SyncRunId;
  readonly stepId: SyncStepId;
  /** Unique to this execution: who holds the lease. */
  readonly owner: string;
  /** Pages at most before the step goes back to the queue: no job runs without bound. */
  readonly pagesMax: number;
  /** Asked between pages: true hands the step back at once, for a stop of the worker or the end of its time slice. */
  readonly shouldYield: () => boolean;
  /** Told the epoch of the claim, for whoever hands it back after an outage. */
  readonly onClaimed?: (epoch: number) => void;
}

export type StepOutcome =
  | NotClaimed
  /** Handed back with a message that continues it. */
  | { readonly kind: 'released' }
  /** Handed back without one: whoever continues the run sends it. */
  | { readonly kind: 'paused' }
  /** Another owner took over, or the run was cancelled; what was fetched meanwhile is not stored. */
  | { readonly kind: 'lease-lost' };

/**
 * Fetches one kind of one administration, page by page: a page is fetched outside a transaction, then stored with cursor and counts in
 * one. So a crash repeats one page at most, and a late commit of a former owner is refused (J02). May be called twice or late.
 */
export async function runStep(deps: RunStepDeps, command: RunStepCommand): Promise<StepOutcome> {
  const claim = await claimStep(deps, command);
  if (!claim.ok) return claim.error;
  let claimed = claim.value;
  command.onClaimed?.(claimed.step.epoch);
  for (let page = 0; page < command.pagesMax && !command.shouldYield(); page += 1) {
    const read = await readPage(deps, command, claimed);
    if (!read.ok) return settleStep(deps, command, { claimed, fault: read.error });
    const followed = await followMove(deps, command, { claimed, calls: read.value.calls });
    if (followed.kind === 'lease-lost') return followed;
    if (followed.kind === 'moved') {
      claimed = followed.claimed;
      continue;
    }
    const calls = read.value.calls + followed.calls;
    const outcome = await storePage(deps, command, { claimed, ...read.value, calls });
    if (outcome.kind !== 'stored') return outcome;
    claimed = { ...claimed, step: outcome.step, openKeys: outcome.openKeys, isFresh: false };
  }
  return settleStep(deps, command, { claimed, fault: null });
}

/** One page, and on the last one what its end means. */
async function readPage(
  deps: RunStepDeps,
  command: RunStepCommand,
  claimed: ClaimedStep,
): Promise<Result<Omit<FetchedPage, 'claimed'>, SourceFault>> {
  const { run, step } = claimed;
  const administration = sourceOf(command.tenantId, claimed.administration);
  const purpose = purposeOf(run);
  let expected = step.expected;
  let calls = 1;
  if (step.kind === 'accounts' && step.isFullRead && expected === null) {
    const counted = await deps.source.countAccounts(administration, purpose);
    if (!counted.ok) return counted;
    expected = counted.value;
    calls += 1;
  }
  if (step.kind === 'compare') return err({ kind: 'unexpected', reason: 'compare is no kind to fetch' });
  const cursor = { next: step.cursorNext, timestamp: step.cursorTimestamp };
  const askedAt = deps.now();
  const begunAt = step.startedAt ?? askedAt;
  const page = await deps.source.fetchPage({ administration, kind: step.kind, cursor, begunAt, purpose });
  if (!page.ok) return page;
  if (isStuck(step, page.value)) return err({ kind: 'misshapen', reason: 'the same page again' });
  if (page.value.next !== null) return ok({ page: page.value, expected, verdict: null, calls, askedAt });
  const examined = await examineEnd(deps, { claimed, administration, purpose, page: page.value });
  if (!examined.ok) return examined;
  return ok({
    page: page.value,
    expected,
    verdict: examined.value.verdict,
    calls: calls + examined.value.calls,
    askedAt,
  });
}

/** A page that leads to itself would be read for ever. */
function isStuck(step: SyncStep, page: SourcePage): boolean {
  return page.next !== null && page.next === step.cursorNext;
}
