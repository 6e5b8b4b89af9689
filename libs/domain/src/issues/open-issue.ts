import { asId, type IssueId } from '../kernel/index.js';
import { causeTable } from './cause-table.js';
import type { Issue, Trouble } from './issue.js';

/** A new issue for a trouble; class and blocking follow from its cause. */
export function openIssue(id: string, trouble: Trouble, now: Date): Issue {
  const facts = causeTable[trouble.cause];
  return {
    id: asId<IssueId>(id),
    administrationId: trouble.administrationId,
    cause: trouble.cause,
    causeKey: trouble.causeKey,
    class: facts.class,
    isBlocking: facts.isBlocking,
    params: trouble.params,
    occurrences: 1,
    state: 'open',
    openedAt: now,
    lastSeenAt: now,
    closedAt: null,
    closedBy: null,
    ignoredReason: null,
    version: 1,
  };
}
