import { describe, expect, it } from 'vitest';
import { asId, type AccountCreation, type ConnectionId, type ContactHandling } from '../kernel/index.js';
import type { SyncPolicy } from '../sync/index.js';

/** A coupling as far as synchronising looks at it. */
export interface PolicyFacts {
  readonly contactHandling: ContactHandling | null;
  readonly resyncMinutes: number;
  readonly accountCreation: AccountCreation;
  readonly isActivated: boolean;
  readonly isFeatureEnabled: boolean;
  readonly connections: readonly {
    readonly id: ConnectionId;
    readonly region: string;
    readonly state: 'active' | 'refresh-unknown' | 'reauth-required' | 'disconnected';
  }[];
}

const connection = (last: number) => asId<ConnectionId>(`00000000-0000-7000-8000-c0000000000${last}`);
const facts: PolicyFacts = {
  contactHandling: 'automatic',
  resyncMinutes: 30,
  accountCreation: 'never',
  isActivated: true,
  isFeatureEnabled: true,
  connections: [],
};

/** What every SyncPolicy adapter does. `make` gives one over a tenant with these facts. */
export function describeSyncPolicyContract(make: (facts: PolicyFacts) => Promise<SyncPolicy>): void {
  describe('SyncPolicy', () => {
    it('says what was chosen', async () => {
      expect(await (await make(facts)).read()).toEqual({
        contactHandling: 'automatic',
        resyncMinutes: 30,
        accountCreation: 'never',
        isActive: true,
        brokenConnectionIds: [],
      });
    });

    it('merges nothing by itself without a choice, and is not active before it was activated', async () => {
      const policy = await make({ ...facts, contactHandling: null, isActivated: false });
      expect(await policy.read()).toMatchObject({ contactHandling: 'manual', isActive: false });
    });

    it('is not active while the feature is switched off, and keeps what was chosen', async () => {
      const policy = await make({ ...facts, isFeatureEnabled: false });
      expect(await policy.read()).toMatchObject({ contactHandling: 'automatic', isActive: false });
    });

    it('names the connections that no call can be made with', async () => {
      const connections = [
        { id: connection(1), region: 'nl', state: 'active' },
        { id: connection(2), region: 'be', state: 'refresh-unknown' },
        { id: connection(3), region: 'de', state: 'reauth-required' },
        { id: connection(4), region: 'fr', state: 'disconnected' },
      ] as const;
      const { brokenConnectionIds } = await (await make({ ...facts, connections })).read();
      expect([...brokenConnectionIds].sort()).toEqual([connection(3), connection(4)]);
    });
  });
}
