import type { ProblemBody, SyncRun } from '@koppel/contracts';

type Started =
  | { readonly ok: true; readonly value: { readonly runId: string } }
  | {
      readonly ok: false;
      readonly problem: { readonly kind: string; readonly body: ProblemBody | undefined };
    };

/** The run that reads what changed: the one that was started, or the one that was under way already. */
export function runToFollow(result: Started): string | undefined {
  if (result.ok) return result.value.runId;
  const other = result.problem.kind === 'sync-already-running' && result.problem.body?.['syncRunId'];
  return typeof other === 'string' ? other : undefined;
}

/** The run that somebody has started before this page was opened and that has not ended, if there is one. */
export function openRunOf(
  latest: readonly Pick<SyncRun, 'id' | 'endedAt'>[] | undefined,
): string | undefined {
  return latest?.find((run) => run.endedAt === null)?.id;
}

/** Whether what changed is being read at this moment. */
export function isUnderWay(
  followed: string | undefined,
  run: Pick<SyncRun, 'id' | 'endedAt'> | undefined,
): boolean {
  return followed !== undefined && (run?.id !== followed || run.endedAt === null);
}
