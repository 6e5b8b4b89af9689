import type { Issue } from '@koppel/contracts';

export interface IssueGroup {
  readonly cause: string;
  readonly class: Issue['class'];
  readonly title: Issue['title'];
  readonly isBlocking: boolean;
  readonly issues: readonly Issue[];
}

interface CauseCount {
  readonly cause: string;
  readonly title: Issue['title'];
}

/** Issues of one cause together: groups in the order of their first issue, blocking groups first. */
export function groupByCause(issues: readonly Issue[], counts: readonly CauseCount[]): readonly IssueGroup[] {
  const causes = [...new Set(issues.map((issue) => issue.cause))];
  const groups = causes.map((cause): IssueGroup => {
    const own = issues.filter((issue) => issue.cause === cause);
    // Every cause in the list has at least the issue that named it.
    const first = own[0] as Issue;
    return {
      cause,
      class: first.class,
      title: counts.find((count) => count.cause === cause)?.title ?? first.title,
      isBlocking: own.some((issue) => issue.isBlocking),
      issues: own,
    };
  });
  return groups.toSorted((a, b) => Number(b.isBlocking) - Number(a.isBlocking));
}
