import type { AdministrationId, IssueId } from '../kernel/index.js';
import type { Issue, IssueCause, Trouble } from './issue.js';

/** The issues of one tenant. */
export interface Issues {
  /** Opens an issue per cause key, or counts one more occurrence when it is open already: a new version of it when the params are others. Ignored ones stay ignored, and nothing opens beside them unless the trouble asks for it. */
  report(troubles: readonly Trouble[], now: Date): Promise<void>;
  /** Closes issues whose cause is gone, also ignored ones: nobody can take them up again. Says how many. */
  resolve(causeKeys: readonly string[], now: Date, by: string): Promise<number>;
  /** The same of all that an administration has of these causes. */
  resolveOf(
    about: { readonly administrationId: AdministrationId; readonly causes: readonly IssueCause[] },
    now: Date,
    by: string,
  ): Promise<number>;
  findOpenCauseKeys(prefix: string): Promise<string[]>;
  /** Of what is open or ignored: whatever may still be resolved. */
  findUnresolvedCauseKeys(prefix: string): Promise<string[]>;
  /** Open issues whose cause key begins so, by cause key. */
  findOpen(prefix: string): Promise<Issue[]>;
  /** The first `limit` of those whose cause key comes after the given one; of all when it is empty. */
  findOpenAfter(prefix: string, from: { readonly after: string; readonly limit: number }): Promise<Issue[]>;
  /** Those with the cause keys that are open or ignored, by cause key. Locks them until the transaction ends. */
  findUnresolvedForUpdate(causeKeys: readonly string[]): Promise<Issue[]>;
  countOpenBlocking(): Promise<number>;
  findById(id: IssueId): Promise<Issue | undefined>;
  findByIdForUpdate(id: IssueId): Promise<Issue | undefined>;
  save(issue: Issue): Promise<void>;
}

export interface IssuesTx {
  readonly issues: Issues;
}
