import type { Result } from '../kernel/index.js';
import type { SourceAdministration, SourceFault } from '../sync/index.js';
import type { Topic } from './topic.js';

export interface FoundSubscription {
  readonly exactId: string;
  /** Null for a topic that is none of ours. */
  readonly topic: Topic | null;
  readonly callbackUrl: string;
}

/** Exact's subscriptions of our app. Nothing here runs inside a transaction. */
export interface SubscriptionSource {
  list(administration: SourceAdministration): Promise<Result<FoundSubscription[], SourceFault>>;
  /** Answers the id. One per topic, administration and app: a second one is `refused`. */
  create(
    administration: SourceAdministration,
    subscription: { readonly topic: Topic; readonly callbackUrl: string },
  ): Promise<Result<string, SourceFault>>;
  /** Gone already is done. */
  remove(administration: SourceAdministration, exactId: string): Promise<Result<void, SourceFault>>;
}
