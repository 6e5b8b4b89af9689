import type { ignoreBatchEndpoint, Body, Issue, Response } from '@koppel/contracts';
import type { ApiProblem } from '../api/api-problem.js';
import type { BulkAct } from './bulk-act.js';

/** As many as one call ignores. */
const portionSize = 50;

/** What came of ignoring many. */
export interface IgnoredAll {
  /** What undoes all of it; undefined when not one portion got through. */
  readonly batchId: string | undefined;
  readonly ignored: number;
  /** Closed or changed by someone else meanwhile, and left as they are. */
  readonly skipped: number;
  /** What stopped it before the end. */
  readonly problem: ApiProblem | undefined;
}

type Portion = Omit<Body<typeof ignoreBatchEndpoint>, 'reason'>;
type Answer =
  | { readonly ok: true; readonly value: Response<typeof ignoreBatchEndpoint> }
  | { readonly ok: false; readonly problem: ApiProblem };

/** Ignores issues as one batch, portion by portion, so that closing the page loses nothing of what was done. */
export async function ignoreInPortions(
  issues: readonly Issue[],
  {
    send,
    onProgress,
  }: Pick<BulkAct, 'onProgress'> & { readonly send: (portion: Portion) => Promise<Answer> },
): Promise<IgnoredAll> {
  let batchId: string | undefined;
  let [ignored, skipped] = [0, 0];
  let problem: ApiProblem | undefined;
  for (let start = 0; start < issues.length && !problem; start += portionSize) {
    onProgress({ done: start, total: issues.length });
    const portion = issues.slice(start, start + portionSize).map(({ id, version }) => ({ id, version }));
    const answer = await send({ issues: portion, ...(batchId && { batchId }) });
    if (answer.ok) {
      batchId = answer.value.batchId;
      ignored += answer.value.ignored;
      skipped += answer.value.skipped;
    } else problem = answer.problem;
  }
  onProgress(undefined);
  return { batchId, ignored, skipped, problem };
}
