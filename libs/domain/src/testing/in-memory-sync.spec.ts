import { InMemoryCursors } from './in-memory-cursors.js';
import { InMemorySourceStore } from './in-memory-source-store.js';
import { InMemorySyncRuns } from './in-memory-sync-runs.js';
import { InMemorySyncSteps } from './in-memory-sync-steps.js';
import { InMemoryWriteIntents } from './in-memory-write-intents.js';
import { anAccountRow } from './an-account-row.js';
import { anAdministration } from './an-administration.js';
import { InMemoryRelationSource } from './in-memory-relation-source.js';
import { InMemorySyncPolicy } from './in-memory-sync-policy.js';
import { InMemoryWriteSource } from './in-memory-write-source.js';
import { describeRelationSourceContract } from './relation-source.contract.js';
import { describeSyncPolicyContract } from './sync-policy.contract.js';
import { describeWriteSourceContract } from './write-source.contract.js';
import { asId, type TenantId } from '../kernel/index.js';
import { describeCursorsContract } from './cursors.contract.js';
import { describeSourcePartsContract } from './source-parts.contract.js';
import { describeSourceStoreContract } from './source-store.contract.js';
import { describeSyncRunsContract } from './sync-runs.contract.js';
import { describeSyncStepsContract } from './sync-steps.contract.js';
import { describeWriteIntentsContract } from './write-intents.contract.js';

const now = () => new Date('2026-11-25T09:00:00Z');

describeSyncRunsContract(async (position) => new InMemorySyncRuns(position));
describeSyncStepsContract(async () => new InMemorySyncSteps(now));
describeCursorsContract(async () => new InMemoryCursors());
describeWriteIntentsContract(async () => new InMemoryWriteIntents());
describeSourceStoreContract(async () => new InMemorySourceStore());

const { id, connectionId, region, division } = anAdministration();
const administration = {
  tenantId: asId<TenantId>('00000000-0000-7000-8000-0000000000f2'),
  id,
  connectionId,
  region,
  division,
};

describeSyncPolicyContract(async ({ contactHandling, resyncMinutes, accountCreation, ...facts }) => {
  const { isActivated, isFeatureEnabled, connections } = facts;
  const policy = new InMemorySyncPolicy();
  const broken = connections.filter(({ state }) => state === 'reauth-required' || state === 'disconnected');
  const brokenConnectionIds = broken.map((each) => each.id);
  policy.set({
    contactHandling: contactHandling ?? 'manual',
    resyncMinutes,
    accountCreation,
    isActive: isActivated && isFeatureEnabled,
    brokenConnectionIds,
  });
  return policy;
});
describeRelationSourceContract(async () => {
  const source = new InMemoryRelationSource(3);
  const { accounts } = source.of(division);
  for (const number of [1, 2, 3, 4, 5, 6, 7]) accounts.push(anAccountRow(number));
  return {
    source,
    administration,
    accounts: 7,
    addAccount: async (name) => void accounts.push(anAccountRow(99, { shared: { name } })),
    move: async () => void source.moves.set(division, '2026-11-25|'),
    reachLimit: async () =>
      source.fail({ kind: 'limited', until: now(), window: 'minute' }, { division, kind: 'accounts' }),
  };
});
describeWriteSourceContract(async () => {
  const row = anAccountRow(1);
  return {
    source: new InMemoryWriteSource([row]),
    administration: { ...administration, purpose: 'interactive' },
    account: { exactId: row.exactId, name: row.fields.shared.name },
  };
});
describeSourcePartsContract(async () => {
  const sourceStore = new InMemorySourceStore();
  return { sourceStore, sourceParts: sourceStore.sourceParts };
});
