import type { JournalEntry, Sandbox } from '@koppel/exact-sandbox';
import { endpoints, type Takeover } from './killing-spree.js';

/**
 * Pages that Exact gave once more in a run since `since`, per death of the step that read them: of the step that had the most.
 * A step that no death is known of counts as one: its worker may have taken it up in the moment before it was killed.
 */
export function mostAskedAgain(
  { journal }: Pick<Sandbox, 'journal'>,
  since: number,
  killed: readonly Takeover[],
): number {
  const pages = journal.entries().filter(({ at, status }) => at >= since && status === 200);
  return mostPerDeath(pages, killed);
}

/** As above, of the pages of one run. */
export function mostPerDeath(
  pages: readonly Pick<JournalEntry, 'division' | 'endpoint' | 'path'>[],
  killed: readonly Takeover[],
): number {
  const bySteps = Map.groupBy(
    pages.filter(({ endpoint }) => endpoints.includes(endpoint ?? '')),
    ({ division, endpoint }) => `${division} ${endpoint}`,
  );
  const perDeath = [...bySteps].map(([step, asked]) => {
    const again = asked.length - new Set(asked.map(({ path }) => path)).size;
    const deaths = killed.filter(({ steps }) => steps.includes(step)).length;
    return again / Math.max(1, deaths);
  });
  return Math.max(0, ...perDeath);
}
