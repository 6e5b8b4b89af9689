import type { ActsTx } from '../history/index.js';
import {
  err,
  invariant,
  ok,
  type Actor,
  type Deps,
  type IssueId,
  type Result,
  type TenantId,
} from '../kernel/index.js';
import { putAside } from './ignore-issue.js';
import type { IssuesTx } from './issues.port.js';

/** Issues that one call ignores; a larger batch is a row of calls. */
export const ignoredMax = 50;

export interface IgnoreBatch {
  readonly tenantId: TenantId;
  readonly batchId: string;
  /** As the person saw them. At most `ignoredMax`. */
  readonly issues: readonly { readonly issueId: IssueId; readonly version: number }[];
  readonly reason: string;
  readonly actor: Actor;
}

export interface IgnoredBatch {
  /** By this call: as many acts are in the batch since, for undoing. */
  readonly ignored: number;
  /** Closed, ignored or changed meanwhile, and left as they are. */
  readonly skipped: number;
}

/**
 * Puts many issues aside with one reason. Each is a transaction and an act of its own, so that a crash keeps what was done, doing it again
 * changes nothing, and one can be taken up again as well as all of the batch.
 */
export async function ignoreBatch(
  deps: Deps<IssuesTx & ActsTx>,
  { issues, ...command }: IgnoreBatch,
): Promise<Result<IgnoredBatch, { readonly kind: 'reason-missing' }>> {
  invariant(issues.length <= ignoredMax, `a batch ignores at most ${ignoredMax} at once`);
  let ignored = 0;
  for (const issue of issues) {
    const result = await putAside(deps, { ...command, ...issue });
    if (result.ok) ignored += result.value.isAct ? 1 : 0;
    else if (result.error.kind === 'reason-missing') return err(result.error);
  }
  return ok({ ignored, skipped: issues.length - ignored });
}
