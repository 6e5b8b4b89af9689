import type { IssueClass } from './issue.js';

/** A text in both languages. `{name}` takes the issue's parameter of that name. */
export interface Text {
  readonly nl: string;
  readonly en: string;
}

export type WayOutKind =
  | 'approve'
  | 'reject'
  | 'retry'
  | 'recheck'
  | 'write-again'
  | 'open-exact'
  | 'reconnect'
  | 'open-settings'
  | 'open-relation'
  | 'open-match'
  | 'open-webhooks'
  | 'ignore';

export interface CauseFacts {
  readonly class: IssueClass;
  /** A blocking issue must be solved before the first coupling can finish. */
  readonly isBlocking: boolean;
  readonly title: Text;
  readonly explanation: Text;
  /** The first is the main way out. */
  readonly waysOut: readonly WayOutKind[];
}
