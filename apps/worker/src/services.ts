import type { Deps, UnitOfWork } from '@koppel/domain/kernel';
import type { CompareAccounts } from '@koppel/domain/relations';
import type { RelationSource, WriteSource } from '@koppel/domain/sync';
import type { SubscriptionSource } from '@koppel/domain/webhooks';
import type { Database, FullTransaction, TokenCipher } from '@koppel/persistence';
import type { Config } from './config.js';
import type { Chance } from './deps.js';
import type { ExactClients } from './exact/exact-clients.js';
import type { Log } from './log.js';
import type { DeliveryResults } from './metrics/delivery-results.js';
import type { SurvivedFaults } from './metrics/survived-faults.js';
import type { Precedence } from './precedence/precedence.js';

/** What the handlers of messages work with; made once per process. */
export interface Services {
  readonly config: Config;
  readonly log: Log;
  readonly database: Database;
  readonly deps: Deps<FullTransaction> & Pick<Chance, 'random' | 'uptime'>;
  /** Over connections of their own: what must not wait for work that holds all others. */
  readonly reserved: UnitOfWork<FullTransaction>;
  readonly clients: ExactClients;
  readonly relationSource: RelationSource;
  readonly writeSource: WriteSource;
  readonly subscriptionSource: SubscriptionSource;
  /** Opens what is sealed in the database. */
  readonly cipher: TokenCipher;
  readonly compareAccounts: CompareAccounts;
  readonly precedence: Precedence;
  readonly deliveryResults: DeliveryResults;
  readonly survivedFaults: SurvivedFaults;
  /** Aborted when the process is told to stop: long work hands itself back. */
  readonly stopping: AbortSignal;
}

/** How a job ended: done, or to be looked at again at `at`. */
export type Handled = { readonly kind: 'done' } | { readonly kind: 'later'; readonly at: Date };

export const done: Handled = { kind: 'done' };
