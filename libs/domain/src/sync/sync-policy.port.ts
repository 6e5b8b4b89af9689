import type { ConnectionId } from '../kernel/index.js';

/** What the coupling says about synchronising; read only. */
export interface SyncPolicy {
  read(): Promise<{
    readonly contactHandling: 'automatic' | 'manual';
    readonly resyncMinutes: number;
    /** Step `active`: nothing is written to Exact and no resync starts before (product.md 3.19). */
    readonly isActive: boolean;
    readonly brokenConnectionIds: readonly ConnectionId[];
  }>;
}

export interface SyncPolicyTx {
  readonly syncPolicy: SyncPolicy;
}
