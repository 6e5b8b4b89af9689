import type { Issue } from '@koppel/contracts';
import type { ApiProblem } from '../api/api-problem.js';

export interface BulkOutcome {
  /** As they are since. */
  readonly done: readonly Issue[];
  /** Closed or changed by someone else meanwhile, and left as they are. */
  readonly skipped: number;
  /** What stopped it; those after it were not tried. */
  readonly problem: ApiProblem | undefined;
}

type Answer =
  { readonly ok: true; readonly value: Issue } | { readonly ok: false; readonly problem: ApiProblem };

export interface BulkAct {
  readonly act: (issue: Issue) => Promise<Answer>;
  readonly onProgress: (progress: { readonly done: number; readonly total: number } | undefined) => void;
}

/** Does one thing to each issue, one after the other; passes over those that somebody else changed meanwhile. */
export async function actOnEach(
  issues: readonly Issue[],
  { act, onProgress }: BulkAct,
): Promise<BulkOutcome> {
  const done: Issue[] = [];
  let skipped = 0;
  let problem: ApiProblem | undefined;
  for (const issue of issues) {
    onProgress({ done: done.length + skipped, total: issues.length });
    const answer = await act(issue);
    if (answer.ok) done.push(answer.value);
    else if (wasChanged(answer.problem)) skipped += 1;
    else {
      problem = answer.problem;
      break;
    }
  }
  onProgress(undefined);
  return { done, skipped, problem };
}

const wasChanged = (problem: ApiProblem): boolean =>
  ['issue-closed', 'changed-meanwhile', 'not-found'].includes(problem.kind);
