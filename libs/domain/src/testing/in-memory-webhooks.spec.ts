import { asId, type TenantId } from '../kernel/index.js';
import { anAdministration } from './an-administration.js';
import { InMemoryNotices } from './in-memory-notices.js';
import { InMemorySubscriptionSource } from './in-memory-subscription-source.js';
import { InMemoryWatches } from './in-memory-watches.js';
import { describeNoticesContract } from './notices.contract.js';
import { describeSubscriptionSourceContract } from './subscription-source.contract.js';
import { describeWatchesContract } from './watches.contract.js';

describeNoticesContract(async () => new InMemoryNotices());
describeWatchesContract(async () => new InMemoryWatches());
describeSubscriptionSourceContract(async () => ({
  source: new InMemorySubscriptionSource(),
  administration: {
    ...anAdministration(),
    tenantId: asId<TenantId>('00000000-0000-7000-8000-0000000000f2'),
  },
  callbackUrl: 'https://koppel.test/webhooks/exact/nl',
}));
