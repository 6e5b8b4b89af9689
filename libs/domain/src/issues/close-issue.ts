import type { Issue } from './issue.js';

/** The issue once its cause is gone. */
export function closedIssue(issue: Issue, now: Date, by: string): Issue {
  const closed = { state: 'resolved', ignoredReason: null, closedAt: now, closedBy: by } as const;
  return { ...issue, ...closed, version: issue.version + 1 };
}
