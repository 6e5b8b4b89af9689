import type { AdministrationId } from '../kernel/index.js';
import type { Topic } from './topic.js';

/** What Koppel knows of its subscriptions for one administration. Exact's own list is the truth and is read again daily. */
export interface Watch {
  readonly administrationId: AdministrationId;
  readonly subscriptions: readonly { readonly topic: Topic; readonly exactId: string }[];
  /** Looks in a row that found Exact out of reach. */
  readonly attempts: number;
  /** Why not every topic is subscribed to; the schedule fetches without them too. */
  readonly failure: { readonly kind: string; readonly message: string } | null;
  readonly checkedAt: Date;
}

/** The watches of one tenant. */
export interface Watches {
  find(administrationId: AdministrationId): Promise<Watch | undefined>;
  put(watch: Watch): Promise<void>;
}

export interface WatchesTx {
  readonly watches: Watches;
}
