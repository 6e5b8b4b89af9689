import type { Issue } from '@koppel/contracts';
import { actOnEach, type BulkAct, type BulkOutcome } from './bulk-act.js';

/**
 * Tries issues again. Checking resyncs the whole administration, so one call settles all of its issues; a write that failed is tried for
 * itself. One that was closed meanwhile is passed over, and the next of its administration asks for the check.
 */
export function retryIssues(issues: readonly Issue[], retry: BulkAct['act']): Promise<BulkOutcome> {
  const checked = new Set<string | null>();
  return actOnEach(issues, {
    onProgress: () => undefined,
    act: async (issue) => {
      const isWrite = issue.waysOut.some(({ kind }) => kind === 'write-again');
      if (!isWrite && checked.has(issue.administrationId)) return { ok: true, value: issue };
      const answer = await retry(issue);
      if (answer.ok && !isWrite) checked.add(issue.administrationId);
      return answer;
    },
  });
}
