import type { Issue } from '@koppel/contracts';

export interface IssueGroup {
  readonly cause: string;
  readonly class: Issue['class'];
  readonly title: Issue['title'];
  readonly isBlocking: boolean;
  readonly issues: readonly Issue[];
  /** How many there are of this cause as far as known: the loaded ones, or the server's count of all. */
  readonly total: number;
}

export interface CauseCount {
  readonly class: Issue['class'];
  readonly cause: string;
  readonly title: Issue['title'];
  readonly open: number;
  readonly blocking: number;
}

/** Issues of one cause together: groups in the order of their first issue, blocking groups first. */
export function groupByCause(issues: readonly Issue[], counts: readonly CauseCount[]): readonly IssueGroup[] {
  const causes = [...new Set(issues.map((issue) => issue.cause))];
  const groups = causes.map((cause): IssueGroup => {
    const own = issues.filter((issue) => issue.cause === cause);
    // Every cause in the list has at least the issue that named it.
    const first = own[0] as Issue;
    const count = counts.find((each) => each.cause === cause);
    return {
      cause,
      class: first.class,
      title: first.causeTitle,
      isBlocking: own.some((issue) => issue.isBlocking),
      issues: own,
      total: Math.max(own.length, count?.open ?? 0),
    };
  });
  return groups.toSorted((a, b) => Number(b.isBlocking) - Number(a.isBlocking));
}

/** Whether every issue of a group offers a way out, so that it can be offered for all at once. */
export function allOffer(
  group: Pick<IssueGroup, 'issues'>,
  kinds: readonly Issue['waysOut'][number]['kind'][],
): boolean {
  return group.issues.every((issue) => issue.waysOut.some((way) => kinds.includes(way.kind)));
}
