import type { AccountCreation, ConnectionId, ContactHandling } from '../kernel/index.js';

/** What the coupling says about synchronising; read only. */
export interface SyncPolicy {
  read(): Promise<{
    readonly contactHandling: ContactHandling;
    readonly resyncMinutes: number;
    readonly accountCreation: AccountCreation;
    /**
     * Since the first activation, while the feature is switched on: nothing is written to Exact and no resync starts before
     * (product.md 3.19). Adding administrations later does not stop the ones that are active.
     */
    readonly isActive: boolean;
    readonly brokenConnectionIds: readonly ConnectionId[];
  }>;
}

export interface SyncPolicyTx {
  readonly syncPolicy: SyncPolicy;
}
