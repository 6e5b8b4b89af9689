import { InMemoryCursors } from './in-memory-cursors.js';
import { InMemorySourceStore } from './in-memory-source-store.js';
import { InMemorySyncRuns } from './in-memory-sync-runs.js';
import { InMemorySyncSteps } from './in-memory-sync-steps.js';
import { InMemoryWriteIntents } from './in-memory-write-intents.js';
import { describeCursorsContract } from './cursors.contract.js';
import { describeSourceStoreContract } from './source-store.contract.js';
import { describeSyncRunsContract } from './sync-runs.contract.js';
import { describeSyncStepsContract } from './sync-steps.contract.js';
import { describeWriteIntentsContract } from './write-intents.contract.js';

const now = () => new Date('2026-11-25T09:00:00Z');

describeSyncRunsContract(async () => new InMemorySyncRuns());
describeSyncStepsContract(async () => new InMemorySyncSteps(now));
describeCursorsContract(async () => new InMemoryCursors());
describeWriteIntentsContract(async () => new InMemoryWriteIntents());
describeSourceStoreContract(async () => new InMemorySourceStore());
