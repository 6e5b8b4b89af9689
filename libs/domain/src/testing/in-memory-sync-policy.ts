import type { ConnectionId } from '../kernel/index.js';
import type { SyncPolicy } from '../sync/index.js';

type Policy = Awaited<ReturnType<SyncPolicy['read']>>;

/** What the coupling says, set by the spec. */
export class InMemorySyncPolicy implements SyncPolicy {
  private policy: Policy = {
    contactHandling: 'automatic',
    resyncMinutes: 60,
    accountCreation: 'first-use',
    isActive: true,
    brokenConnectionIds: [],
  };

  set(
    over: Partial<Omit<Policy, 'brokenConnectionIds'>> & { brokenConnectionIds?: readonly ConnectionId[] },
  ): void {
    this.policy = { ...this.policy, ...over };
  }

  async read(): Promise<Policy> {
    return this.policy;
  }
}
