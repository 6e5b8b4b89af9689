import type { listProposalsEndpoint, Response } from '@koppel/contracts';

type Counts = Response<typeof listProposalsEndpoint>['counts'];

/** What happened since to pairs of the list that is shown: decided here, or answered along with another. */
interface Since {
  readonly state: string | undefined;
  readonly decided: number;
  readonly overtaken: number;
}

/**
 * How far the match page is. Of what was read as open, a decision takes one: a later reading counts earlier decisions itself. What was set
 * aside counts only once it is decided, and what was kept for later counts as decided already.
 */
export function matchCounts(counts: Counts, { state = 'open', decided: here, overtaken }: Since) {
  const read = counts.same + counts.different + counts.unsure;
  if (state === 'open') {
    const open = Math.max(0, counts.open - here - overtaken);
    return { total: counts.open + read - overtaken, decided: read + here, open, aside: counts.aside };
  }
  const isAside = state === 'aside';
  const decided = isAside ? read + here : read - overtaken;
  const aside = isAside ? Math.max(0, counts.aside - here - overtaken) : counts.aside;
  return { total: counts.open + decided, decided, open: counts.open, aside };
}
