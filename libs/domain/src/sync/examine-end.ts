import { ok, type Result } from '../kernel/index.js';
import type { ClaimedStep } from './claim-step.js';
import type { RunStepDeps } from './run-step.js';
import type { CallPurpose, SourceAdministration, SourcePage } from './relation-source.port.js';
import type { SourceFault } from './source-fault.js';

/** What the end of a read means beyond "done". */
export type EndVerdict =
  | { readonly kind: 'complete' }
  /** An empty list, which Exact also gives to users without the right: nothing is deleted (E11 a). */
  | { readonly kind: 'nothing-returned'; readonly mayRead: boolean }
  /** Accounts that a full read did not meet; `counted` is how many Exact says there are. */
  | { readonly kind: 'unseen'; readonly counted: number };

/** Asks Exact once more where an end alone proves nothing: a full read without accounts, or with accounts missing. */
export async function examineEnd(
  deps: RunStepDeps,
  end: { claimed: ClaimedStep; administration: SourceAdministration; purpose: CallPurpose; page: SourcePage },
): Promise<Result<{ verdict: EndVerdict; calls: number }, SourceFault>> {
  const { claimed, administration, page } = end;
  const { step } = claimed;
  const complete = ok({ verdict: { kind: 'complete' } as const, calls: 0 });
  if (!step.isFullRead) return complete;
  if (step.kind === 'accounts') {
    const seen = step.records + step.rejected + page.rows.rows.length + page.rejected.length;
    if (seen > 0) return complete;
    const right = await deps.source.mayReadAccounts(administration);
    return right.ok ? ok({ verdict: { kind: 'nothing-returned', mayRead: right.value }, calls: 1 }) : right;
  }
  if (step.kind !== 'deleted' || !(await hasUnseen(deps, claimed, administration))) return complete;
  const counted = await deps.source.countAccounts(administration, end.purpose);
  return counted.ok ? ok({ verdict: { kind: 'unseen', counted: counted.value }, calls: 1 }) : counted;
}

/** Only a read of accounts that ended well in this run can say what is missing (I8). */
async function hasUnseen(
  deps: RunStepDeps,
  { run }: ClaimedStep,
  { tenantId, id }: SourceAdministration,
): Promise<boolean> {
  const context = { administrationId: id, runId: run.id };
  const unseen = await deps.uow.run(tenantId, async (tx) => {
    const steps = await tx.syncSteps.findOfAdministration(run.id, id);
    const accounts = steps.find((each) => each.kind === 'accounts');
    return ok(accounts?.state === 'done' ? await tx.sourceStore.countUnseen(context) : 0);
  });
  return unseen.ok && unseen.value > 0;
}
