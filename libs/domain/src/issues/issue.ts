import type { AdministrationId, IssueId } from '../kernel/index.js';

export const issueClasses = ['transient', 'data', 'configuration', 'permission', 'bug'] as const;
export type IssueClass = (typeof issueClasses)[number];
export type IssueState = 'open' | 'resolved' | 'ignored';

/** Every cause that can become an issue. Texts, class and ways out are found by it (cause-table.ts). */
export type IssueCause =
  | 'double-in-administration'
  | 'record-rejected'
  | 'value-too-long'
  | 'no-relations-returned'
  | 'accounts-missing'
  | 'deletions-unproven'
  | 'part-deletions-unproven'
  | 'administration-forbidden'
  | 'right-missing'
  | 'connection-broken'
  | 'endpoint-suspended'
  | 'day-limit-reached'
  | 'exact-silent'
  | 'fetch-failed'
  | 'write-refused'
  | 'write-exists'
  | 'write-forbidden'
  | 'ledger-account-unusable'
  | 'period-closed'
  | 'role-missing'
  | 'write-uncertain'
  | 'account-alike'
  | 'account-kept'
  | 'bank-account-changed'
  | 'address-differs'
  | 'contact-differs'
  | 'reference-invalid'
  | 'webhook-disabled'
  | 'unexpected-answer';

/** One cause, not one log line: the same trouble twice is one issue that counts (product.md 3.18). */
export interface Issue {
  readonly id: IssueId;
  readonly administrationId: AdministrationId | null;
  readonly cause: IssueCause;
  /** Unique among open issues of the tenant, e.g. `double-in-administration:<administration>:<smallest source id>`. */
  readonly causeKey: string;
  readonly class: IssueClass;
  readonly isBlocking: boolean;
  /** Facts for texts and ways out: names, codes, ids, limits. */
  readonly params: Readonly<Record<string, string | number>>;
  readonly occurrences: number;
  readonly state: IssueState;
  readonly openedAt: Date;
  readonly lastSeenAt: Date;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly ignoredReason: string | null;
  readonly version: number;
}

/** What a context reports; class and blocking follow from the cause. */
export interface Trouble {
  readonly cause: IssueCause;
  readonly causeKey: string;
  readonly administrationId: AdministrationId | null;
  readonly params: Readonly<Record<string, string | number>>;
  /** Told also while one with the key is ignored: it is about something else than that one. */
  readonly isBesideIgnored?: boolean;
}
