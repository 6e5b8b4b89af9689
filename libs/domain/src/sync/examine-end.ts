import { ok, type Result } from '../kernel/index.js';
import type { ClaimedStep } from './claim-step.js';
import { dataKindOfPart, type DataKind, type PartKind } from './data-kind.js';
import type { RunStepDeps } from './run-step.js';
import type { CallPurpose, SourceAdministration, SourcePage } from './relation-source.port.js';
import type { SourceFault } from './source-fault.js';

/** Kinds of records whose deletions are told by a log that Exact keeps two months. */
export type UnseenKind = 'account' | PartKind;

const partKinds: readonly PartKind[] = ['contact', 'address', 'bank-account'];

/** What the end of a read means beyond "done". */
export type EndVerdict =
  | { readonly kind: 'complete' }
  /** An empty list, which Exact also gives to users without the right: nothing is deleted (E11 a). */
  | { readonly kind: 'nothing-returned'; readonly mayRead: boolean }
  /** How many Exact has after a read of what changed, once a day: of the kinds that it could be asked of. */
  | { readonly kind: 'sanity'; readonly counted: ReadonlyMap<UnseenKind, number> }
  /** How many accounts Exact has after a full read of them. */
  | { readonly kind: 'counted'; readonly counted: number }
  /** What a full read met: all of the kinds in `met`; of others some are missing, and `counted` is how many Exact says there are. */
  | {
      readonly kind: 'full-read';
      readonly met: readonly UnseenKind[];
      readonly counted: ReadonlyMap<UnseenKind, number>;
    };

/** Asks Exact once more where an end alone proves nothing: at that of all accounts, and of a full read with records missing. */
export async function examineEnd(
  deps: RunStepDeps,
  end: { claimed: ClaimedStep; administration: SourceAdministration; purpose: CallPurpose; page: SourcePage },
): Promise<Result<{ verdict: EndVerdict; calls: number }, SourceFault>> {
  const { claimed, administration, purpose, page } = end;
  const { step } = claimed;
  const complete = ok({ verdict: { kind: 'complete' } as const, calls: 0 });
  if (!step.isFullRead) return isSanityDue(claimed, deps.now()) ? countOnceADay(deps, end) : complete;
  if (step.kind === 'accounts') {
    const seen = step.records + step.rejected + page.rows.rows.length + page.rejected.length;
    if (seen > 0) {
      const count = await deps.source.countAccounts(administration, purpose);
      return count.ok ? ok({ verdict: { kind: 'counted', counted: count.value }, calls: 1 }) : count;
    }
    const right = await deps.source.mayReadAccounts(administration, purpose);
    return right.ok ? ok({ verdict: { kind: 'nothing-returned', mayRead: right.value }, calls: 1 }) : right;
  }
  if (step.kind !== 'deleted') return complete;
  return countUnseen(deps, end, await readKinds(deps, claimed, administration));
}

/** With the log of deletions all that changed has been read. Its first end of a day, as Exact counts days, is held against Exact's own count. */
function isSanityDue({ run, step, administration }: ClaimedStep, now: Date): boolean {
  if (run.kind !== 'resync' || step.kind !== 'deleted' || !administration.lastSyncedAt) return false;
  return dayOf(administration.lastSyncedAt) < dayOf(now);
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** What no log of deletions tells of is counted with the accounts: nothing else would tell that one of them is gone. */
const countedOnceADay: readonly UnseenKind[] = ['account', 'bank-account'];

/** Nothing waits for it: what it cannot be told today it asks tomorrow. */
async function countOnceADay(
  deps: RunStepDeps,
  at: { administration: SourceAdministration; purpose: CallPurpose },
): Promise<Result<{ verdict: EndVerdict; calls: number }, SourceFault>> {
  const counted = new Map<UnseenKind, number>();
  for (const kind of countedOnceADay) {
    const count = await countOf(deps, at, kind);
    if (count.ok) counted.set(kind, count.value);
  }
  return ok({ verdict: { kind: 'sanity', counted }, calls: countedOnceADay.length });
}

function countOf(
  { source }: RunStepDeps,
  { administration, purpose }: { administration: SourceAdministration; purpose: CallPurpose },
  kind: UnseenKind,
): Promise<Result<number, SourceFault>> {
  return kind === 'account'
    ? source.countAccounts(administration, purpose)
    : source.countParts(administration, kind, purpose);
}

/** Kinds of which a full read met all, and those of which some are missing. */
interface ReadKinds {
  readonly met: readonly UnseenKind[];
  readonly missing: readonly UnseenKind[];
}

/** Asks Exact how many there are of each kind of which some were not met. */
async function countUnseen(
  deps: RunStepDeps,
  at: { administration: SourceAdministration; purpose: CallPurpose },
  { met, missing }: ReadKinds,
): Promise<Result<{ verdict: EndVerdict; calls: number }, SourceFault>> {
  const counted = new Map<UnseenKind, number>();
  for (const kind of missing) {
    const count = await countOf(deps, at, kind);
    if (!count.ok) return count;
    counted.set(kind, count.value);
  }
  return ok({ verdict: { kind: 'full-read', met, counted }, calls: missing.length });
}

/** Only a read that ended well in this run can say what is missing (I8). */
async function readKinds(
  deps: RunStepDeps,
  { run }: ClaimedStep,
  { tenantId, id }: SourceAdministration,
): Promise<ReadKinds> {
  const context = { administrationId: id, runId: run.id };
  const found = await deps.uow.run(tenantId, async (tx) => {
    const steps = await tx.syncSteps.findOfAdministration(run.id, id);
    const wasRead = (kind: DataKind) =>
      steps.some((each) => each.kind === kind && each.isFullRead && each.state === 'done');
    const unseen = new Map<UnseenKind, number>();
    if (wasRead('accounts')) unseen.set('account', await tx.sourceStore.countUnseen(context));
    for (const kind of partKinds)
      if (wasRead(dataKindOfPart[kind]))
        unseen.set(kind, await tx.sourceStore.countUnseenParts(context, kind));
    const kinds = [...unseen.keys()];
    const isMet = (kind: UnseenKind) => unseen.get(kind) === 0;
    return ok({ met: kinds.filter(isMet), missing: kinds.filter((kind) => !isMet(kind)) });
  });
  return found.ok ? found.value : { met: [], missing: [] };
}
